"""What the first screen of the workspace says about scheduled publishing."""

from datetime import datetime, timedelta

from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Revision

from participation.models import Heartbeat

JOB = "scheduled publishing"
LATE = timedelta(minutes=5)


class PublishingPanel(Component):
    """Whether the worker that publishes scheduled pages is alive, and what waits for it."""

    name = "scheduled_publishing"
    template_name = "cms_pages/admin/publishing_panel.html"
    order = 250

    def get_context_data(self, parent_context) -> dict[str, object]:
        at = timezone.now()
        beat = Heartbeat.objects.filter(name=JOB).first()
        waiting = Revision.objects.filter(approved_go_live_at__isnull=False)
        return {
            "beat": beat,
            "is_late": is_late(beat, at),
            "waiting": waiting.count(),
            "next_at": waiting.order_by("approved_go_live_at").values_list("approved_go_live_at", flat=True).first(),
        }


def is_late(beat: Heartbeat | None, at: datetime) -> bool:
    return beat is None or bool(beat.error) or beat.beat_at < at - LATE
