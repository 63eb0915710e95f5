"""Two at once: one form in two requests, two votes of one person, two workers at the same outbox and the same mails."""

import uuid
from threading import Barrier, Thread

from django.core import mail
from django.db import connection
from django.utils import timezone

from frontend_templates.notices.sending import send_at_once
from participation.actions.comments import comment_on, rate_comment
from participation.actions.notifying import notify_waiting
from participation.models import Comment, CommentVote, Notification
from participation.refusals import ActionRefused
from tests.factories.discussion import make_comment, make_discussed
from tests.factories.participation import make_person

AT_ONCE = 4


def together(call) -> list:
    """What the call comes to in some threads that start at the same moment, each with a connection of its own."""
    answers, barrier = [], Barrier(AT_ONCE)

    def run():
        barrier.wait()
        try:
            answers.append(call())
        except ActionRefused as refused:
            answers.append(refused.refusal)
        connection.close()

    threads = [Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == AT_ONCE
    return answers


def test_one_form_in_several_requests_makes_one_comment(committed):
    proposal, ben, key = make_discussed(), make_person(), uuid.uuid4()
    said = {"actor": ben, "proposal": proposal, "key": key, "body": "Yes", "language": "en", "at": timezone.now()}
    assert len({comment.pk for comment in together(lambda: comment_on(**said))}) == 1
    assert Comment.objects.count() == 1


def test_several_votes_of_one_person_count_once(committed):
    comment, ben = make_comment(make_discussed()), make_person()
    at = timezone.now()
    assert sorted(together(lambda: rate_comment(actor=ben, comment=comment, value=1, at=at))) == [False] * 3 + [True]
    comment.refresh_from_db()
    assert (comment.up_count, comment.score, CommentVote.objects.count()) == (1, 1, 1)


def test_several_workers_tell_and_mail_once(committed):
    proposal, at = make_discussed(), timezone.now()
    for _ in range(3):
        make_comment(proposal)
    together(lambda: notify_waiting(at))
    assert Notification.objects.count() == 3
    mail.outbox = []
    assert sum(together(lambda: send_at_once(at))) == 3
    assert len(mail.outbox) == 3
    assert set(Notification.objects.values_list("mail", flat=True)) == {"sent"}
