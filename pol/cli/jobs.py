"""The jobs worker: duties that the clock does, each held by one worker at a time."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from threading import Event
from urllib.parse import urlsplit

import click
import structlog
from flask import Flask, current_app
from flask.cli import AppGroup, ScriptInfo

from pol.cart import services as carts
from pol.cli import payments
from pol.cli.allocation_work import start_allocations
from pol.cli.ledger import close_books
from pol.identity.services import doors, sessions
from pol.kernel import audit, clock, mail
from pol.kernel.leases import return_lease, take_lease
from pol.kernel.tokens import new_token
from pol.kernel.transaction import transaction
from pol.notices import services as notices
from pol.orders.services import clockwork
from pol.partnership.agreements.services import clockwork as agreements
from pol.partnership.allocation.services import offers
from pol.partnership.applications.services.forecast import warn_of_permits
from pol.partnership.consignment.services.counts import agree_for_silent
from pol.partnership.consignment.services.pos.taking_in import run_imports
from pol.partnership.settlement.services import closing, letters, renewing
from pol.partnership.slots.services import call_life

LEASE = timedelta(minutes=2)
PAUSE_SECONDS = 0.5
LETTERS_AT_ONCE = 10  # at the mail server's worst they still end within a lease

log = structlog.get_logger()
cli = AppGroup("jobs", help="Do what the clock does.")


@dataclass(frozen=True)
class Duty:
    """Something to do again and again; `run` gives the number of things done.

    It runs in one transaction, unless it talks to somebody outside and keeps its own.
    """

    name: str
    every_seconds: int
    run: Callable[[datetime], int]
    keeps_own_transactions: bool = False


def send_mail(now: datetime) -> int:
    """Hand letters that are due to the mail server, if there is one."""
    server = _mail_server()
    if server is None:
        return 0
    with transaction():
        letters = notices.claim_letters(now=now, limit=LETTERS_AT_ONCE)
    if not letters:
        return 0
    with server.opened() as connection:
        for letter in letters:
            try:
                mail.hand_over(connection, _on_paper(letter, server))
            except mail.LetterRefused as refusal:
                log.warning("letter refused", notice=letter.notice_id, reply=str(refusal))
                with transaction():
                    notices.give_up_letter(notice_id=letter.notice_id)
            else:
                with transaction():
                    notices.note_mailed(notice_id=letter.notice_id, now=clock.now())
    return len(letters)


def _mail_server() -> mail.MailServer | None:
    config = current_app.config
    if not config["SMTP_HOST"]:
        return None
    return mail.MailServer(
        host=config["SMTP_HOST"],
        port=config["SMTP_PORT"],
        sender=config["MAIL_FROM"],
        user=config["SMTP_USER"],
        password=config["SMTP_PASSWORD"],
        starttls=config["SMTP_STARTTLS"],
    )


def _on_paper(letter: notices.Letter, server: mail.MailServer) -> EmailMessage:
    site = current_app.config["PUBLIC_URL"]
    name = f"notice-{letter.notice_id}.{letter.created_at:%Y%m%d%H%M%S%f}"
    return mail.write_letter(
        message_id=f"<{name}@{urlsplit(site).hostname}>",
        sender=server.sender,
        to=letter.email,
        subject=letter.title,
        text=f"{letter.body}\n\n{site}{letter.link}\n",
        at=letter.created_at,
    )


@contextmanager
def alone() -> Iterator[None]:
    """Give one order or file its own transaction; one that fails is logged and left for later."""
    try:
        with transaction():
            yield
    except Exception:
        log.exception("order left for later")


def _on_orders(name: str, every_seconds: int, step: Callable[..., int]) -> Duty:
    return Duty(
        name,
        every_seconds,
        lambda now: step(now=now, alone=alone),
        keeps_own_transactions=True,
    )


DUTIES: tuple[Duty, ...] = (
    Duty("send mail", 5, send_mail, keeps_own_transactions=True),
    Duty("close slot calls", 60, lambda now: call_life.close_due_calls(now=now)),
    Duty("seal audit entries", 60, lambda now: audit.seal_entries(now=now)),
    _on_orders("let unpaid orders go", 20, clockwork.expire_unpaid),
    _on_orders("let unanswered orders go", 20, clockwork.expire_unanswered),
    _on_orders("answer for silent customers", 20, clockwork.lapse_questions),
    _on_orders("finish delivered orders", 60, clockwork.finish_delivered),
    _on_orders("let unanswered offers go", 60, offers.lapse_offers),
    _on_orders("begin agreements", 300, agreements.begin_agreements),
    _on_orders("call off unsigned agreements", 3_600, agreements.call_off_unsigned),
    _on_orders("announce the end of agreements", 3_600, agreements.announce_ends),
    _on_orders("end agreements", 300, agreements.end_agreements),
    Duty("end waiting lists", 3_600, lambda now: offers.close_queues(now=now)),
    _on_orders("take in till files", 2, run_imports),
    Duty("agree to counts for silent producers", 600, lambda now: agree_for_silent(now=now)),
    Duty("warn of lapsing permits", 3_600, warn_of_permits),
    Duty("close the books", 600, close_books, keeps_own_transactions=True),
    Duty("ask the payment provider", 60, payments.reconcile, keeps_own_transactions=True),
    Duty("send refunds", 60, payments.send_refunds, keeps_own_transactions=True),
    Duty("start allocations", 5, start_allocations, keeps_own_transactions=True),
    _on_orders("close settlement periods", 3_600, closing.close_due_periods),
    _on_orders("remind of late bills", 3_600, letters.remind_of_bills),
    _on_orders("write to those who leave", 3_600, letters.write_vacating_letters),
    Duty("let unanswered renewals go", 3_600, lambda now: renewing.lapse_renewals(now=now)),
    Duty("forget old tries", 3_600, doors.forget_old_tries),
    Duty("forget old devices", 3_600, sessions.forget_old_sessions),
    Duty("forget old carts", 3_600, lambda now: carts.forget_old_carts(now=now)),
)


@cli.command("run", with_appcontext=False)
@click.option("--once", is_flag=True, help="Do every duty once and end.")
@click.pass_obj
def run(info: ScriptInfo, once: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Do duties until told to stop."""
    app, holder = info.load_app(), new_token()
    if once:
        sound = [do_duty(app, duty, holder=holder, early=True) for duty in DUTIES]
        raise SystemExit(0 if all(sound) else 1)
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    log.info("jobs worker started", duties=[duty.name for duty in DUTIES])
    _work(app, holder, stop)
    log.info("jobs worker ended")


