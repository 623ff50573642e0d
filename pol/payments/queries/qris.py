"""Which QRIS codes are stored, and for whom."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from pol.kernel.db import db, run
from pol.kernel.errors import NotFound
from pol.kernel.kept import kept
from pol.payments.models import Payment
from pol.stalls.models import Market, Stall


@dataclass(frozen=True)
class MarketCode:
    """A market with the static code of its operator, if it has one."""

    slug: str
    name: str
    code: str | None


@dataclass(frozen=True)
class Payee:
    """Whose static code a customer pays; no stall means the market's operator."""

    stall_id: int | None
    code: str


_CODE_OF_MARKET = select(Market.qris).where(Market.id == bindparam("market_id"))


def find_payee(*, stall_ids: Collection[int], market_id: int) -> Payee | None:
    """Return who is paid by QRIS: the only stall, if it has a code of its own, else the market."""
    if own := _own_payee(stall_ids):
        return own
    code = run(_CODE_OF_MARKET, {"market_id": market_id}).scalar()
    return Payee(None, code) if code else None


def has_payee(*, stall_ids: Collection[int], market_id: int) -> bool:
    """Answer whether a page may offer QRIS; the order itself asks for the code again."""
    return _own_payee(stall_ids) is not None or _has_code(market_id)


def _own_payee(stall_ids: Collection[int]) -> Payee | None:
    if len(stall_ids) != 1:
        return None
    (stall_id,) = stall_ids
    code = find_code_of_stall(stall_id)
    return Payee(stall_id, code) if code else None


@kept(seconds=60)
def _has_code(market_id: int) -> bool:
    return bool(run(_CODE_OF_MARKET, {"market_id": market_id}).scalar())


def find_code_of_stall(stall_id: int) -> str | None:
    """Return a stall's own static code, or nothing."""
    return db.session.scalar(select(Stall.qris).where(Stall.id == stall_id))


def find_code_to_pay(group_id: int) -> str | None:
    """Return the dynamic code of a group that is paid by QRIS."""
    return db.session.scalar(select(Payment.qris).where(Payment.group_id == group_id))


def list_codes_of_markets(market_ids: Collection[int]) -> list[MarketCode]:
    """Return these markets with their codes, by name."""
    rows = db.session.execute(
        select(Market.slug, Market.name, Market.qris)
        .where(Market.id.in_(market_ids))
        .order_by(Market.name)
    )
    return [MarketCode(*row) for row in rows]


def get_code_of_market(*, slug: str, market_ids: Collection[int]) -> MarketCode:
    """Return one of these markets with its code.

    :raises NotFound: none of them
    """
    found = [row for row in list_codes_of_markets(market_ids) if row.slug == slug]
    if not found:
        raise NotFound
    return found[0]


def lock_market(*, slug: str, market_ids: Collection[int]) -> Market:
    """Return one of these markets, to change it.

    :raises NotFound: none of them
    """
    market: Market | None = db.session.scalar(
        select(Market).where(Market.slug == slug, Market.id.in_(market_ids)).with_for_update()
    )
    if market is None:
        raise NotFound
    return market
