"""One of everything that an address can name, and somebody in each role of the product."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.apps import apps
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from cms_pages.models import EventIndexPage, EventPage, HomePage, ProjectPicture, SiteImage, SiteLook, StandardPage
from cms_pages.models.written import ContactMessage, EventSignUp
from cms_pages.theme.stylesheet import digest, stylesheet
from frontend_templates.guardians.links import SIGNERS
from frontend_templates.notices import unsubscribing
from frontend_templates.views import writing
from participation.actions.co_authors import invite
from participation.actions.decisions import Why, decide
from participation.actions.groups import make_group
from participation.actions.guardians import name_guardian, say_born
from participation.actions.personal_data import finish_personal_data
from participation.actions.proposal_documents import add_document
from participation.actions.proposal_photos import add_photo
from participation.actions.short_links import make_short_link
from participation.choices import ActKind, DecisionOnWords, GroupKind, NoticeKind, PhaseKind, ProposalStatus, Role
from participation.models import (
    CannedReason,
    CannedReasonText,
    CountedBallot,
    Decision,
    Declaration,
    DeclarationProof,
    FieldEntry,
    Heartbeat,
    Letter,
    Notification,
    PaperBatch,
    PaperCount,
    Person,
    PersonalDataExport,
    PriceHint,
    PriceHintText,
    Project,
    RoleAssignment,
    Station,
    SupportSheet,
    TwoPersonAct,
)
from tests.factories.discussion import make_comment
from tests.factories.documents import pdf_bytes
from tests.factories.participation import (
    locale,
    make_ballot_box,
    make_budget,
    make_category,
    make_district,
    make_envelope,
    make_person,
    make_phase,
    make_project,
    make_regulations,
    make_result,
)
from tests.factories.proposals import image_bytes, make_draft, make_open_budget, put_proposal
from tests.factories.votes import give_pass, make_open_box, make_voter

HOUR = timedelta(hours=1)
ANONYMOUS, CITIZEN, AUTHOR, NEIGHBOUR, SUPERUSER = "anonymous", "citizen", "author", "neighbour", "superuser"
ROLES = (ANONYMOUS, CITIZEN, AUTHOR, *Role.values, NEIGHBOUR, SUPERUSER)


def people() -> dict[str, Person | None]:
    """By role. The neighbour is a manager of one other budget, and of nothing here."""
    found: dict[str, Person | None] = {ANONYMOUS: None, CITIZEN: make_person(display_name="Cy")}
    found[AUTHOR] = make_person(display_name="Ada")
    for role in Role.values:
        found[role] = make_person(display_name=f"The {role[:4]}", is_staff=True)
        RoleAssignment.objects.create(person=found[role], role=role)
    found[NEIGHBOUR] = make_person(display_name="Ned", is_staff=True)
    RoleAssignment.objects.create(person=found[NEIGHBOUR], role=Role.MANAGER, budget=make_budget(slug="elsewhere"))
    found[SUPERUSER] = make_person(display_name="Sue", is_staff=True, is_superuser=True)
    return found


@dataclass
class Things:
    """`named` are the values for the parts of an address, by the beginning of its route; longer beginnings win."""

    people: dict[str, Person | None]
    named: dict[str, dict[str, object]] = field(default_factory=dict)

    def parts(self, route: str) -> dict[str, object]:
        found: dict[str, object] = {}
        for beginning in sorted(self.named, key=len):
            if route.startswith(beginning):
                found |= self.named[beginning]
        return found


def make_things() -> Things:
    things = Things(people())
    for makes in (pages, ideas, discussion, own, result, votes, lists):
        things.named |= makes(things.people[AUTHOR])
    return things


def pages(author: Person) -> dict[str, dict[str, object]]:
    locale("fr")
    home = HomePage(title="Testtown", slug="first-page", introduction="You decide.", locale=locale("en"))
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.filter(is_default_site=True).update(root_page=home)
    now = timezone.now()
    form = StandardPage(title="Write", slug="write", recipient="staff@example.org", locale=home.locale)
    events = EventIndexPage(title="Events", slug="events-of-town", locale=home.locale)
    inner = StandardPage(title="For members", slug="members", locale=home.locale)
    for page in (form, inner, events):
        home.add_child(instance=page)
    event = EventPage(
        title="Walk", slug="walk", starts_at=now + HOUR, ends_at=now + 2 * HOUR, place="Hall", seats=9,
        locale=home.locale,
    )  # fmt: skip
    events.add_child(instance=event)
    place = EventSignUp.objects.create(
        event=event.translation_key, event_title="Walk", over_at=event.ends_at, at=now, name="Cy",
        email="cy@example.org", language="en",
    )  # fmt: skip
    redirect = Redirect.objects.create(old_path="/old", redirect_link="/en/", site=Site.objects.get())
    file = get_document_model().objects.create(title="Plan", file=ContentFile(pdf_bytes(), "plan.pdf"))
    picture = SiteImage.objects.create(title="A tree", file=ContentFile(image_bytes(), "tree.jpg"))
    rendition = picture.get_rendition("width-100")
    locked = PageViewRestriction.objects.create(page=inner, restriction_type="password", password="open")
    drawer = Collection.get_first_root_node().add_child(name="Locked")
    closed = CollectionViewRestriction.objects.create(collection=drawer, restriction_type="password", password="open")
    return {
        "en/contact/": {"key": form.translation_key},
        "en/events/": {"key": event.translation_key, "token": writing.signer.sign(place.uuid.hex)},
        "api/v1/pages/": {"id": home.pk},
        "api/v1/redirects/": {"id": redirect.pk},
        "cms/localize/": {"page_id": home.pk},
        "en/_util/": {"page_view_restriction_id": locked.pk, "page_id": inner.pk},
        "documents/": {"restriction_id": closed.pk},
        "documents/^": {"": f"documents/{file.pk}/{file.filename}"},
        "en/^": {"": "en/events-of-town/"},
        "accounts/^confirm-email/": {"": "accounts/confirm-email/x/"},
        "accounts/^password/": {"": "accounts/password/reset/key/1-x/"},
        "accounts/oidc/": {"": "accounts/oidc/town/login/"},
        "cms/^": {"": "cms/choose-page"},
        "cms/password_reset/": {"uidb64": "x", "token": "x"},
        "media/images/": {"path": Path(rendition.file.name).relative_to("images")},
        "sitemap-": {"section": "pages"},
        "theme/": {"name": digest(stylesheet(SiteLook.for_site(Site.objects.get()).theme))},
    }


def ideas(author: Person) -> dict[str, dict[str, object]]:
    """While proposals are taken: the author's draft, with everything that can hang on one."""
    budget, at = make_open_budget(slug="ideas"), timezone.now()
    draft = make_draft(budget, author)
    photo = add_photo(actor=author, proposal=draft, data=image_bytes(), alt="A tree", may_publish=True, at=at)
    document = add_document(actor=author, proposal=draft, data=pdf_bytes(), title="Plan", may_publish=True, at=at)
    invitation = invite(actor=author, proposal=draft, whom="friend@example.org", at=at)
    asked = invite(actor=author, proposal=draft, whom="Cy", at=at)
    handed_in = put_proposal(budget, author=author, public_number=7, status=ProposalStatus.SUBMITTED, published_at=None)
    officers = put_proposal(budget, public_number=8)
    batch = uuid.uuid4()
    entry = FieldEntry.objects.create(proposal=officers, name="Tom", address="1 Mill Street", code_hash=b"1" * 32)
    Letter.objects.create(
        entry=entry, event=1, kind=NoticeKind.OWN_PUBLISHED, proposal=officers, at=at, printed_at=at, batch=batch
    )
    parts = {
        "slug": "ideas", "uuid": draft.uuid, "photo": photo.uuid, "document": document.uuid, "step": "place",
        "number": handed_in.public_number, "batch": batch,
    }  # fmt: skip
    return {
        "en/budgets/": {"slug": "ideas"},
        "en/budgets/<slug:slug>/proposals/": parts,
        "en/budgets/<slug:slug>/proposals/photos/": {"uuid": photo.uuid, "size": "large"},
        "en/budgets/<slug:slug>/proposals/documents/": {"uuid": document.uuid},
        "api/v1/invitations/": {"uuid": asked.uuid},
        "api/v1/proposals/<uuid:uuid>/": parts | {"invitation": invitation.uuid},
    }


