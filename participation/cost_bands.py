"""Rough costs in words, with the amounts of a budget's currency."""

from django.utils.translation import gettext as _

from participation.choices import COST_BOUNDS, CostBand
from participation.counting.money import exponent_of
from participation.money import format_money


def bound_minor(band: CostBand, currency: str) -> int:
    return COST_BOUNDS[band] * 10 ** exponent_of(currency)


def band_of(cost_minor: int, currency: str) -> CostBand:
    """The band that an amount falls into; each includes its upper end."""
    fitting = (band for band in COST_BOUNDS if cost_minor <= bound_minor(band, currency))
    return next(fitting, CostBand.VERY_LARGE)


def band_label(band: str, currency: str) -> str:
    """Such as `€5,000 to €20,000`."""
    order = list(CostBand)
    place = order.index(CostBand(band))
    below = format_money(bound_minor(order[place - 1], currency), currency) if place else ""
    upto = format_money(bound_minor(order[place], currency), currency) if order[place] in COST_BOUNDS else ""
    if not below:
        return _("Up to %(amount)s") % {"amount": upto}
    if not upto:
        return _("More than %(amount)s") % {"amount": below}
    return _("%(least)s to %(most)s") % {"least": below, "most": upto}
