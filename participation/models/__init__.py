from participation.models.ballot import Ballot, PublishedReceipt
from participation.models.ballot_box import BallotBox, BallotBoxText
from participation.models.box_record import AuditEvent, Checkpoint, SentCheckpoint, TwoPersonAct
from participation.models.budget import Budget, BudgetText
from participation.models.category import Category, CategoryText
from participation.models.co_author import CoAuthor, Invitation
from participation.models.comment import Comment, CommentVote
from participation.models.declaration import Declaration, DeclarationProof
from participation.models.district import District
from participation.models.envelope import Envelope, EnvelopeText
from participation.models.field_entry import FieldEntry
from participation.models.follow import Follow, Notification
from participation.models.group import CitizenGroup
from participation.models.guardian_consent import GuardianConsent
from participation.models.history import ActivityEntry, Heartbeat, Outbox
from participation.models.letter import Letter
from participation.models.machine_translation import MachineTranslation
from participation.models.merge import Merge
from participation.models.moderation import CannedReason, CannedReasonText, Flag, ModerationDecision
from participation.models.paper import KeyedPaper, OfficerPass, PaperBatch, PaperCount, Station
from participation.models.person import Person
from participation.models.personal_data import PersonalDataExport
from participation.models.phase import Phase, PhaseText
from participation.models.price_hint import PriceHint, PriceHintText
from participation.models.project import Decision, DecisionText, Project, ProjectText
from participation.models.proposal import Proposal, ProposalVersion
from participation.models.proposal_document import ProposalDocument
from participation.models.proposal_photo import ProposalPhoto
from participation.models.regulations import Regulations, RegulationsAcceptance, RegulationsText
from participation.models.reminder import Reminder
from participation.models.result import CountedBallot, Result, ResultLine
from participation.models.role import RoleAssignment
from participation.models.roll import RollEntry
from participation.models.searched_words import SearchedWords
from participation.models.short_link import ShortLink, ShortLinkDay
from participation.models.support import Support, SupportSheet

__all__ = [
    "ActivityEntry",
    "AuditEvent",
    "Ballot",
    "BallotBox",
    "BallotBoxText",
    "Budget",
    "BudgetText",
    "CannedReason",
    "CannedReasonText",
    "Category",
    "CategoryText",
    "Checkpoint",
    "CitizenGroup",
    "CoAuthor",
    "Comment",
    "CommentVote",
    "CountedBallot",
    "Decision",
    "DecisionText",
    "Declaration",
    "DeclarationProof",
    "District",
    "Envelope",
    "EnvelopeText",
    "FieldEntry",
    "Flag",
    "Follow",
    "GuardianConsent",
    "Heartbeat",
    "Invitation",
    "KeyedPaper",
    "Letter",
    "MachineTranslation",
    "Merge",
    "ModerationDecision",
    "Notification",
    "OfficerPass",
    "Outbox",
    "PaperBatch",
    "PaperCount",
    "Person",
    "PersonalDataExport",
    "Phase",
    "PhaseText",
    "PriceHint",
    "PriceHintText",
    "Project",
    "ProjectText",
    "Proposal",
    "ProposalDocument",
    "ProposalPhoto",
    "ProposalVersion",
    "PublishedReceipt",
    "Regulations",
    "RegulationsAcceptance",
    "RegulationsText",
    "Reminder",
    "Result",
    "ResultLine",
    "RoleAssignment",
    "RollEntry",
    "SearchedWords",
    "SentCheckpoint",
    "ShortLink",
    "ShortLinkDay",
    "Station",
    "Support",
    "SupportSheet",
    "TwoPersonAct",
]