def discussion(author: Person) -> dict[str, dict[str, object]]:
    """While proposals are supported and discussed: the author's, public, with a comment of theirs."""
    budget = make_open_budget(PhaseKind.SUPPORTING, slug="talk")
    proposal = put_proposal(budget, author=author, public_number=1, support_count=9)
    comment = make_comment(proposal, author)
    sheet = SupportSheet.objects.create(
        proposal=proposal, budget=budget, number="A 7", signatures=9, entered_at=timezone.now()
    )
    made = decide(
        actor=Person.objects.get(roles__role=Role.MODERATOR), kind=DecisionOnWords.WARN, subject=comment,
        why=Why("Mind your words."), at=timezone.now(),
    )  # fmt: skip
    notice = Notification.objects.create(
        person=author, event=1, kind=NoticeKind.WARNED, decision=made, at=timezone.now()
    )
    public, talk = {"slug": "talk", "number": 1}, "en/budgets/<slug:slug>/proposals/<int:number>/"
    return {
        talk: public,
        f"{talk}edit/": {"slug": "ideas", "number": 7},
        f"{talk}withdraw/": {"slug": "ideas", "number": 7},
        f"{talk}comments/": public | {"uuid": comment.uuid},
        **{f"api/v1/proposals/<uuid:uuid>/{part}/": {"uuid": proposal.uuid} for part in PUBLIC_PARTS},
        "api/v1/proposals/<uuid:uuid>/sheets/": {"uuid": proposal.uuid, "number": sheet.pk},
        "api/v1/comments/": {"uuid": comment.uuid},
        "api/v1/moderation/decisions/": {"uuid": made.uuid},
        "cms/moderation/decisions/": {"uuid": made.uuid},
        "api/v1/me/inbox/": {"uuid": notice.uuid},
        "en/inbox/": {"uuid": notice.uuid},
    }


