"""Signs of life of workers and periodic jobs."""

from datetime import datetime, timedelta

from participation.models import Heartbeat


def beat(name: str, at: datetime, *, error: str = "") -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": at, "error": error})


def is_due(name: str, every: timedelta, at: datetime) -> bool:
    """Whether a job that runs so often should run now. Of several workers the first to ask gets a yes."""
    _, is_new = Heartbeat.objects.get_or_create(name=name, defaults={"beat_at": at})
    return is_new or bool(Heartbeat.objects.filter(name=name, beat_at__lte=at - every).update(beat_at=at))
