from django.apps import AppConfig


class FrontendTemplatesConfig(AppConfig):
    name = "frontend_templates"
    verbose_name = "Citizens' site"

    def ready(self) -> None:
        """Models can be imported no sooner."""
        from frontend_templates.moments import forget_moments  # noqa: PLC0415
        from frontend_templates.own_data import add_own_data  # noqa: PLC0415

        forget_moments()
        add_own_data()
