"""The one function behind every change of money, for every shape of group (I1, I2, I4)."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pol.kernel.money import ZERO, Rupiah, total
from pol.orders.rules.sums import (
    FeePart,
    OrderPart,
    Part,
    Restated,
    Sums,
    refund_after,
    restate,
    share_out,
)

AMOUNTS = st.integers(0, 5_000_000).map(Rupiah)


@st.composite
def groups(draw: st.DrawFn) -> Sums:
    """Make a group that was true before something changed."""
    fees = [FeePart(n, draw(AMOUNTS), ZERO) for n in range(draw(st.integers(1, 3)))]
    orders = [
        OrderPart(n, draw(st.integers(0, len(fees) - 1)), draw(AMOUNTS), ZERO)
        for n in range(draw(st.integers(len(fees), 5)))
    ]
    orders = [replace(o, shipment_id=o.id) if o.id < len(fees) else o for o in orders]
    parts: list[Part] = [*orders, *fees]
    whole = total(part.cost for part in parts)
    credit = Rupiah(draw(st.integers(0, whole.amount)))
    is_paid = draw(st.booleans())
    money = whole if is_paid else credit
    shares = share_out(money, parts)
    orders = [replace(o, prepaid=s) for o, s in zip(orders, shares, strict=False)]
    fees = [replace(f, prepaid=s) for f, s in zip(fees, shares[len(orders) :], strict=True)]
    code = Rupiah(draw(st.integers(0, 499))) if is_paid else ZERO
    return Sums(orders, fees, code, is_paid, ZERO, credit, ZERO)


def holds(sums: Sums, after: Restated) -> None:
    assert after.goods + after.delivery + after.code == after.charged - after.refunded
    assert ZERO <= after.credit_back <= after.back
    assert after.credit_back <= sums.credit
    parts: list[Part] = [*sums.orders, *sums.fees]
    held = total(p.prepaid for p in parts) + (sums.code if sums.is_paid else ZERO)
    still = total(after.prepaid.values()) + total(f.prepaid for f in after.fees.values())
    kept_code = after.code if sums.is_paid else ZERO
    assert still + kept_code + after.back == held
    assert after.cash + still == after.goods + after.delivery


@given(groups())
def test_nothing_changed_nothing_goes_back(sums: Sums) -> None:
    after = restate(sums)
    holds(sums, after)
    assert after.back == ZERO


@given(groups(), st.data())
def test_every_change_keeps_the_sums_and_the_siblings(sums: Sums, data: st.DataObject) -> None:
    changed = data.draw(st.sampled_from(sums.orders))
    cost = data.draw(AMOUNTS)
    after = restate(sums.with_cost(changed.id, cost))
    holds(sums, after)
    assert after.back == max(changed.prepaid - cost, ZERO)
    for sibling in sums.orders:
        if sibling.id != changed.id:
            assert after.prepaid[sibling.id] == sibling.prepaid


@given(groups(), st.data())
def test_lost_orders_give_everything_back(sums: Sums, data: st.DataObject) -> None:
    lost = data.draw(st.sets(st.sampled_from([order.id for order in sums.orders]), min_size=1))
    after = restate(sums.without(sorted(lost)))
    holds(sums, after)
    if len(lost) == len(sums.orders):
        assert after.charged == after.refunded
        assert after.cash == ZERO
        assert after.code == ZERO


@given(groups())
def test_what_was_handed_over_stays_with_the_stall(sums: Sums) -> None:
    over = [replace(order, is_over=True, cost=ZERO) for order in sums.orders]
    assert restate(replace(sums, orders=over)).prepaid == {o.id: o.prepaid for o in sums.orders}


@given(AMOUNTS, st.lists(AMOUNTS, min_size=1, max_size=6))
def test_shares_sum_exactly_and_never_exceed_a_cost(money: Rupiah, costs: list[Rupiah]) -> None:
    parts = [FeePart(n, cost, ZERO) for n, cost in enumerate(costs)]
    shares = share_out(money, parts)
    assert total(shares) == min(money, total(costs))
    assert all(ZERO <= share <= cost for share, cost in zip(shares, costs, strict=True))


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_a_late_refund_has_two_sources_that_sum(refund: Rupiah, a: Rupiah, b: Rupiah) -> None:
    split = refund_after(refund, commission=max(a, b), commission_left=min(a, b))
    assert split.from_stall + split.from_commission == refund
