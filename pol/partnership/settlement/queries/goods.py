"""What was sold, came, went back or went missing, as the rules of a bill want it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, case, func, select

from pol.kernel.db import db
from pol.kernel.money import as_rupiah
from pol.partnership.agreements.models import Agreement
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import Batch, CountLine, ReturnLine, SaleLine, StockEvent
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.rules.periods import Span
from pol.partnership.settlement.rules.sums import Goods, Moved, Sold
from pol.partnership.slots.models import Store
from pol.partnership.slots.rules import Bearer


def _words() -> Any:
    return ProductSheet.name + " · " + Store.name


def list_sold(retailer_id: int, span: Span) -> Iterator[Sold]:
    """Return what was sold in the stores of a retailer, by goods, price and margin."""
    keys = (
        SaleLine.stall_id,
        SaleLine.agreement_id,
        SaleLine.sheet_id,
        SaleLine.store_id,
        SaleLine.price,
        SaleLine.margin_bp,
    )
    rows = db.session.execute(
        select(
            *keys,
            _words(),
            Agreement.form,
            func.sum(SaleLine.quantity),
            func.sum(SaleLine.gross),
            func.sum(SaleLine.margin),
        )
        .join(Agreement, Agreement.id == SaleLine.agreement_id)
        .join(ProductSheet, ProductSheet.id == SaleLine.sheet_id)
        .join(Store, Store.id == SaleLine.store_id)
        .where(
            SaleLine.retailer_id == retailer_id,
            SaleLine.day >= span.from_on,
            SaleLine.day < span.until_on,
        )
        .group_by(*keys, ProductSheet.name, Store.name, Agreement.form)
        .order_by(SaleLine.stall_id, ProductSheet.name, Store.name, SaleLine.price)
    )
    for *goods, form, quantity, gross, margin in rows:
        yield Sold(Goods(*goods), form, int(quantity), as_rupiah(gross), as_rupiah(margin))


def list_moved(*which: Any) -> Iterator[Moved]:
    """Return what came, went back or went missing, of those goods and days that are asked for."""
    kind = func.coalesce(StockEvent.of, StockEvent.kind)
    back = StockEvent.kind == StockEventKind.CORRECTED
    bearer = func.coalesce(
        CountLine.bearer,
        ReturnLine.bearer,
        case(
            (kind == StockEventKind.RETURNED, Agreement.unsold_bearer),
            (kind == StockEventKind.DESTROYED, Agreement.damage_bearer),
            else_=Agreement.loss_bearer,
        ),
    )
    rows = db.session.execute(
        _goods_of_events()
        .add_columns(
            _words(),
            Agreement.form,
            kind,
            bearer,
            case((back, -StockEvent.quantity), else_=StockEvent.quantity),
            StockEvent.day,
            StockEvent.id,
        )
        .where(*which, kind != StockEventKind.SOLD)
        .order_by(Batch.stall_id, ProductSheet.name, Store.name, StockEvent.id)
    )
    for row in rows:
        *goods, form, moved, borne_by, quantity, day, event_id = row
        yield Moved(
            Goods(*goods), form, StockEventKind(moved), Bearer(borne_by), quantity, day, event_id
        )


def _goods_of_events() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Batch.stall_id,
            Batch.agreement_id,
            Batch.sheet_id,
            Batch.store_id,
            Agreement.price,
            Agreement.margin_bp,
        )
        .select_from(StockEvent)
        .join(Batch, Batch.id == StockEvent.batch_id)
        .join(Agreement, Agreement.id == Batch.agreement_id)
        .join(ProductSheet, ProductSheet.id == Batch.sheet_id)
        .join(Store, Store.id == Batch.store_id)
        .outerjoin(CountLine, CountLine.event_id == StockEvent.id)
        .outerjoin(ReturnLine, ReturnLine.event_id == StockEvent.id)
    )
