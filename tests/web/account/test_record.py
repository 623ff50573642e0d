"""The code on every kind of paper, followed by everybody: to their own page of it, or to none."""

from datetime import datetime
from typing import Any, NamedTuple

import pytest
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.db import db
from pol.partnership.settlement.queries.papers import FINDERS
from pol.stalls.rules import Seat
from tests.access import shelf
from tests.factories.catalogue import make_stall
from tests.factories.people import make_person
from tests.factories.traders import make_keeper
from tests.rig.client import Browser

PEOPLE = ("producer", "retailer", "clerk", "dinas")
STRANGERS = ("customer", "other_producer", "other_retailer", "other_clerk")


class Leads(NamedTuple):
    """Where each side must come out; `anybody` else nowhere, but for the card on the shelf."""

    producer: str | None = None
    retailer: str | None = None
    clerk: str | None = None
    dinas: str | None = None
    anybody: str | None = None


class Town(NamedTuple):
    """The people, and each kind of paper with its number and where it leads."""

    people: dict[str, User]
    papers: dict[str, tuple[str, Leads]]


@pytest.fixture
def town(session: Session, now: datetime) -> Town:
    people, values = _side(now)
    others, _ = _side(now)
    for name in ("trader", "buyer", "clerk"):
        people[f"other_{name}"] = others[name]
    named = {"trader": "producer", "buyer": "retailer"}
    for name, side in named.items():
        people |= {side: people[name], f"other_{side}": people[f"other_{name}"]}
    people["customer"] = make_person("Pembeli")
    return Town(people, _papers(values))


def _side(now: datetime) -> tuple[dict[str, User], dict[str, Any]]:
    stall = make_stall(name="UMKM Contoh")
    people = {"trader": make_keeper(stall), "helper": make_keeper(stall, seat=Seat.HELPER)}
    shelf.add_people(people)
    values = shelf.build(stall, people, now)
    db.session.commit()
    return people, values | {"stall": stall.slug}