def _work(app: Flask, holder: str, stop: Event) -> None:
    due = dict.fromkeys(DUTIES, 0.0)
    while not stop.is_set():
        for duty in DUTIES:
            if not stop.is_set() and time.monotonic() >= due[duty]:
                do_duty(app, duty, holder=holder, early=False)
                due[duty] = time.monotonic() + duty.every_seconds
        stop.wait(PAUSE_SECONDS)


def do_duty(app: Flask, duty: Duty, *, holder: str, early: bool) -> bool:
    """Do a duty unless another worker does; an error is logged and the duty comes again.

    Return whether all went well.
    """
    with app.app_context():
        now = clock.now()
        try:
            with transaction():
                mine = take_lease(
                    name=duty.name, holder=holder, now=now, until=now + LEASE, early=early
                )
            if mine:
                _do(duty, now=now, holder=holder)
        except Exception:
            log.exception("duty failed", duty=duty.name)
            return False
    return True


def _do(duty: Duty, *, now: datetime, holder: str) -> None:
    try:
        with nullcontext() if duty.keeps_own_transactions else transaction():
            done = duty.run(now)
        if done:
            log.info("duty done", duty=duty.name, count=done)
    finally:
        due_at = now + timedelta(seconds=duty.every_seconds)
        with transaction():
            return_lease(name=duty.name, holder=holder, due_at=due_at)
