"""Where the money of a group went: both sides of the picture have the same sum, always."""

from hypothesis import given
from hypothesis import strategies as st

from pol.kernel.money import ZERO, Rupiah, total
from pol.orders.rules.flow import Flow, Stream, follow

CODES = (
    "bank:market:1",
    "cash:courier:2",
    "cash:stall:3",
    "provider:midtrans",
    "held:orders",
    "payable:stall:3",
    "payable:stall:4",
    "income:delivery:1",
    "income:commission:1",
    "income:unique_code",
    "refund:due",
    "credit:customer:5",
)


def event(*lines: tuple[str, int]) -> list[tuple[str, Rupiah]]:
    return [(code, Rupiah(amount)) for code, amount in lines]


PAID = event(("bank:market:1", 50_100), ("held:orders", -50_000), ("income:unique_code", -100))
HANDED = event(
    ("held:orders", 40_000), ("payable:stall:3", -38_000), ("income:commission:1", -2_000)
)
FEE = event(("held:orders", 5_000), ("income:delivery:1", -5_000))
OWED = event(("held:orders", 5_000), ("refund:due", -5_000))
BACK = event(("refund:due", 5_000), ("bank:market:1", -5_000))


def test_before_goods_move_the_money_is_held() -> None:
    assert follow(PAID) == Flow(
        [Stream("bank:market:1", Rupiah(50_100))],
        [Stream("held:orders", Rupiah(50_000)), Stream("income:unique_code", Rupiah(100))],
    )


def test_in_the_end_everybody_has_their_part_and_nothing_is_held() -> None:
    flow = follow([*PAID, *HANDED, *FEE, *OWED, *BACK])
    assert flow.sources == [Stream("bank:market:1", Rupiah(50_100))]
    assert flow.uses == [
        Stream("income:unique_code", Rupiah(100)),
        Stream("payable:stall:3", Rupiah(38_000)),
        Stream("income:commission:1", Rupiah(2_000)),
        Stream("income:delivery:1", Rupiah(5_000)),
        Stream("bank:market:1", Rupiah(5_000), is_back=True),
    ]


def test_store_credit_comes_and_goes_on_both_sides() -> None:
    spent = event(("credit:customer:5", 9_000), ("held:orders", -9_000))
    returned = event(("held:orders", 4_000), ("credit:customer:5", -4_000))
    flow = follow([*spent, *returned])
    assert flow.sources == [Stream("credit:customer:5", Rupiah(9_000))]
    assert flow.uses[-1] == Stream("credit:customer:5", Rupiah(4_000), is_back=True)


def test_money_that_only_changes_pockets_is_not_shown_twice() -> None:
    settled = event(("bank:market:1", 50_100), ("provider:midtrans", -50_100))
    paid = [("provider:midtrans" if code.startswith("bank") else code, a) for code, a in PAID]
    assert follow([*paid, *settled]) == follow(paid)


def test_a_stall_that_gives_back_more_than_it_got_is_a_source() -> None:
    flow = follow(event(("payable:stall:3", 7_000), ("refund:due", -7_000)))
    assert flow.sources == [Stream("payable:stall:3", Rupiah(7_000))]
    assert flow.uses == [Stream("refund:due", Rupiah(7_000))]


@st.composite
def entry(draw: st.DrawFn) -> list[tuple[str, Rupiah]]:
    amounts = draw(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=4))
    lines = [(draw(st.sampled_from(CODES)), Rupiah(amount)) for amount in amounts]
    return [*lines, (draw(st.sampled_from(CODES)), -total(a for _, a in lines))]


@given(st.lists(entry(), max_size=8))
def test_what_came_in_is_what_it_became(entries: list[list[tuple[str, Rupiah]]]) -> None:
    flow = follow(posting for entry in entries for posting in entry)
    assert flow.total == total(stream.amount for stream in flow.uses)
    assert all(stream.amount > ZERO for stream in [*flow.sources, *flow.uses])