def _papers(of: dict[str, Any]) -> dict[str, tuple[str, Leads]]:
    call, form = of["retailer_calls.number"], of["producer_applications.number"]
    slug, day = of["retailer_sales.slug"], of["retailer_sales.day"]
    offer, sheet = of["producer_offers.number"], of["producer_sheets.number"]
    run = of["producer_allocation.number"]
    bill, slot = of["producer_money.number"], f"/peritel/slot/{call}"
    dispute, payment = of["dinas_disputes.number"], of["producer_money.payment_number"]
    mine, application = "/pedagang/rak", f"/pedagang/rak/pengajuan/{form}"
    both = {
        "PKS": (of["producer_agreements.number"], "perjanjian"),
        "SR": (of["producer_letters.number"], "surat"),
    }
    goods = {
        "SJ": (of["producer_deliveries.number"], "kirim", "terima"),
        "RT": (of["producer_returns.number"], "retur", "retur"),
        "SO": (of["producer_counts.number"], "opname", "opname"),
    }
    place = of["producer_report_cards.number"]
    at_place = (f"{mine}/rapor/{place}", *(2 * (f"/peritel/rapor/{place}",)))
    card = (f"{mine}/stok/{slug}/{sheet}", *(2 * (f"/peritel/barang/kartu/{slug}/{sheet}",)))
    return {
        **{
            kind: (number, Leads(f"{mine}/{path}/{number}", f"/peritel/{path}/{number}"))
            for kind, (number, path) in both.items()
        },
        **{
            kind: (
                number,
                Leads(f"{mine}/{path}/{number}", *(2 * (f"/peritel/barang/{desk}/{number}",))),
            )
            for kind, (number, path, desk) in goods.items()
        },
        "PS": (call, Leads(f"/slot/{call}", slot, dinas=f"/dinas/slot/{call}")),
        "BK": (
            f"BK{call[2:]}",
            Leads(
                f"/slot/{call}",
                f"{slot}/pengajuan/berita-acara",
                dinas=f"/dinas/slot/{call}/berita-acara/kurasi",
            ),
        ),
        "PJ": (
            form,
            Leads(application, f"{slot}/pengajuan/{form}", dinas=f"/dinas/pengajuan/{form}"),
        ),
        "LN": (
            f"LN{form[2:]}",
            Leads(
                application,
                f"{slot}/pengajuan/{form}/lembar-nilai",
                dinas=f"/dinas/pengajuan/{form}",
            ),
        ),
        "PT": (
            run,
            Leads(
                f"{mine}/penetapan/{run}",
                f"{slot}/penetapan/{run}/berita-acara",
                dinas=f"/dinas/slot/{call}/berita-acara/penetapan/{run}",
            ),
        ),
        "TW": (offer, Leads(f"{mine}/tawaran/{offer}", f"{slot}/tawaran?tawaran={offer}#{offer}")),
        "PN": (
            place,
            Leads(*at_place, anybody=f"/lapak/{of['stall']}"),
        ),
        "RP": (f"RP{place[2:]}", Leads(*at_place)),
        "LP": (f"{sheet}?toko={slug}", Leads(*card)),
        "KS": (
            f"KS-{sheet}-{slug}-2026-02",
            Leads(*(f"{address}?bulan=2026-02" for address in card)),
        ),
        "LK": (
            f"LK-2026-02-{slug}",
            Leads(
                retailer=f"/peritel/laporan/{slug}/2026-02",
                dinas=f"/dinas/kepatuhan/{slug}/2026-02",
            ),
        ),
        "RK": (
            f"RK-{day}-{slug}",
            Leads(None, *(2 * (f"/peritel/barang/jual/rekap/{slug}/{day}",))),
        ),
        "NT": (bill, Leads(f"{mine}/uang/{bill}", f"/peritel/nota/{bill}")),
        "BP": (
            payment,
            Leads(f"{mine}/uang/{bill}/bukti/{payment}", f"/peritel/nota/{bill}/bukti/{payment}"),
        ),
        "SK": (
            dispute,
            Leads(
                f"{mine}/uang/{bill}/sengketa/{dispute}",
                f"/peritel/nota/{bill}/sengketa/{dispute}",
                dinas=f"/dinas/sengketa/{dispute}",
            ),
        ),
        "PP": (
            of["producer_renewals.renewal_number"],
            Leads(f"{mine}/perpanjangan", "/peritel/perpanjangan"),
        ),
    }


def test_a_code_that_somebody_made_up_leads_nowhere(client: Browser, town: Town) -> None:
    client.log_in(town.people["retailer"])
    for kind, (number, _) in town.papers.items():
        for wrong in (kind, f"{kind}-", f"{number.split('?')[0]}X", f"{kind}-2026-99-99-x"):
            assert client.get(f"/catatan/{wrong}").status_code == 404, wrong


def test_a_stock_card_names_its_product_its_store_and_a_month(client: Browser, town: Town) -> None:
    client.log_in(town.people["retailer"])
    number = town.papers["KS"][0]
    assert client.get(f"/catatan/{number}").status_code == 302
    for wrong in (f"{number[:-2]}13", f"{number[:-8]}x{number[-8:]}", f"KS-LP-1X{number[5:]}"):
        assert client.get(f"/catatan/{wrong}").status_code == 404, wrong


def test_each_code_leads_each_side_to_its_own_page_or_nowhere(client: Browser, town: Town) -> None:
    assert town.papers.keys() == FINDERS.keys() | {"KS"}
    wrong = []
    for side in (*PEOPLE, *STRANGERS):
        client.log_in(town.people[side])
        for kind, (number, leads) in town.papers.items():
            expected = getattr(leads, side, leads.anybody) or leads.anybody
            answer = client.get(f"/catatan/{number}")
            found = answer.location or answer.status_code
            if found != (expected or 404):
                wrong.append(f"{kind} {side}: {found} instead of {expected or 404}")
            elif expected and (status := client.get(expected).status_code) != 200:
                wrong.append(f"{kind} {side}: {expected} answers {status}")
    assert wrong == [], "\n".join(wrong)
