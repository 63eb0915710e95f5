"""A comment as everybody reads it, with what the reader may do with it and why not."""

from datetime import datetime

from rest_framework import serializers

from api.v1.group_output import GroupOutput
from api.v1.proposal_output import said
from api.v1.votes import RefusalOutput
from participation.choices import CommentState
from participation.eligibility import refusal_to_comment, refusal_to_edit_comment, refusal_to_flag, refusal_to_rate
from participation.models import Comment
from participation.refusals import Refusal
from participation.standing import SILENT, Voice


def refusal_to_reply(comment: Comment, voice: Voice, at: datetime) -> Refusal | None:
    return refusal_to_comment(comment.proposal, comment, voice, at)


VERBS = {
    "reply": refusal_to_reply,
    "edit": refusal_to_edit_comment,
    "vote": refusal_to_rate,
    "flag": refusal_to_flag,
}


class CommentRefusals(serializers.Serializer):
    """Why a thing cannot be done now by who asks; null where it can."""

    reply = RefusalOutput(allow_null=True)
    edit = RefusalOutput(allow_null=True)
    vote = RefusalOutput(allow_null=True)
    flag = RefusalOutput(allow_null=True)


class CommentOutput(serializers.ModelSerializer):
    """`thread` is the comment that began it; a comment that began one has neither `parent` nor `thread`."""

    proposal = serializers.SlugRelatedField(slug_field="uuid", read_only=True)
    parent = serializers.SlugRelatedField(slug_field="uuid", read_only=True, allow_null=True)
    thread = serializers.SlugRelatedField(slug_field="uuid", source="root", read_only=True, allow_null=True)
    author = serializers.CharField(source="author_name")
    group = GroupOutput(allow_null=True)
    state = serializers.ChoiceField(choices=CommentState.choices)
    refusals = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields = (
            *("uuid", "proposal", "parent", "thread", "depth", "author", "group", "is_official", "body", "language"),
            *("state", "posted_at", "changed_at", "up_count", "down_count", "refusals"),
        )
        read_only_fields = fields

    def get_refusals(self, comment: Comment) -> CommentRefusals:
        """By what is known without counting what the person did in this hour."""
        person, at = self.context["person"], self.context["at"]
        voice = Voice(person) if person else SILENT
        return {verb: said(refusal_to(comment, voice, at)) for verb, refusal_to in VERBS.items()}
