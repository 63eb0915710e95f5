"""Who may write which pages: each role in the whole town brings its group of the CMS.

A migration makes the groups, what they may do, and the approval by a second person; staff may then change them.
"""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import GroupPagePermission, Locale

from cms_pages.models import HomePage
from participation.choices import Role
from participation.models import Person, RoleAssignment

EDITORS, PUBLISHERS, TRANSLATORS = "Editors", "Publishers", "Translators"
GROUPS = {
    Role.EDITOR: EDITORS,
    Role.TRANSLATOR: TRANSLATORS,
    Role.MANAGER: PUBLISHERS,
    Role.ADMINISTRATOR: PUBLISHERS,
}
TRANSLATE = ("add_page", "change_page", "publish_page")


def follow_roles(person: Person) -> None:
    """Brings the person into the groups of their roles and out of those of roles they have no more."""
    roles = RoleAssignment.objects.filter(person=person, budget=None).values_list("role", flat=True)
    wanted = {GROUPS[role] for role in roles if role in GROUPS}
    person.groups.remove(*Group.objects.filter(Q(name__in=GROUPS.values()) & ~Q(name__in=wanted)))
    person.groups.add(*Group.objects.filter(name__in=wanted))


def open_to_translators(home: HomePage) -> None:
    """All below a first page in another language than the source's is for translators to write and publish."""
    group = Group.objects.filter(name=TRANSLATORS).first()
    if group is None or home.locale_id == Locale.get_default().pk:
        return
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=TRANSLATE):
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)


@receiver([post_save, post_delete], sender=RoleAssignment)
def role_changed(instance: RoleAssignment, **_) -> None:
    follow_roles(instance.person)


@receiver(post_save, sender=HomePage)
def home_made(instance: HomePage, created: bool, **_) -> None:
    if created:
        open_to_translators(instance)
