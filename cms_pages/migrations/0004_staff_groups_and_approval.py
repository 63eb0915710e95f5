"""The groups that roles bring, and the approval of pages by a second person as the rule for the whole site."""

from django.db import migrations


def permissions(apps, app_label, *codenames):
    """Those of models whose permissions are only made when all migrations are through, too."""
    content_types, all_permissions = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    for codename in codenames:
        verb, model = codename.split("_", 1)
        content_type, _ = content_types.objects.get_or_create(app_label=app_label, model=model)
        named = {"codename": codename, "content_type": content_type, "defaults": {"name": f"Can {verb} {model}"}}
        yield all_permissions.objects.get_or_create(**named)[0]


def make_groups(apps):
    groups = apps.get_model("auth", "Group").objects
    groups.filter(name="Moderators").update(name="Publishers")
    editors, publishers = groups.get_or_create(name="Editors")[0], groups.get_or_create(name="Publishers")[0]
    groups.get_or_create(name="Translators")
    both = [
        *permissions(apps, "wagtailadmin", "access_admin"),
        *permissions(apps, "cms_pages", "add_siteframe", "change_siteframe"),
        *permissions(apps, "cms_pages", "view_contactmessage", "change_contactmessage", "view_eventsignup"),
        *permissions(apps, "wagtailredirects", "add_redirect", "change_redirect", "delete_redirect"),
    ]
    editors.permissions.add(*both)
    publishers.permissions.add(*both, *permissions(apps, "cms_pages", "change_sitelook", "publish_siteframe"))
    return publishers


def make_approval(apps, publishers):
    """In place of the approval that comes with the CMS, where it is still as it came."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="cms_pages", model="othereyestask"
    )
    task = apps.get_model("cms_pages", "OtherEyesTask").objects.create(
        name="Approval by a second person", active=True, content_type=content_type
    )
    task.groups.add(publishers)
    for step in apps.get_model("wagtailcore", "WorkflowTask").objects.filter(task__name="Moderators approval"):
        step.task_id = task.pk
        step.save()
    apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval").update(active=False)
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").update(
        name="A second pair of eyes"
    )


def forward(apps, schema_editor):
    make_approval(apps, make_groups(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("cms_pages", "0003_project_pictures"),
        ("wagtailadmin", "0005_editingsession_is_editing"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]
    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
