"""The shelves of the whole regency: 118 stores, a thousand products, and a year poured in."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from pol.demo.bulk_market import BulkMarket
from pol.demo.pictures import Album
from pol.demo.shelves import bulk_paper, by_hand, calls, decisions, ends, open_calls
from pol.demo.shelves.beginning import plan_year
from pol.demo.shelves.bulk_applications import Ware, apply_all, write_sheets
from pol.demo.shelves.bulk_decisions import Decision
from pol.demo.shelves.bulk_rows import Rows
from pol.demo.shelves.bulk_year import BulkYear
from pol.demo.shelves.plan import RETAILERS
from pol.demo.shelves.play import LONG_AGO, YEARS
from pol.demo.shelves.seasons import WEEKS
from pol.demo.shelves.stores import House, open_houses
from pol.demo.shelves.stores import write_sheets as write_known_sheets
from pol.demo.world import Shop
from pol.partnership.slots.services import call_life

STEPS = len(RETAILERS) + 2 + YEARS * (1 + WEEKS) + open_calls.STEPS + ends.STEPS + decisions.STEPS
SECONDS, FREE_SECONDS = 15, 5
"""How long the call with a thousand applications is computed, and once more without the floor."""

KNOWN_SHOPS = 48
PER_STORE = 9
"""An independent store gets so many applications."""


class Shelves:
    """Fills the regency's stores and lets a year go by."""

    def __init__(self, market: BulkMarket, album: Album) -> None:
        self.market, self.world, self.album = market, market.world, album
        self.rows, self.houses = Rows(), list[House]()
        self.owners = {counter.id: counter.owner_id for counter in market.counters}

    def play(self) -> Iterator[int]:
        """Do it all; yield 1 after each step."""
        world, at = self.world, self.world.now - LONG_AGO
        for house in open_houses(world, bulk_paper.retailers(), at):
            house.spare = 0
            self.houses.append(house)
            yield 1
        sheets = write_known_sheets(world, self._shops(), self.album, at + timedelta(days=1))
        yield 1
        wares = [Ware(one.sheet.id, one.shop.id, one.shop.owner_id, one.plan) for one in sheets]
        wares += self._more_sheets()
        yield 1
        years: list[BulkYear] = []
        for index, house in enumerate(self.houses):
            if house.plan.habits is not None:
                self._begin(house, self._share(index, wares))
                yield 1
                years.append(BulkYear(house, self.owners, self.rows, world.now))
                yield from years[-1].weeks()
        self.rows.finish()
        by_hand.redraw(self.houses[0], world.now)
        yield from open_calls.play(world, self.houses, sheets)
        yield from ends.play(years[0])
        yield from decisions.play(world, years, self.houses)

    def _shops(self) -> list[Shop]:
        """Return some stalls that sell, the demo trader's first."""
        markets = [self.world.markets[place.slug] for place in self.world.plan.markets]
        return [
            Shop(one.id, "", one.owner_id, markets[one.market], pickup=True)
            for one in self.market.counters
            if one.wares
        ][:KNOWN_SHOPS]

    def _more_sheets(self) -> list[Ware]:
        listed = {ware.id for counter in self.market.counters for ware in counter.wares}
        found = bulk_paper.sheets(self.world.plan, listed)
        at = self.world.now - LONG_AGO + timedelta(days=1)
        wares = write_sheets(self.world, self.rows, found, self.owners, at)
        self.rows.pour()
        return wares

    def _share(self, index: int, wares: Sequence[Ware]) -> list[Ware]:
        """Return who applies at a retailer: everybody, every third, or a few."""
        habits = self.houses[index].plan.habits
        assert habits is not None
        known = [wares[number] for number in habits.sheets]
        others = wares[len(bulk_paper.KNOWN) :]
        if index < len(bulk_paper.SHARES):
            count = round(len(others) * bulk_paper.SHARES[index])
            return [*known, *others[:count]]
        return [*known, *others[index * PER_STORE : (index + 1) * PER_STORE]]

    def _begin(self, house: House, wares: list[Ware]) -> None:
        """Open a call for a year, let these apply, and decide."""
        at = self.world.now - LONG_AGO + timedelta(days=2)
        call = calls.draft(house, plan_year(self.world, house, at), at)
        calls.publish(house, call, at + timedelta(days=1))
        apply_all(self.world, self.rows, house, call, wares, at + timedelta(days=3))
        self.rows.pour()
        closed = at + timedelta(days=19)
        call_life.close_call(call=call, actor_id=house.owner_id, now=closed)
        is_large = len(house.stores) == max(len(one.stores) for one in self.houses)
        limits = (SECONDS, FREE_SECONDS) if is_large else (3, 2)
        run = calls.compute(house, call, closed, seconds=limits[0], free_seconds=limits[1])
        Decision(self.rows, house, call, run).write(closed + timedelta(days=1))
        self.rows.pour()
