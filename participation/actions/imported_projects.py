"""The projects of an imported file, with their words, places and categories."""

import math
import re
from collections.abc import Iterator

from django.utils.text import slugify

from participation.actions.imported_budget import storable, words_of
from participation.counting.money import quoted
from participation.counting.pb_format import PbFile
from participation.models import Category, CategoryText, Envelope, Project, ProjectText

PLAIN_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
LONGEST_TITLE, LONGEST_ID = 1000, 120


def make_projects(envelope: Envelope, file: PbFile) -> list[Project]:
    """In the order of the file, which is their recorded order. ValueError for an id that could not be kept whole."""
    for project in file.election.projects:
        if len(project.id) > LONGEST_ID:
            raise ValueError(f"The project id {quoted(project.id)} is longer than {LONGEST_ID} characters.")
    numbers = public_numbers([project.id for project in file.election.projects])
    projects = [
        Project(
            budget=envelope.budget,
            envelope=envelope,
            public_number=number,
            imported_id="" if str(number) == project.id else project.id,
            imported_selected=int(row["selected"]) if row.get("selected", "") in tuple("0123") else None,
            cost_minor=storable(project.cost_minor),
            recorded_order=place,
            **place_of(row),
        )
        for place, (number, project, row) in enumerate(
            zip(numbers, file.election.projects, file.project_rows, strict=True), start=1
        )
    ]
    projects = Project.objects.bulk_create(projects)
    make_texts(projects, file)
    link_categories(projects, file)
    return projects


def public_numbers(ids: list[str]) -> list[int]:
    """The file's own ids where all of them are plain numbers, else 1, 2, 3, ... in the order of the file."""
    if all(PLAIN_NUMBER.fullmatch(one) for one in ids):
        return [int(one) for one in ids]
    return list(range(1, len(ids) + 1))


def place_of(row: dict[str, str]) -> dict[str, float]:
    try:
        latitude, longitude = (float(row.get(key, "").replace(",", ".")) for key in ("latitude", "longitude"))
    except ValueError:
        return {}
    is_on_earth = math.isfinite(latitude) and abs(latitude) <= 90 and abs(longitude) <= 180
    return {"latitude": latitude, "longitude": longitude} if is_on_earth else {}


def make_texts(projects: list[Project], file: PbFile) -> None:
    words = words_of(file.meta)
    ProjectText.objects.bulk_create(
        ProjectText(
            identity=project,
            translation_key=project.uuid,
            title=(row.get("name") or project.pabulib_id)[:LONGEST_TITLE],
            description=row.get("description", ""),
            **words,
        )
        for project, row in zip(projects, file.project_rows, strict=True)
    )


def link_categories(projects: list[Project], file: PbFile) -> None:
    named = {name for row in file.project_rows for name in names_of(row)}
    categories = {name: category_named(name, file) for name in sorted(named)}
    link = Project.categories.through
    link.objects.bulk_create(
        link(project=project, category=category)
        for project, row in zip(projects, file.project_rows, strict=True)
        for category in dict.fromkeys(categories[name] for name in names_of(row))
    )


def names_of(row: dict[str, str]) -> Iterator[str]:
    return (name.strip()[:120] for name in row.get("category", "").split(",") if name.strip())


def category_named(name: str, file: PbFile) -> Category:
    slug = slugify(name, allow_unicode=True)[:80] or "other"
    category, is_new = Category.objects.get_or_create(slug=slug)
    if is_new:
        CategoryText.objects.create(identity=category, name=name, **words_of(file.meta))
    return category
