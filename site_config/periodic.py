"""The one table of jobs that run by the clock, and how one of them is run."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management import call_command

from frontend_templates.guardians.sending import send_guardian_mails
from frontend_templates.notices.inviting import send_invitations
from frontend_templates.notices.sending import send_at_once, send_weekly
from participation.actions.box_closing import publish_when_due
from participation.actions.co_authors import forget_invitations
from participation.actions.heartbeats import beat, is_due
from participation.actions.notifying import notify_waiting
from participation.actions.retention import (
    erase_rolls,
    forget_names_on_paper,
    forget_notifications,
    forget_silent_guardians,
)
from site_config.ballot_boxes import close_when_due, send_checkpoints, take_checkpoints
from site_config.reaper import return_abandoned_tasks
from site_config.reminders import send_reminders
from site_config.retention import (
    remove_machine_translations,
    remove_old_downloads,
    remove_unconfirmed_accounts,
    remove_written,
)
from site_config.statistics import refresh_statistics

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PeriodicJob:
    name: str
    every: timedelta
    run: Callable[[datetime], object]


def publish_scheduled(at: datetime) -> None:
    call_command("publish_scheduled", verbosity=0)


def prune_task_results(at: datetime) -> None:
    call_command("prune_db_task_results", "--backend", "jobs", verbosity=0)


def clear_sessions(at: datetime) -> None:
    call_command("clearsessions", verbosity=0)


PERIODIC_JOBS = (
    PeriodicJob("reaper", timedelta(seconds=30), return_abandoned_tasks),
    PeriodicJob("scheduled publishing", timedelta(minutes=1), publish_scheduled),
    PeriodicJob("closing of ballot boxes", timedelta(seconds=30), close_when_due),
    PeriodicJob("results at their hour", timedelta(seconds=30), publish_when_due),
    PeriodicJob("checkpoints", timedelta(hours=1), take_checkpoints),
    PeriodicJob("mails to observers", timedelta(seconds=30), send_checkpoints),
    PeriodicJob("reminders", timedelta(hours=1), send_reminders),
    PeriodicJob("rolls to erase", timedelta(days=1), erase_rolls),
    PeriodicJob("unconfirmed accounts", timedelta(days=1), remove_unconfirmed_accounts),
    PeriodicJob("messages and sign-ups", timedelta(days=1), remove_written),
    PeriodicJob("downloads of personal data", timedelta(hours=1), remove_old_downloads),
    PeriodicJob("old notifications", timedelta(days=1), forget_notifications),
    PeriodicJob("names on paper", timedelta(days=1), forget_names_on_paper),
    PeriodicJob("guardians without an answer", timedelta(days=1), forget_silent_guardians),
    PeriodicJob("machine translations", timedelta(days=1), remove_machine_translations),
    PeriodicJob("notifications", timedelta(seconds=30), notify_waiting),
    PeriodicJob("mails at once", timedelta(minutes=1), send_at_once),
    PeriodicJob("mails to guardians", timedelta(seconds=30), send_guardian_mails),
    PeriodicJob("mails of invitations", timedelta(minutes=1), send_invitations),
    PeriodicJob("expired invitations", timedelta(days=1), forget_invitations),
    PeriodicJob("weekly mails", timedelta(hours=1), send_weekly),
    PeriodicJob("statistics of tables", timedelta(days=1), refresh_statistics),
    PeriodicJob("old sessions", timedelta(days=1), clear_sessions),
    PeriodicJob("old task results", timedelta(days=1), prune_task_results),
)


def run_due_jobs(at: datetime) -> list[str]:
    """Runs what is due, each job on its own: a failing one is noted in its heartbeat and hinders no other."""
    due = [job for job in PERIODIC_JOBS if is_due(job.name, job.every, at)]
    for job in due:
        beat(job.name, at, error=error_of(job, at))
    return [job.name for job in due]


def error_of(job: PeriodicJob, at: datetime) -> str:
    try:
        job.run(at)
    except Exception as error:
        logger.exception("The periodic job %s failed", job.name)
        return f"{type(error).__name__}: {error}"[:1000]
    return ""
