from rest_framework import serializers

from participation.choices import GroupKind
from participation.models import CitizenGroup


class GroupOutput(serializers.ModelSerializer):
    """A group in whose name something is written. Its contact is nobody's business."""

    kind = serializers.ChoiceField(choices=GroupKind.choices)

    class Meta:
        model = CitizenGroup
        fields = ("uuid", "kind", "name")
        read_only_fields = fields
