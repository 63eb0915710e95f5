from rest_framework.throttling import UserRateThrottle


class CastThrottle(UserRateThrottle):
    """By account, counted in the cache: nothing about it reaches the database."""

    scope = "cast"
    rate = "60/min"
