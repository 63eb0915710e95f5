"""The town's own words of mails, for editors to write and publishers to publish."""

import uuid

import django.db.models.deletion
import wagtail.models
import wagtail.models.preview
from django.db import migrations, models

import cms_pages.mails.registry


def allow(apps, schema_editor):
    content_types, permissions = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    content_type, _ = content_types.objects.get_or_create(app_label="cms_pages", model="mailwords")
    for name, verbs in {"Editors": ("add", "change"), "Publishers": ("add", "change", "delete", "publish")}.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        for verb in verbs:
            named = {"codename": f"{verb}_mailwords", "content_type": content_type}
            defaults = {"name": f"Can {verb} words of a mail"}
            group.permissions.add(permissions.objects.get_or_create(**named, defaults=defaults)[0])


class Migration(migrations.Migration):
    dependencies = [
        ("cms_pages", "0004_staff_groups_and_approval"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]
    operations = [
        migrations.CreateModel(
            name="MailWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(default=False, editable=False, verbose_name="has unpublished changes"),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="first published at"),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                ),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                (
                    "mail",
                    models.CharField(
                        choices=cms_pages.mails.registry.mail_choices, max_length=40, verbose_name="mail"
                    ),
                ),
                ("subject", models.CharField(max_length=150, verbose_name="subject")),
                (
                    "body",
                    models.TextField(
                        help_text="Plain text. An empty line begins a new paragraph.",
                        max_length=5000,
                        verbose_name="text",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "words of a mail",
                "verbose_name_plural": "words of mails",
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
