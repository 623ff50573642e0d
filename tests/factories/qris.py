"""QRIS codes of merchants who do not exist."""

from collections.abc import Mapping, Sequence, Set

from pol.payments.rules import qris


def make_static(
    *,
    name: str = "Warung Contoh",
    city: str = "LAMONGAN",
    change: Mapping[str, str] | None = None,
    drop: Set[str] = frozenset(),
    extra: Sequence[tuple[str, str]] = (),
) -> str:
    """Return a static code as banks print it, with some of its data objects changed."""
    objects = {
        "00": "01",
        "01": "11",
        "26": "0014ID.CO.CONTOH.WWW01189360091100000000010215ID10200000000010303UMI",
        "51": "0014ID.CO.QRIS.WWW0215ID10200000000010303UMI",
        "52": "5411",
        "53": "360",
        "58": "ID",
        "59": name,
        "60": city,
        "61": "62211",
        "62": "0703A01",
        **(change or {}),
    }
    kept = [(tag, value) for tag, value in objects.items() if tag not in drop]
    return qris.write((*kept, *extra))


BAKUL = make_static()
"""The code of a stall in a market, sound in every part."""
