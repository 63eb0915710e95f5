"""Blocks about people and how to reach them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class ContactBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("name"), max_length=120)
    address = blocks.TextBlock(label=_("address"), required=False)
    telephone = blocks.RegexBlock(
        label=_("telephone"),
        regex=r"[0-9+()./ -]{3,40}",
        required=False,
        error_messages={"invalid": _("Write digits, spaces and + only.")},
    )
    email = blocks.EmailBlock(label=_("e-mail"), required=False)
    hours = blocks.CharBlock(label=_("when somebody is there"), max_length=200, required=False)

    class Meta:
        label = _("contact")
        icon = "mail"
        template = "cms_pages/blocks/contact.html"


class PersonBlock(blocks.StructBlock):
    """One person: those that follow each other stand beside each other."""

    name = blocks.CharBlock(label=_("name"), max_length=120)
    task = blocks.CharBlock(label=_("task"), max_length=120)
    words = blocks.TextBlock(label=_("text"), required=False)
    picture = ImageChooserBlock(label=_("picture"), required=False)

    class Meta:
        label = _("person")
        icon = "user"
        template = "cms_pages/blocks/person.html"
