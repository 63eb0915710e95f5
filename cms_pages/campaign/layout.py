"""The projects of a budget as those need them who lay out a booklet: words, costs, names of the picture files."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import override

from cms_pages.campaign.codes import whole_address
from cms_pages.models import ProjectPicture, SiteImage
from participation.exports.cells import Line, safe
from participation.models import Budget, Project
from participation.money import format_money

LONGEST_NAME = 40
COLUMNS = (
    *("number", "title", "description", "envelope", "district", "categories", "place", "cost"),
    *("picture", "picture_shows", "picture_credit", "address"),
)
KNOWN_ENDING = re.compile(r"\.[a-z0-9]{2,5}")


@dataclass(frozen=True)
class Laid:
    """A project in one language; `picture` is the name of its file, empty where it has none."""

    project: Project
    image: SiteImage | None
    name: str
    title: str
    description: str
    envelope: str
    categories: str
    cost: str
    address: str

    @property
    def picture(self) -> str:
        if self.image is None:
            return ""
        ending = PurePath(self.image.file.name).suffix.lower()
        return f"{self.name}{ending if KNOWN_ENDING.fullmatch(ending) else ''}"

    @property
    def shows(self) -> str:
        return self.image.default_alt_text if self.image else ""

    @property
    def credit(self) -> str:
        return self.image.credit if self.image else ""


def laid_out(budget: Budget, language: str) -> list[Laid]:
    """All projects by their numbers, at a fixed number of queries."""
    rows = budget.projects.with_texts().with_categories().select_related("envelope__district")
    projects = list(rows.prefetch_related("envelope__texts").order_by("public_number"))
    pictures = ProjectPicture.objects.by_project(projects)
    with override(language):
        return [laid(budget, project, pictures.get(project.pk)) for project in projects]


def laid(budget: Budget, project: Project, image: SiteImage | None) -> Laid:
    title = str(project)
    name = f"{project.public_number:04}-{slugify(title)[:LONGEST_NAME].strip('-')}".rstrip("-")
    return Laid(
        project=project,
        image=image,
        name=name,
        title=title,
        description=project.text.description if project.text else "",
        envelope=str(project.envelope),
        categories=", ".join(map(str, project.categories.all())),
        cost=format_money(project.cost_minor, budget.currency),
        address=whole_address(reverse("project", args=[budget.slug, project.public_number])),
    )


def lines(rows: list[Laid]) -> Iterator[str]:
    """RFC 4180 lines in UTF-8, with a mark at the head by which layout programs know it."""
    writer = csv.writer(Line())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for one in rows:
        yield writer.writerow([one.project.public_number, *map(safe, cells(one))])


def cells(one: Laid) -> tuple[str, ...]:
    district = str(one.project.envelope.district or "")
    place = one.project.address
    words = (one.title, one.description, one.envelope, district, one.categories, place, one.cost)
    return *words, one.picture, one.shows, one.credit, one.address


def as_text(one: Laid) -> str:
    """What stands beside a picture in the archive."""
    said = (one.title, one.cost, one.envelope, one.project.address, one.description, one.shows, one.credit, one.address)
    return "\n\n".join(filter(None, said)) + "\n"
