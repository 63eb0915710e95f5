"""Pictures that staff upload are made anew: upright, without the place and the device that a camera writes down."""

import io

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from participation.pictures import BROKEN

QUALITY = 92


class PictureField(WagtailImageField):
    def to_python(self, data: UploadedFile | None) -> UploadedFile | None:
        try:
            file = super().to_python(data)
            return file and without_metadata(file)
        except BROKEN as fault:
            raise ValidationError(_("This picture cannot be read."), "unreadable") from fault


class StaffImageForm(BaseImageForm):
    file = PictureField(label=_("file"), widget=BaseImageForm.Meta.widgets["file"])


def without_metadata(file: UploadedFile) -> UploadedFile:
    """The same picture in the same format, with its colours and its frames, and nothing else that was in the file."""
    file.seek(0)
    picture, out = Image.open(file), io.BytesIO()
    colours = {"icc_profile": profile} if (profile := picture.info.get("icc_profile")) else {}
    if getattr(picture, "is_animated", False):
        picture.save(out, picture.format, save_all=True, exif=b"", xmp=b"", **colours)
    else:
        upright = ImageOps.exif_transpose(picture)
        upright.info = {}
        upright.save(out, picture.format, quality=QUALITY, exif=b"", **colours)
    return SimpleUploadedFile(file.name, out.getvalue(), file.content_type)