PUBLIC_PARTS = ("comments", "flags", "decisions", "support", "translation", "merge")


def own(author: Person) -> dict[str, dict[str, object]]:
    at = timezone.now()
    group = make_group(actor=author, kind=GroupKind.ASSOCIATION, name="Tree friends", is_adult=True, at=at)
    say_born(actor=author, born=date(at.year - 13, 1, 1), at=at)
    consent = name_guardian(actor=author, contact="parent@example.org", at=at)
    export = PersonalDataExport.objects.create(person=author, asked_at=at)
    finish_personal_data(uuid=export.uuid, at=at)
    return {
        "en/profile/data/": {"uuid": export.uuid},
        "api/v1/me/data/": {"uuid": export.uuid},
        "en/profile/groups/": {"uuid": group.uuid},
        "api/v1/me/groups/": {"uuid": group.uuid},
        "en/guardian/": {"token": SIGNERS["guardian"].sign(consent.uuid.hex)},
        "en/guardian/<str:token>/end/": {"token": SIGNERS["guardian_end"].sign(consent.uuid.hex)},
        "en/unsubscribe/": {"token": unsubscribing.signer.sign(author.uuid.hex)},
        "api/v1/me/follows/<slug:noun>/": {"noun": "budget", "key": "talk"},
    }


