"""What may become of a proposal, and when: one table. Pure: no clock, no database.

For each status the verbs that it allows, each with what must be open for it. One of these openings is enough; where
none is named, the verb is free at any time. Who may use a verb is asked in `eligibility`.
"""

from participation.choices import Opening, ProposalStatus, ProposalVerb

ANY_TIME: frozenset[Opening] = frozenset()
PROPOSALS = frozenset({Opening.PROPOSALS})
SUPPORTS = frozenset({Opening.SUPPORTS})

CHANGES: dict[ProposalStatus, dict[ProposalVerb, frozenset[Opening]]] = {
    ProposalStatus.DRAFT: {
        ProposalVerb.EDIT: PROPOSALS,
        ProposalVerb.SUBMIT: PROPOSALS,
        ProposalVerb.DISCARD: ANY_TIME,
    },
    ProposalStatus.SUBMITTED: {
        ProposalVerb.EDIT: PROPOSALS,
        ProposalVerb.WITHDRAW: PROPOSALS | SUPPORTS,
        ProposalVerb.PUBLISH: ANY_TIME,
        ProposalVerb.HIDE: ANY_TIME,
    },
    ProposalStatus.PUBLISHED: {
        ProposalVerb.EDIT: PROPOSALS,
        ProposalVerb.WITHDRAW: PROPOSALS | SUPPORTS,
        ProposalVerb.SUPPORT: SUPPORTS,
        ProposalVerb.HIDE: ANY_TIME,
        ProposalVerb.MERGE: ANY_TIME,
    },
    ProposalStatus.WITHDRAWN: {ProposalVerb.HIDE: ANY_TIME},
    ProposalStatus.HIDDEN: {ProposalVerb.RESTORE: ANY_TIME},
    ProposalStatus.MERGED: {ProposalVerb.HIDE: ANY_TIME, ProposalVerb.UNMERGE: ANY_TIME},
}


def needed(status: ProposalStatus, verb: ProposalVerb) -> frozenset[Opening] | None:
    """What must be open for the verb, empty for "at any time"; None where the status does not allow it."""
    return CHANGES[status].get(verb)
