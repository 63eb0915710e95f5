"""Blocks of pictures, documents and recordings elsewhere."""

import re
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from cms_pages.blocks.words import RICH_TEXT_FEATURES


def picture() -> ImageBlock:
    return ImageBlock(label=_("picture"), template="cms_pages/blocks/picture.html")


class PictureAndTextBlock(blocks.StructBlock):
    picture = ImageBlock(label=_("picture"))
    text = blocks.RichTextBlock(label=_("text"), features=RICH_TEXT_FEATURES)

    class Meta:
        label = _("picture and text")
        icon = "image"
        template = "cms_pages/blocks/picture_and_text.html"


class DocumentBlock(blocks.StructBlock):
    """One document: those that follow each other stand in one list."""

    document = DocumentChooserBlock(label=_("document"))
    words = blocks.CharBlock(label=_("what it is"), max_length=120, required=False)

    class Meta:
        label = _("document")
        icon = "doc-full"
        template = "cms_pages/blocks/document.html"


@dataclass(frozen=True)
class Host:
    """Who shows recordings: which addresses are theirs, and where their player stands."""

    name: str
    pattern: re.Pattern[str]
    player: str

    @property
    def origin(self) -> str:
        return "/".join(self.player.split("/")[:3])


HOSTS = (
    Host(
        "YouTube",
        re.compile(r"https://(?:www\.youtube\.com/watch\?v=|youtu\.be/)([\w-]{11})"),
        "https://www.youtube-nocookie.com/embed/{}",
    ),
    Host("Vimeo", re.compile(r"https://vimeo\.com/(\d{1,15})"), "https://player.vimeo.com/video/{}?dnt=1"),
    Host(
        "Dailymotion",
        re.compile(r"https://www\.dailymotion\.com/video/(\w{1,20})"),
        "https://geo.dailymotion.com/player.html?video={}",
    ),
    Host("Framatube", re.compile(r"https://framatube\.org/w/(\w{10,40})"), "https://framatube.org/videos/embed/{}"),
)


def player_of(address: str) -> tuple[Host, str] | None:
    """The host of a recording and the address of its player; nothing is asked of the host."""
    for host in HOSTS:
        if found := host.pattern.fullmatch(address):
            return host, host.player.format(found[1])
    return None


class RecordingAddressBlock(blocks.FieldBlock):
    """The address of a recording at one of the hosts that are allowed."""

    def __init__(self, required: bool = True, **kwargs) -> None:
        self.field = forms.CharField(required=required, max_length=200, validators=[check_host])
        super().__init__(**kwargs)


def check_host(value: str) -> None:
    if player_of(value) is None:
        names = ", ".join(host.name for host in HOSTS)
        raise ValidationError(
            _("Give the address of one recording at one of these: %(names)s.") % {"names": names}, "unknown_host"
        )


class EmbedValue(blocks.StructValue):
    @property
    def host(self) -> str:
        found = player_of(self["address"])
        return found[0].name if found else ""

    @property
    def player(self) -> str:
        found = player_of(self["address"])
        return found[1] if found else ""


class EmbedBlock(blocks.StructBlock):
    """Shown only when somebody asks for it: until then nothing of theirs is loaded."""

    title = blocks.CharBlock(label=_("what is to be seen"), max_length=200)
    address = RecordingAddressBlock(label=_("web address"))

    class Meta:
        label = _("recording")
        icon = "media"
        template = "cms_pages/blocks/embed.html"
        value_class = EmbedValue
