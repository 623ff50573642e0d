"""The shelf partnership in order: houses, a year of each, and everything that waits today."""

from collections.abc import Iterator
from datetime import timedelta

from pol.demo.pictures import Album, Sketch
from pol.demo.shelves import beginning, by_hand, decisions, ends, open_calls
from pol.demo.shelves.goods import SHEETS
from pol.demo.shelves.plan import RETAILERS
from pol.demo.shelves.seasons import WEEKS
from pol.demo.shelves.stores import House, open_houses, write_sheets
from pol.demo.shelves.year import Year
from pol.demo.world import World

LONG_AGO = timedelta(days=410)
YEARS = sum(plan.habits is not None for plan in RETAILERS)
STEPS = len(RETAILERS) + 1 + YEARS * (1 + WEEKS) + open_calls.STEPS
STEPS += ends.STEPS + decisions.STEPS
PICTURES: tuple[Sketch, ...] = tuple(sorted({(plan.motif, 0) for plan in SHEETS}))


def play(world: World, album: Album) -> Iterator[int]:
    """Live through it all; yield 1 after each step."""
    at = world.now - LONG_AGO
    houses: list[House] = []
    for house in open_houses(world, RETAILERS, at):
        houses.append(house)
        yield 1
    shops = [shop for shop in world.shops if shop.is_selling]
    sheets = write_sheets(world, shops, album, at + timedelta(days=1))
    yield 1
    years: list[Year] = []
    for house in houses:
        if house.plan.habits is not None:
            beginning.begin_year(world, house, sheets, at + timedelta(days=2))
            yield 1
            years.append(Year(house, sheets, world.now))
            yield from years[-1].weeks()
    by_hand.redraw(houses[0], world.now)
    yield from open_calls.play(world, houses, sheets)
    yield from ends.play(years[0])
    yield from decisions.play(world, years, houses)
