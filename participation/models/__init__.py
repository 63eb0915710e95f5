from participation.models.ballot_box import BallotBox, BallotBoxText
from participation.models.budget import Budget, BudgetText
from participation.models.category import Category, CategoryText
from participation.models.district import District
from participation.models.envelope import Envelope, EnvelopeText
from participation.models.history import ActivityEntry, Heartbeat, Outbox
from participation.models.person import Person
from participation.models.phase import Phase, PhaseText
from participation.models.project import Decision, DecisionText, Project, ProjectText
from participation.models.result import CountedBallot, Result, ResultLine
from participation.models.role import RoleAssignment

__all__ = [
    "ActivityEntry",
    "BallotBox",
    "BallotBoxText",
    "Budget",
    "BudgetText",
    "Category",
    "CategoryText",
    "CountedBallot",
    "Decision",
    "DecisionText",
    "District",
    "Envelope",
    "EnvelopeText",
    "Heartbeat",
    "Outbox",
    "Person",
    "Phase",
    "PhaseText",
    "Project",
    "ProjectText",
    "Result",
    "ResultLine",
    "RoleAssignment",
]
