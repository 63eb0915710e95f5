"""Who may translate what. Asked for whole lists, so nothing here costs a query for each page."""

from functools import cached_property

from django.db.models import Model, Q
from wagtail.models import GroupPagePermission, Page, PageQuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms_pages.visibility import public
from participation.admin.roles import ALLOWED
from participation.choices import Role
from participation.models import Person

SUBMIT = "wagtail_localize.submit_translation"


def permission_to(verb: str, model: type[Model]) -> str:
    return f"{model._meta.app_label}.{verb}_{model._meta.model_name}"


class Access:
    """What one person may do."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def pages(self, verb: str) -> set[int]:
        return set(
            PagePermissionPolicy().instances_user_has_permission_for(self.person, verb).values_list("pk", flat=True)
        )

    @cached_property
    def editable(self) -> set[int]:
        return self.pages("change")

    @cached_property
    def publishable(self) -> set[int]:
        return self.pages("publish")

    @cached_property
    def growable(self) -> set[int]:
        return self.pages("add")

    @cached_property
    def may_submit(self) -> bool:
        return self.person.has_perm(SUBMIT)

    def may_edit(self, record: Model) -> bool:
        if isinstance(record, Page):
            return record.pk in self.editable
        return self.person.has_perm(permission_to("change", type(record)))

    def may_publish(self, record: Model) -> bool:
        return record.pk in self.publishable if isinstance(record, Page) else self.may_edit(record)

    def may_begin(self, record: Model, parent: Page | None, *, is_settled: bool) -> bool:
        """Whoever may write the source, or below whose pages a translation of something settled would come to stand."""
        if not self.may_submit:
            return False
        if self.may_edit(record):
            return True
        return isinstance(record, Page) and is_settled and parent is not None and parent.pk in self.growable


def no_drafts_of_others(pages: PageQuerySet, person: Person) -> PageQuerySet:
    """Whoever chooses a page sees what readers see, and what is in their own part."""
    own = PagePermissionPolicy().explorable_instances(person)
    return pages.filter(Q(pk__in=public(Page.objects.all()).values("pk")) | Q(pk__in=own.values("pk")))


class Allowed:
    """Whom else one could ask: names of groups for a page, of roles for words."""

    @cached_property
    def groups(self) -> list[tuple[str, str]]:
        rows = GroupPagePermission.objects.filter(permission__codename="change_page").order_by("group__name")
        return list(rows.values_list("page__path", "group__name"))

    def for_record(self, record: Model) -> list[str]:
        if isinstance(record, Page):
            return list(dict.fromkeys(name for path, name in self.groups if record.path.startswith(path)))
        wanted = permission_to("change", type(record))
        return [str(role.label) for role in Role if wanted in ALLOWED[role]]
