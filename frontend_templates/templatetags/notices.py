"""What a notification says."""

from django import template

from frontend_templates.notices import words
from participation.models import Notification

register = template.Library()


@register.simple_tag
def sentence_of(notice: Notification) -> str:
    return words.sentence(notice)
