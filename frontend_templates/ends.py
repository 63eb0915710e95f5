"""How beginnings and ends are said: “midnight” could be that of the evening before as well."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format


def said_start(moment: datetime) -> str:
    """A day alone where it begins at midnight."""
    own = timezone.localtime(moment)
    return date_format(own, "DATE_FORMAT" if is_midnight(own) else "DATETIME_FORMAT")


def said_end(moment: datetime) -> str:
    """The last minute of a day in place of the midnight after it, so that the day is the last one of the phase."""
    own = timezone.localtime(moment)
    return date_format(own - timedelta(minutes=1) if is_midnight(own) else own, "DATETIME_FORMAT")


def is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute) == (0, 0)
