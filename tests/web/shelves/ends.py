"""How a place goes on or is given back, through the pages of both sides."""

from tests.rig.pages import Page
from tests.web.shelves.desks import PRODUCT, Village

RETAILER, PRODUCER = "/peritel/perpanjangan", "/pedagang/rak/perpanjangan"


def propose(village: Village, kind: str, **typed: str) -> None:
    """The producer proposes something for the place."""
    producer = village.producer
    page = producer.follow(producer.read(PRODUCER), f"{PRODUCER}/PN")
    page = producer.send(page, typed={"kind": kind, "reason": "Panen sudah dekat."} | typed)
    assert any("Usulan terkirim" in said for said in page.messages)


def answer_yes(village: Village) -> None:
    """The buyer agrees to the one proposal that waits."""
    assert any("Jawaban tercatat" in said for said in _yes(village).messages)


def refuse_yes(village: Village, because: str) -> None:
    """The buyer would agree, but the place cannot be given back yet."""
    assert any(because in said for said in _yes(village).messages)


def count_nothing(village: Village) -> None:
    """The buyer counts the store for the last time, and finds nothing."""
    buyer = village.buyer
    page = buyer.send(buyer.read("/peritel/barang/opname"))
    found = {name: "0" for name in page.form().values if name.startswith("ada_")}
    page = buyer.send(page, typed=found)
    assert "disepakati" in page.text


def _yes(village: Village) -> Page:
    buyer = village.buyer
    return buyer.send(buyer.read(RETAILER), typed={"jawab": "ya"})


def find_next_agreement(village: Village, old: str) -> str:
    """Return the number of the agreement that follows another."""
    page = village.producer.read("/pedagang/rak/perjanjian")
    numbers = {link.rpartition("/")[2] for link in page.links("main a[href]") if "PKS-" in link}
    (new,) = numbers - {old}
    return new


def send_back(village: Village, quantity: int) -> None:
    """The store hands over what was not sold, and the producer takes it."""
    clerk, producer, pages = village.clerk, village.producer, "/peritel/barang/retur"
    form = next(
        form
        for form in clerk.read(pages).forms()
        if form.action == pages and form.values["reason"] == "unsold"
    )
    page = clerk.press(form, {"quantity": str(quantity)})
    number = page.address.rpartition("/")[2]
    page = clerk.send(page, "/ambil")
    assert any("Barang keluar dari catatan rak" in said for said in page.messages)
    page = producer.send(producer.read(f"/pedagang/rak/retur/{number}"), "/terima")
    assert any("sudah kembali" in said for said in page.messages)


def is_on_shelf(village: Village) -> bool:
    """Answer whether the picture of the store's shelf shows the product."""
    buyer = village.buyer
    store = buyer.follow(buyer.read("/peritel/toko"), "/peritel/toko/toko-")
    return PRODUCT in buyer.follow(store, "/planogram?rak=").text
