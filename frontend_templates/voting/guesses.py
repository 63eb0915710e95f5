"""How often personal codes may be guessed from one place. Counted in the cache; no address is kept in the clear."""

from contextlib import suppress
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MOST_GUESSES = 10
SECONDS = 3600
NETWORK_BITS = 64


class TooManyGuesses(Exception):
    """Nothing was looked up."""


def client_address(request: HttpRequest) -> str:
    """Who asks, as the last of the trusted proxies saw them."""
    proxies = settings.TRUSTED_PROXY_COUNT
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if not proxies or not hops:
        return request.META.get("REMOTE_ADDR", "")
    return hops[-min(proxies, len(hops))]


def place_of(address: str) -> str:
    """The address, or its network where one household has many of them."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(int(parsed) >> (128 - NETWORK_BITS))
    return str(parsed)


def guess_key(request: HttpRequest) -> str:
    return "guesses-" + salted_hmac("osp/guesses", place_of(client_address(request))).hexdigest()


def count_guess(request: HttpRequest) -> None:
    """Before a code is looked up, so that guesses at once are all counted. Raises TooManyGuesses."""
    key = guess_key(request)
    cache.add(key, 0, SECONDS)
    if cache.incr(key) > MOST_GUESSES:
        raise TooManyGuesses


def forgive_guess(request: HttpRequest) -> None:
    """The code was right: it was no guess."""
    with suppress(ValueError):  # the hour may just be over
        cache.decr(guess_key(request))
