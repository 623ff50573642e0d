"""Money goes home: commission rules, bank accounts, and batches in every state."""

from collections.abc import Callable
from datetime import datetime, timedelta

from pol.demo.accounts import ADMINISTRATOR, OFFICER
from pol.demo.world import Shop, World
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.payments.models import PayoutBatch
from pol.payments.queries import payouts as queries
from pol.payments.rules.payout import BANKS, USUAL, NothingToPay
from pol.payments.services import payouts
from pol.payments.services.bank_accounts import Wanted, set_account
from pol.payments.services.commission import NewRule, add_rule
from pol.stalls.models import Stall

WITH_ACCOUNT = 8
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Follow = Callable[[str, datetime], None]


class Cashier:
    """Plans on the timeline how stalls are paid."""

    def __init__(self, world: World) -> None:
        self._world = world

    def plan(self, begin: datetime) -> None:
        """Plan rules and accounts, and a batch of each kind."""
        plan, now = self._world.timeline.plan, self._world.now
        plan(begin + HOUR, self._open_books)
        plan(now - 4 * DAY, self._raise_commission)
        for ago, follow in (
            (9 * DAY, self._pay_all),
            (3 * DAY, self._hear_a_refusal),
            (DAY, self._change_mind),
            (2 * HOUR, self._wait),
        ):
            plan(now - ago, lambda at, follow=follow: self._make(follow, at))  # type: ignore[misc]
        plan(now - 5 * HOUR, lambda at: self._write_account(self._shops()[1], 1, at))

    def _open_books(self, now: datetime) -> None:
        rule = NewRule(0, business_day(now), "SK Perumda Pasar 12/2026 (contoh)")
        add_rule(wanted=rule, actor_id=self._world.people[ADMINISTRATOR], now=now)
        for number, shop in enumerate(self._shops()):
            self._write_account(shop, number, now)

    def _raise_commission(self, now: datetime) -> None:
        rule = NewRule(
            100,
            business_day(now),
            "Kesepakatan lapak ikan 3/2026 (contoh)",
            ceiling=Rupiah(5_000),
            stall_id=self._world.own_shop.id,
        )
        add_rule(wanted=rule, actor_id=self._world.people[ADMINISTRATOR], now=now)

    def _shops(self) -> list[Shop]:
        own = self._world.own_shop
        return [shop for shop in self._world.shops if shop.market_id == own.market_id][
            :WITH_ACCOUNT
        ]

    def _write_account(self, shop: Shop, number: int, now: datetime) -> None:
        digits = f"{35240000 + shop.id:010}{now:%H}"
        set_account(
            stall=db.session.get_one(Stall, shop.id),
            wanted=Wanted(BANKS[number % len(BANKS)], digits, f"Pemilik {shop.name}"[:60]),
            policy=USUAL,
            actor_id=shop.owner_id,
            now=now,
        )

    def _make(self, follow: Follow, now: datetime) -> None:
        try:
            batch = payouts.make_batch(
                market_id=self._world.own_shop.market_id,
                until=now,
                policy=USUAL,
                officer_id=self._officer_id,
                now=now,
            )
        except NothingToPay:
            return
        follow(batch.number, now)

    def _pay_all(self, number: str, now: datetime) -> None:
        batch = self._approve(number, now)
        payouts.mark_all_paid(batch=batch, officer_id=self._officer_id, now=now)

    def _hear_a_refusal(self, number: str, now: datetime) -> None:
        """Let the bank refuse the first, and be silent about the second."""
        batch = self._approve(number, now)
        for at, row in enumerate(queries.list_payouts(batch_id=batch.id)):
            payout, _ = queries.lock_payout(number=row.number, batch_number=number, markets=None)
            if at == 0 and row.is_on_its_way:
                payouts.mark_failed(
                    payout=payout,
                    batch=batch,
                    reason="Nama pemilik tidak cocok dengan nomornya.",
                    officer_id=self._officer_id,
                    now=now,
                )
            elif at > 1 and row.is_on_its_way:
                payouts.mark_paid(payout=payout, batch=batch, officer_id=self._officer_id, now=now)

    def _change_mind(self, number: str, now: datetime) -> None:
        batch = queries.lock_batch(number=number, markets=None)
        payouts.drop_batch(batch=batch, officer_id=self._officer_id, now=now)

    def _wait(self, number: str, now: datetime) -> None:
        """Leave the last batch to the administrator of the visitor's own hand."""

    def _approve(self, number: str, now: datetime) -> PayoutBatch:
        batch = queries.lock_batch(number=number, markets=None)
        checker_id = self._world.people[ADMINISTRATOR]
        payouts.approve_batch(batch=batch, policy=USUAL, checker_id=checker_id, now=now)
        return batch

    @property
    def _officer_id(self) -> int:
        return self._world.people[OFFICER]