def result(author: Person) -> dict[str, dict[str, object]]:
    budget = make_budget(slug="counted")
    make_phase(budget)
    envelope = make_envelope(budget, slug="whole", ballot_box=make_ballot_box(budget), district=make_district())
    project = make_project(envelope, public_number=1)
    made = make_result(envelope, funded=[project])
    rules = make_regulations(budget)
    link = make_short_link(actor=None, budget=budget, place="Library", leads_to="/budgets/", at=timezone.now())
    parts = {"slug": "counted", "envelope": "whole", "number": 1, "version": 1, "code": link.code, "form": "poster"}
    kit = {"uuid": budget.uuid, "language": "en", "code": link.code}
    return {
        **{f"en/budgets/<slug:slug>/{part}": parts for part in ("projects/", "regulations/", "result/", "campaign/")},
        "s/": {"code": link.code},
        "cms/campaign/": kit,
        "api/v1/budgets/": {"slug": "counted"},
        "api/v1/phases/": {"uuid": budget.phases.get().uuid},
        "api/v1/envelopes/": {"uuid": envelope.uuid},
        "api/v1/projects/": {"uuid": project.uuid},
        "api/v1/results/": {"uuid": made.envelope.uuid},
        "api/v1/regulations/": {"uuid": rules.uuid},
    }


def votes(author: Person) -> dict[str, dict[str, object]]:
    box = make_open_box()
    station = Station.objects.create(budget=box.budget, name="Hall", address="Square 1", hours="9 to 5")
    batch = PaperBatch.objects.create(box=box, station=station, number=1, papers=2)
    count = PaperCount.objects.create(station=station, box=box)
    declaration = Declaration.objects.create(
        budget=box.budget, person=author, name="Ada", born=date(1990, 1, 1), address="1 Mill Street",
        name_words="ada", address_words="1 mill street", state="waiting", declared_on=timezone.localdate(),
    )  # fmt: skip
    entry = make_voter(box).value
    auditor = Person.objects.get(roles__role=Role.AUDITOR)
    asked = TwoPersonAct.objects.create(
        box=box, kind=ActKind.ANNUL, details={"reason": "A fault."}, asked_by=auditor, asked_at=timezone.now()
    )
    DeclarationProof.objects.create(declaration=declaration, data=image_bytes(), is_pdf=False)
    desk = {"entry": entry, "batch": batch.pk, "count": count.pk, "pk": declaration.pk, "act": asked.pk}
    return {
        "en/budgets/<slug:slug>/vote/": {"slug": box.budget.slug, "box": box.slug, "entry": entry},
        "api/v1/ballot-boxes/": {"uuid": box.uuid},
        "bundles/": {"uuid": box.uuid, "name": "manifest.json"},
        "cms/votes/": desk | {"uuid": box.uuid, "kind": "extend", "reading": "first"},
    }


def lists(author: Person) -> dict[str, dict[str, object]]:
    """What the screens of the workspace list. Each is named by its first row."""
    hint = PriceHint.objects.create(lowest_minor=1, highest_minor=2)
    PriceHintText.objects.create(identity=hint, locale=locale("en"), what="A bench")
    reason = CannedReason.objects.create(slug="off-topic")
    CannedReasonText.objects.create(identity=reason, locale=locale("en"), words="Off topic.")
    make_category()
    today, project = timezone.localdate(), Project.objects.latest("pk")
    Decision.objects.create(project=project, kind="kept", decided_on=today)
    give_pass(author, project.budget)
    CountedBallot.objects.create(envelope=project.envelope, number=1, content={"projects": [1]}, channel="paper")
    Heartbeat.objects.create(name="notices", beat_at=timezone.now())
    ProjectPicture.objects.create(project=project, image=SiteImage.objects.get())
    ContactMessage.objects.create(
        page=uuid.uuid4(), page_title="Write", at=timezone.now(), name="Cy", email="cy@example.org", words="Hello",
        language="en",
    )  # fmt: skip
    listed = (model for model in apps.get_models() if model.__module__.startswith(("participation.", "cms_pages.")))
    found = {model._meta.model_name: model.objects.values_list("pk", flat=True).first() for model in listed}
    found["project_pictures"] = found["projectpicture"]
    return {"api/v1/price-hints/": {"uuid": hint.uuid}} | {f"cms/{name}/": {"pk": pk} for name, pk in found.items()}
