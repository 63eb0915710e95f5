"""The PROJECTS section of a Pabulib file."""

from participation.counting.election import Project
from participation.counting.money import quoted, to_minor
from participation.counting.pb_lines import PbFormatError
from participation.counting.pb_meta import Meta
from participation.counting.pb_sections import Sections, cleaned

OLD_NAMES = {"target": "beneficiaries"}


def read_projects(sections: Sections, meta: Meta) -> tuple[list[dict[str, str]], tuple[Project, ...]]:
    """The rows as text under today's column names, and the projects. Raises PbFormatError."""
    columns = sections.open("PROJECTS", ("project_id", "cost"))
    names = [OLD_NAMES[name] if renamed(name, columns.names) else name for name in columns.names]
    stated = meta.stated_number("num_projects")
    rows: list[dict[str, str]] = []
    projects: dict[str, Project] = {}
    for record in sections.rows(columns):
        if len(rows) == stated:
            raise PbFormatError(f"There are more projects than the {stated} of num_projects.", sections.line)
        row = dict(zip(names, map(cleaned, record), strict=True))
        project = read_project(row, meta.exponent, sections.line)
        if project.id in projects:
            raise PbFormatError(f"The project {quoted(project.id)} stands there twice.", sections.line)
        projects[project.id] = project
        rows.append(row)
    if len(rows) != stated:
        raise PbFormatError(f"num_projects is {stated}, but there are {len(rows)}.", meta.line("num_projects"))
    return rows, tuple(projects.values())


def renamed(name: str, names: tuple[str, ...]) -> bool:
    return name in OLD_NAMES and OLD_NAMES[name] not in names


def read_project(row: dict[str, str], exponent: int, line: int) -> Project:
    if not row["project_id"]:
        raise PbFormatError("The project has no id.", line)
    if not row["cost"]:
        raise PbFormatError("The project has no cost.", line)
    try:
        return Project(row["project_id"], to_minor(row["cost"], exponent))
    except ValueError as error:
        raise PbFormatError(f"The cost {error}", line) from None
