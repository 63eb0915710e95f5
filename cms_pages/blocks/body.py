"""The one shared set of blocks. They stay flat, so that their text can be translated."""

from cms_pages.blocks import words
from cms_pages.blocks.links import CallToActionBlock, CardBlock
from cms_pages.blocks.live import BudgetFactsBlock, PlaceBlock, ProposalsBlock, ResultsBlock, TimelineBlock
from cms_pages.blocks.media import DocumentBlock, EmbedBlock, PictureAndTextBlock, picture
from cms_pages.blocks.people import ContactBlock, PersonBlock

BODY_BLOCKS = [
    ("heading", words.heading()),
    ("text", words.rich_text()),
    ("picture", picture()),
    ("picture_and_text", PictureAndTextBlock()),
    ("quote", words.QuoteBlock()),
    ("call_to_action", CallToActionBlock()),
    ("accordion", words.QuestionBlock()),
    ("table", words.TableBlock()),
    ("embed", EmbedBlock()),
    ("document", DocumentBlock()),
    ("card", CardBlock()),
    ("step", words.StepBlock()),
    ("figure", words.FigureBlock()),
    ("contact", ContactBlock()),
    ("person", PersonBlock()),
    ("budget_facts", BudgetFactsBlock()),
    ("phase_timeline", TimelineBlock()),
    ("proposals", ProposalsBlock()),
    ("results", ResultsBlock()),
    ("place", PlaceBlock()),
]
# Easy to read: short words, steps and pictures.
EASY_BLOCKS = [
    ("heading", words.heading()),
    ("text", words.rich_text()),
    ("picture", picture()),
    ("step", words.StepBlock()),
]
