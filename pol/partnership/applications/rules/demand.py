"""How much more facings sell: less and less, in whole numbers."""

from math import isqrt


def milli_units(weekly_demand_milli: int, most_facings: int) -> list[int]:
    """Return what 1, 2, ... facings sell in a week, in thousandths of a unit.

    One facing sells what the buyer expects; f facings sell the square root of f times that, which
    is the usual shape of space elasticity (doubled space never doubles sales). Rounded down, and
    never growing by more than the facing before, so that the curve is concave to the last
    thousandth and an optimiser may rely on it.
    """
    curve: list[int] = []
    step = weekly_demand_milli
    for facings in range(1, most_facings + 1):
        before = curve[-1] if curve else 0
        step = min(step, isqrt(weekly_demand_milli**2 * facings) - before)
        curve.append(before + step)
    return curve
