"""Why an action was refused: a stable code for programs, one sentence for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """The value is the code of the API and never changes; the label is the sentence."""

    PHASES_OVERLAP = "phases_overlap", _("Another phase of this budget covers part of these dates.")
    ALREADY_PUBLISHED = "already_published", _("This is published already.")
    COUNTED_ALREADY = "counted_already", _("These ballots are counted already.")
    VOTE_NOT_OPEN = "vote_not_open", _("Voting is not open yet.")
    VOTE_CLOSED = "vote_closed", _("Voting is closed.")
    VOTE_SUSPENDED = "vote_suspended", _("Voting is interrupted: come back later.")
    VOTE_ANNULLED = "vote_annulled", _("This vote was annulled.")
    NOT_ON_ROLL = "not_on_roll", _("You are not on the roll of this vote.")
    BARRED = "barred", _("Your entry on the roll is barred. The help desk knows why.")
    VOTED_ON_PAPER = "voted_on_paper", _("You voted on paper, and that vote counts.")
    CHANGED_MEANWHILE = "changed_meanwhile", _("Your ballot was changed elsewhere meanwhile. Look at it first.")
    RULES_FROZEN = "rules_frozen", _("The rules of this vote are fixed.")
    NO_VOTING_PHASE = "no_voting_phase", _("This budget has no voting phase ahead.")
    NOTHING_TO_VOTE_ON = "nothing_to_vote_on", _("An envelope of this vote has no projects.")
    KEY_NOT_READY = "key_not_ready", _("The key of this ballot box is not on every machine.")
    WRONG_STATE = "wrong_state", _("This vote is not at that point.")
    SAME_PERSON = "same_person", _("A second person must confirm this.")
    ASKED_ALREADY = "asked_already", _("This was asked for already and waits for a second person.")
    DONE_ALREADY = "done_already", _("This was done already.")
    NOT_LATER = "not_later", _("The vote can only be extended, not shortened.")
    BATCHES_UNSIGNED = "batches_unsigned", _("Not every batch of papers is signed.")
    PAPERS_DIFFER = "papers_differ", _("A station counts other papers than people, and nobody has explained it.")
    OBSERVERS_NOT_TOLD = "observers_not_told", _("The observers have not got the hash of the receipts yet.")
    NO_SEALED_ROLL = "no_sealed_roll", _("A roll can be sampled from its sealing until it is erased.")
    ADDED_MONEY_UNFIT = (
        "added_money_unfit",
        _("Money can be added to projects that were not funded, up to their cost; with what is left it must suffice."),
    )
    NO_LOT_VALUE = "no_lot_value", _("The public value of the lot is missing.")
    NO_OPEN_ROLL = "no_open_roll", _("People cannot enter themselves on the roll of this vote.")
    TOO_YOUNG = "too_young", _("You are too young for this vote.")
    DECLARED_ALREADY = "declared_already", _("You have declared this already.")
    DECLARED_TOO_OFTEN = (
        "declared_too_often",
        _("Your declarations were refused several times. Go to the desk: somebody there helps you."),
    )
    DECLARATIONS_WAITING = "declarations_waiting", _("Declarations of people who entered themselves are still waiting.")
    DECISION_WITHOUT_REASON = "decision_without_reason", _("An official decision has no reason yet.")
    SHEET_KNOWN = "sheet_known", _("A sheet with this number was entered before.")
    CLAIM_UNKNOWN = "claim_unknown", _("This code is not valid, or the proposal has its author already.")
    CODE_UNKNOWN = "code_unknown", _("This code is not valid. Look at the letter again.")
    BOUND_OTHERWISE = "bound_otherwise", _("This entry of the roll was proven in another way. The help desk can help.")
    PROOF_MISSING = "proof_missing", _("Add a photo or a PDF of your proof.")
    STATION_MISSING = "station_missing", _("Say at which station of this vote the paper went into the urn.")
    KEY_AT_HAND = "key_at_hand", _("The key of this ballot box is on this machine: it is not lost.")
    NO_PASS = "no_pass", _("You have no pass for a station of this vote at this hour.")
    STATEMENT_UNFIT = (
        "statement_unfit",
        _("This is no statement on this vote, signed with the key of the auditor that the rules name."),
    )
    BATCH_SIGNED = "batch_signed", _("This batch is signed.")
    BATCH_FULL = "batch_full", _("All papers of this batch are keyed.")
    KEYED_BY_ANOTHER = (
        "keyed_by_another",
        _("Another person keys this batch, and each of the two readings has its own."),
    )
    KEYINGS_DIFFER = "keyings_differ", _("The two readings of this batch are not whole and the same yet.")
    NAME_TOO_LONG = "name_too_long", _("This name is too long: 80 characters are the most.")
    NAME_UNREADABLE = "name_unreadable", _("This name needs letters, and holds nothing that cannot be seen.")
    NAME_MIXED = "name_mixed", _("A word of this name mixes letters of several alphabets.")
    NAME_RESERVED = "name_reserved", _("This name could be taken for that of the administration. Choose another.")
    LANGUAGE_UNKNOWN = "language_unknown", _("The town does not offer this language.")
    SIGN_IN_AGAIN = "sign_in_again", _("Show again who you are first.")
    ACCOUNT_ERASED = "account_erased", _("This account was deleted.")
    HOLDS_A_ROLE = "holds_a_role", _("This account works for the administration: an administrator must end that first.")
    EXPORT_WAITS = "export_waits", _("Your data are being put together already.")
    EXPORT_RECENT = "export_recent", _("You asked for your data less than an hour ago: that file is still here.")
    REGULATIONS_NOT_ACCEPTED = "regulations_not_accepted", _("Accept the current regulations of this budget first.")
    REGULATIONS_NOT_CURRENT = "regulations_not_current", _("These regulations are not the ones in force.")
    NOT_SIGNED_IN = "not_signed_in", _("Sign in first.")
    ROLE_MISSING = "role_missing", _("This takes a role that you do not have.")
    NOT_YOURS = "not_yours", _("There is nothing of yours here.")
    PROPOSALS_NOT_OPEN = "proposals_not_open", _("Proposals are not taken yet.")
    PROPOSALS_CLOSED = "proposals_closed", _("Proposals are not taken any more.")
    SUPPORTS_NOT_OPEN = "supports_not_open", _("Proposals cannot be supported yet.")
    SUPPORTS_CLOSED = "supports_closed", _("Proposals cannot be supported any more.")
    WRONG_STATUS = "wrong_status", _("This cannot be done with the proposal as it is now.")
    INCOMPLETE = "incomplete", _("Something is missing: a title, what it is about, or the place.")
    TOO_MANY_PROPOSALS = "too_many_proposals", _("You have handed in as many proposals as one person may.")
    TOO_MANY_DRAFTS = "too_many_drafts", _("You have many drafts already. Throw one away first.")
    TOO_MANY_SUPPORTS = "too_many_supports", _("You support as many proposals as one person may. Take one back first.")
    TOO_MANY_SUPPORTS_IN_BOX = (
        "too_many_supports_in_box",
        _("You support as many proposals of this ballot box as one person may. Take one back first."),
    )
    TOO_MANY_SUPPORTS_HERE = (
        "too_many_supports_here",
        _("You support as many proposals of this envelope as one person may. Take one back first."),
    )
    ENVELOPE_ELSEWHERE = "envelope_elsewhere", _("This envelope belongs to another budget.")
    CATEGORY_ELSEWHERE = "category_elsewhere", _("This category is not offered in this budget.")
    TOO_MANY_CATEGORIES = "too_many_categories", _("A proposal may have three categories.")
    PLACE_TWICE = "place_twice", _("Say either a place, or that it is about the whole area.")
    REASON_MISSING = "reason_missing", _("Say why, so that the author can understand it.")
    TOO_MANY_PHOTOS = "too_many_photos", _("A proposal may have three photos.")
    PHOTO_TOO_LARGE = "photo_too_large", _("This photo is too large: at most 10 MB and 50 million pixels.")
    PHOTO_UNREADABLE = "photo_unreadable", _("This is no photo that can be read. Use JPEG, PNG or WebP.")
    ALT_MISSING = "alt_missing", _("Say in a few words what the photo shows, for those who cannot see it.")
    RIGHTS_MISSING = "rights_missing", _("A photo can be shown only when you have the right to publish it.")
    COMMENTS_OFF = "comments_off", _("There are no comments in this budget.")
    COMMENTS_NOT_OPEN = "comments_not_open", _("Comments are not taken yet.")
    COMMENTS_CLOSED = "comments_closed", _("Comments are not taken any more.")
    BLOCKED = "blocked", _("Moderators have decided that you cannot write for a time. Your inbox says why.")
    NOTHING_SAID = "nothing_said", _("Write something first.")
    TOO_LONG = "too_long", _("This is too long.")
    TOO_DEEP = "too_deep", _("This cannot be replied to directly. Reply to the comment above it.")
    TOO_MANY_LINKS = "too_many_links", _("This holds too many links.")
    TOO_FAST = "too_fast", _("You have done this many times in a short while. Wait a little.")
    LOOKS_LIKE_SPAM = "looks_like_spam", _("This looks as if a machine had sent it. Nothing was kept.")
    EDIT_TIME_OVER = "edit_time_over", _("A comment can be changed for 15 minutes.")
    OWN_WORDS = "own_words", _("This is your own.")
    FLAGGED_ALREADY = "flagged_already", _("You have reported this already.")
    NO_AUTHOR = "no_author", _("Whoever wrote this has no account any more.")
    TERM_MISSING = "term_missing", _("Say for how many days: 1 to 365.")
    ANSWERED_ALREADY = "answered_already", _("You have answered this already.")
    TOO_MANY_FOLLOWED = "too_many_followed", _("You follow very much already. Stop following something first.")
    BIRTH_DATE_MISSING = "birth_date_missing", _("Say when you were born first: this budget has a rule on age.")
    BIRTH_DATE_GIVEN = "birth_date_given", _("You have said when you were born. Only the administration can change it.")
    BIRTH_DATE_UNREAL = "birth_date_unreal", _("This cannot be the day on which you were born.")
    BELOW_MINIMUM_AGE = "below_minimum_age", _("You are too young to take part in this budget.")
    GUARDIAN_MISSING = (
        "guardian_missing",
        _("At your age a parent or guardian has to agree first: name one."),
    )
    GUARDIAN_WAITS = "guardian_waits", _("Your parent or guardian has not answered yet.")
    GUARDIAN_IS_YOU = "guardian_is_you", _("This is your own address: name that of a parent or guardian.")
    CONSENT_NOT_OPEN = "consent_not_open", _("This was answered already, or the link is too old.")
    NOT_ADULT = "not_adult", _("The contact of a group has to be an adult.")
    GROUP_NAME_MISSING = "group_name_missing", _("The group needs a name.")
    GROUP_NAME_TAKEN = "group_name_taken", _("Another group has this name. Add something that tells them apart.")
    TOO_MANY_GROUPS = "too_many_groups", _("You speak for as many groups as one person may.")
    INVITED_UNKNOWN = (
        "invited_unknown",
        _("Nobody, or more than one person, has this display name. Use their e-mail address."),
    )
    INVITED_ALREADY = "invited_already", _("They are invited or take part already.")
    INVITATION_UNKNOWN = "invitation_unknown", _("This invitation is not valid any more.")
    TOO_MANY_CO_AUTHORS = "too_many_co_authors", _("A proposal may have four co-authors, those invited included.")
    TITLE_MISSING = "title_missing", _("Give the document a title.")
    DOCUMENT_RIGHTS_MISSING = (
        "document_rights_missing",
        _("A document can be shown only when you have the right to publish it."),
    )
    TOO_MANY_DOCUMENTS = "too_many_documents", _("A proposal may have three documents.")
    DOCUMENT_TOO_LARGE = "document_too_large", _("This document is too large: at most 10 MB and 100 pages.")
    DOCUMENT_UNREADABLE = "document_unreadable", _("This is no PDF that can be read. It must not ask for a password.")
    DOCUMENT_ACTIVE = (
        "document_active",
        _("This PDF holds scripts, forms, attachments or things that start by themselves. Print it to a new PDF."),
    )
    MERGE_ELSEWHERE = "merge_elsewhere", _("It can go into another published proposal of the same budget only.")
    NO_LETTERS = "no_letters", _("No letter waits to be printed.")
    NO_SIGN_UPS = "no_sign_ups", _("One cannot sign up for this.")
    SIGNED_UP_ALREADY = (
        "signed_up_already",
        _("This address is signed up already. The mail we sent has a link to cancel."),
    )
    OUTSIDE_THE_SITE = (
        "outside_the_site",
        _("A short link leads to a page of this site: give its path, such as /budgets/."),
    )
    PLACE_MISSING = "place_missing", _("Say where it hangs or is handed out.")
    TOO_MANY_SHORT_LINKS = "too_many_short_links", _("This budget has 500 short links. Remove one first.")
    NO_BALLOT_BOX = "no_ballot_box", _("This envelope belongs to no ballot box, so no rule says how to count it.")


class ActionRefused(Exception):
    """Raised by an action that changed nothing. `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
