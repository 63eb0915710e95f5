from rest_framework.throttling import UserRateThrottle


class CastThrottle(UserRateThrottle):
    """By account, counted in the cache: nothing about it reaches the database."""

    scope = "cast"
    rate = "60/min"


class WriteThrottle(UserRateThrottle):
    """For proposals and supports; by account, like the one above."""

    scope = "write"
    rate = "120/min"


class ClaimThrottle(UserRateThrottle):
    """For codes of letters, so that nobody guesses them; by account."""

    scope = "claim"
    rate = "10/hour"


class TranslationThrottle(UserRateThrottle):
    """For questions to the translation machine; by account, or by place for strangers."""

    scope = "translation"
    rate = "60/hour"
