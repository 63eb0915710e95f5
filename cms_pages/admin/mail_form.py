from wagtail.admin.forms import WagtailAdminModelForm


class MailWordsForm(WagtailAdminModelForm):
    """Which mail it is about stays as it was when the words were first written."""

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["mail"].disabled = self.instance.pk is not None
