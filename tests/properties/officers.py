"""What officers, keepers, administrators and the clock do: mostly with money."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.properties import payouts
from tests.properties.accounts import balances
from tests.properties.day import ANY, CHANNELS, Day, pick
from tests.properties.model import LOST, ON_ITS_WAY, WON, Batch, Group, Part
from tests.properties.sums import Terms

WAITS = st.sampled_from([1, 1, 5, 5, 20, 31, 45, 130, 150, 1_500])
SELDOM = st.sampled_from([False, False, False, True])
HOW = st.sampled_from(["approve", "approve", "approve", "alone", "drop"])
PERCENT = st.sampled_from([0, 50, 100, 100, 101])


class Officers(Day):
    """Everybody who looks whether money came, sends it out, or says what is kept of it."""

    @precondition(lambda self: any(group.is_prepaid for group in self.market.groups))
    @rule(which=ANY)
    def money_arrives(self, which: int) -> None:
        self.take_money(pick([g for g in self.market.groups if g.is_prepaid], which))

    def take_money(self, group: Group) -> None:
        """Note that the money of a group is there, in time or late (I6)."""
        was_lost = bool(group.orders) and all(order.status in LOST for order in group.orders)
        for again in range(2):  # the bank may tell it twice (I5)
            done = self.desk.confirm(group.number, group.payee or "", self.market.now)
            assert done is (not group.is_paid and not again)
            if done:
                self.touched |= {order.number for order in group.orders}
                self.market.confirm(group)
                when = "late" if was_lost else "in time"
                self.note(f"money came {when} to {(group.payee or '').rpartition(':')[0]}")

    # --- refunds

    @precondition(lambda self: self.has(*WON))
    @rule(which=ANY, percent=st.sampled_from([0, 1, 50, 100, 101]), channel=CHANNELS)
    def give_back_after_hand_over(self, which: int, percent: int, channel: str) -> None:
        """Refund a part of an order whose goods are with the customer, paid out or not."""
        group, order = self.pick_order(which, *WON)
        amount = order.value * percent // 100
        has_account = channel != "credit" or group.user is not None
        expected = 0 < amount <= order.value and has_account
        assert self.desk.refund(order.number, amount, channel, self.market.now) is expected
        if expected:
            self.touched.add(order.number)
            self.market.refund(group, order, amount, channel)
            self.note(f"refund by {channel}")
            if self.balance(f"payable:stall:{order.stall}") > 0:
                self.note("refund after payout")

    @precondition(lambda self: self.market.groups)
    @rule(which=ANY, channel=CHANNELS, sure=SELDOM)
    def undo_group(self, which: int, channel: str, sure: bool) -> None:  # noqa: FBT001
        """Call off what is on its way, and give back what was handed over."""
        if not sure:
            return
        group = pick(self.market.groups, which)
        going = [order for order in group.orders if order.status in ON_ITS_WAY]
        sold = [order for order in group.orders if order.status in WON and order.value]
        has_account = channel != "credit" or group.user is not None or not sold
        expected = bool(going or sold) and has_account
        assert self.desk.undo_group(group.number, channel, self.market.now) is expected
        if expected:
            self.touched |= {order.number for order in going + sold}
            self.market.cancel(group, going)
            for order in sold:
                self.market.refund(group, order, order.value, channel)

    @precondition(lambda self: any(group.owed.total() for group in self.market.groups))
    @rule(which=ANY, due=ANY)
    def refund_is_handed_back(self, which: int, due: int) -> None:
        """Cash comes out of the till, as far as there is any; the rest leaves the bank."""
        group = pick([group for group in self.market.groups if group.owed.total()], which)
        key, channel, amount = pick(self.desk.due(group.number), due)
        place = f"{'cash' if channel == 'cash' else 'bank'}:market:{min(group.agreed)}"
        expected = channel != "cash" or self.balance(place) >= amount
        for again in range(2):
            done = self.desk.hand_back(key, self.market.now)
            assert done is (expected and not again)
        if expected:
            group.owed[channel] -= amount
            group.given[channel] += amount
            self.market.moved[place] -= amount
            self.note(f"handed back by {channel}")

    # --- payouts

    @precondition(lambda self: self.has(*WON))
    @rule(which=st.integers(0, 1), then=st.sampled_from(["", "approve", "approve", "drop"]))
    def make_batch(self, which: int, then: str) -> None:
        """Pay all that was sold until a minute ago; refused when no stall can be paid."""
        self.time_passes(1)
        market_id = sorted(set(self.market.market_of.values()))[which]
        planned = payouts.plan(self.market, market_id, self.opening)
        made = self.desk.make_batch(market_id, self.market.now)
        assert bool(made) is bool(planned)
        if made:
            number, rows = made
            assert {stall: amount for _, stall, amount in rows} == planned
            parts = [Part(*row) for row in rows]
            self.market.batches.append(Batch(number, market_id, dict(self.opening), parts))
            self.note("batch made")
            if then:
                self._decide(self.market.batches[-1], then)

    @precondition(lambda self: self.market.batches)
    @rule(which=ANY, how=HOW)
    def decide_about_batch(self, which: int, how: str) -> None:
        """Approve a batch or drop it; whoever made it may not approve it."""
        made = [batch for batch in self.market.batches if batch.status == "made"]
        self._decide(pick(made or self.market.batches, which), how)

    def _decide(self, batch: Batch, how: str) -> None:
        expected = batch.status == "made" and how != "alone"
        free = self._free(batch)
        for again in range(2):
            done = self.desk.decide(batch.number, how, self.market.now)
            assert done is (expected and not again)
        if not expected:
            return
        self.note(f"batch: {how}")
        if how == "drop":
            payouts.drop(batch)
        else:
            payouts.approve(self.market, batch)
        for part in batch.on_its_way:
            assert 0 < part.amount <= free[part.stall], "I9"

    def _free(self, batch: Batch) -> dict[int, int]:
        """Return what the books say that each stall may be paid at most."""
        sums = self.before["accounts"]
        return {
            part.stall: -sums.get(f"payable:stall:{part.stall}", 0)
            - sums.get(f"cash:stall:{part.stall}", 0)
            for part in batch.parts
        }

    @precondition(lambda self: any(b.status == "approved" for b in self.market.batches))
    @rule(which=ANY, part=ANY, is_sent=st.booleans())
    def bank_answers(self, which: int, part: int, is_sent: bool) -> None:  # noqa: FBT001
        approved = [b for b in self.market.batches if b.status == "approved"]
        batch = pick([b for b in approved if b.on_its_way] or approved, which)
        own = pick(batch.on_its_way or batch.parts, part)
        expected = own in batch.on_its_way
        for again in range(2):
            done = self.desk.hear_bank(batch.number, own.number, self.market.now, is_sent=is_sent)
            assert done is (expected and not again)
        if expected and is_sent:
            own.status = "paid"
        elif expected:
            payouts.fail(self.market, batch, own)
        if expected:
            self.note("payout sent" if is_sent else "payout failed")

    # --- cash that stalls keep

    @precondition(lambda self: any(self._debts().values()))
    @rule(which=ANY, percent=PERCENT, stale=st.sampled_from([0, 0, 1]))
    def stall_pays_its_debt(self, which: int, percent: int, stale: int) -> None:
        """Take cash at the counter: never more than the debt that was seen, and once (I9)."""
        stall, debt = pick([pair for pair in self._debts().items() if pair[1]], which)
        amount = debt * percent // 100 + (percent > 100)
        expected = 0 < amount <= debt and not stale
        key = f"setoran-{self.market.happened['steps']:016}"
        found = {
            self.desk.deposit(stall, key, amount, debt - stale, self.market.now) for _ in range(2)
        }
        assert (len(found) == 1 and None not in found) if expected else found == {None}
        if expected:
            self.market.moved[f"cash:market:{self.market.market_of[stall]}"] += amount
            self.market.moved[f"cash:stall:{stall}"] -= amount
            self.note("a stall paid its debt")

    def _debts(self) -> dict[int, int]:
        sums = balances(self.market)
        return {stall: max(sums[f"cash:stall:{stall}"], 0) for stall in self.market.market_of}

    # --- terms and time

    def change_terms(self, which: int, terms: Terms) -> None:
        """Let the operator keep another part from today on; old orders keep theirs (I7)."""
        stall, market_id = pick(sorted(self.market.market_of.items()), which)
        place = f"stall:{stall}" if which % 3 == 0 else f"market:{market_id}"
        self.desk.change_terms(place, terms, self.market.now)
        self.market.terms[place] = terms
        self.note("terms changed")

    @rule(minutes=WAITS)
    def time_passes(self, minutes: int) -> None:
        before = self._what_is()
        self.market.now += timedelta(minutes=minutes)
        sums = balances(self.market)
        self.opening = {stall: sums[f"payable:stall:{stall}"] for stall in self.opening}
        self.market.pass_time()
        self.hands.pass_time(self.market.now)
        after = self._what_is()
        self.touched |= {number for number in after if before[number] != after[number]}

    def _what_is(self) -> dict[str, object]:
        return {o.number: (o.status, dict(o.questions)) for _, o in self.market.orders()}
