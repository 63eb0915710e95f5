"""How often something may be sent from one place. Counted in the cache; no address is kept in the clear."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from frontend_templates.voting.guesses import client_address, place_of
from participation.refusals import ActionRefused, Refusal

SECONDS = 3600


def count_sending(request: HttpRequest, what: str, most: int) -> None:
    """Raises ActionRefused when this place sent that many within the hour."""
    place = salted_hmac(f"osp/sending/{what}", place_of(client_address(request))).hexdigest()
    key = f"sending-{place}"
    cache.add(key, 0, SECONDS)
    if cache.incr(key) > most:
        raise ActionRefused(Refusal.TOO_FAST)
