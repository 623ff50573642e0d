"""QRIS: reading a merchant's printed code, and making it ask for one exact amount.

The format is EMVCo's "QR Code Specification for Payment Systems: Merchant-Presented Mode": data
objects of a two-digit id, a two-digit number of characters, and a value; the last one is a
CRC-16/CCITT-FALSE over everything before its value.
"""

import re
from binascii import crc_hqx
from dataclasses import dataclass

from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah

VERSION, METHOD, CATEGORY, CURRENCY, AMOUNT = "00", "01", "52", "53", "54"
COUNTRY, NAME, CITY, CHECK = "58", "59", "60", "63"
STATIC, DYNAMIC, RUPIAH, INDONESIA = "11", "12", "360", "ID"
FEES = frozenset({"55", "56", "57"})
"""Tip or fee on top: an order's sum is complete, so the payer must not be asked for more."""

ACCOUNTS = range(2, 52)
LONGEST = 512
LEAST, MOST = Rupiah(1), Rupiah(10_000_000)
_HEAD = re.compile(r"[0-9]{4}")
Objects = tuple[tuple[str, str], ...]


class QrisMalformed(Refused):
    message = (
        "Ini bukan kode QRIS yang utuh. Salin seluruh tulisannya, atau potret ulang gambarnya."
    )


class QrisCheckWrong(Refused):
    message = (
        "Angka pemeriksa (CRC) kode QRIS ini tidak cocok, jadi ada huruf yang berubah. "
        "Salin ulang kodenya."
    )


class QrisForeign(Refused):
    message = (
        "Kode ini untuk mata uang atau negara lain. Hanya QRIS rupiah dari Indonesia yang diterima."
    )


class QrisNotStatic(Refused):
    message = (
        "Kode ini hanya untuk sekali bayar. Pakai QRIS statis, yang ditempel di lapak tanpa jumlah."
    )


class QrisIncomplete(Refused):
    message = "Data pedagang di kode QRIS ini tidak lengkap. Minta kode baru ke bank penerbitnya."


class QrisNotSeen(Refused):
    message = (
        "Tidak ada kode QR yang terbaca di gambar ini. Potret lebih dekat, terang dan lurus, "
        "atau tempel tulisannya."
    )


class QrisNotOffered(Refused):
    message = "Bayar dengan QRIS tidak tersedia untuk belanjaan ini. Pilih cara bayar lain."


class QrisAmountOutside(Refused):
    message = "Jumlah QRIS harus antara %(least)s dan %(most)s."


@dataclass(frozen=True)
class Limits:
    """The smallest and the largest amount of one QRIS payment."""

    least: Rupiah = LEAST
    most: Rupiah = MOST

    def allow(self, amount: Rupiah) -> bool:
        """Answer whether an amount may be paid by QRIS."""
        return self.least <= amount <= self.most


@dataclass(frozen=True)
class StaticQris:
    """A merchant's reusable code that was found sound."""

    objects: Objects

    @property
    def merchant(self) -> str:
        """Return the merchant's name as the payer's phone will show it."""
        return dict(self.objects)[NAME]

    @property
    def city(self) -> str:
        """Return the merchant's city."""
        return dict(self.objects)[CITY]

    @property
    def code(self) -> str:
        """Return the code as it was read."""
        return write(self.objects)


def read_static(code: str) -> StaticQris:
    """Read a merchant's static QRIS; white space around it does not count.

    :raises QrisMalformed: it does not consist of data objects from version to check
    :raises QrisCheckWrong: a character was changed
    :raises QrisForeign: not rupiah, or not of Indonesia
    :raises QrisNotStatic: made for one payment only
    :raises QrisIncomplete: no account, category, name or city
    """
    objects = parse(code.strip())
    held = dict(objects)
    if held.get(CURRENCY, RUPIAH) != RUPIAH or held.get(COUNTRY, INDONESIA) != INDONESIA:
        raise QrisForeign
    if held.get(METHOD, STATIC) != STATIC:
        raise QrisNotStatic
    needed = (held.get(tag, "").strip() for tag in (CATEGORY, CURRENCY, COUNTRY, NAME, CITY))
    if not all(needed) or not any(int(tag) in ACCOUNTS for tag in held):
        raise QrisIncomplete
    return StaticQris(objects)


def make_dynamic(qris: StaticQris, amount: Rupiah, limits: Limits) -> str:
    """Return the code that asks for exactly this amount, once.

    An amount that the code carried is replaced; a tip or fee is left out.

    :raises QrisAmountOutside: less or more than the limits
    """
    if not limits.allow(amount):
        raise QrisAmountOutside(least=limits.least, most=limits.most)
    changed = FEES | {METHOD, AMOUNT, CHECK}
    kept = [(tag, value) for tag, value in qris.objects if tag not in changed]
    after_currency = [tag for tag, _ in kept].index(CURRENCY) + 1
    return write(
        (
            kept[0],
            (METHOD, DYNAMIC),
            *kept[1:after_currency],
            (AMOUNT, str(amount.amount)),
            *kept[after_currency:],
        )
    )


def parse(code: str) -> Objects:
    """Take a code apart into ids and values, the check left out.

    :raises QrisMalformed: something is missing, cut or there twice
    :raises QrisCheckWrong: the check does not fit
    """
    if len(code) > LONGEST:
        raise QrisMalformed
    objects, position = [], 0
    while position < len(code):
        head = code[position : position + 4]
        if not _HEAD.fullmatch(head):
            raise QrisMalformed
        position, start = position + 4 + int(head[2:]), position + 4
        objects.append((head[:2], code[start:position]))
    tags = [tag for tag, _ in objects]
    sound = position == len(code) and len(set(tags)) == len(tags) and all(v for _, v in objects)
    if not sound or objects[:1] != [(VERSION, "01")] or tags[-1] != CHECK:
        raise QrisMalformed
    if objects[-1][1] != checksum(code[:-4]):
        raise QrisCheckWrong
    return tuple(objects[:-1])


def merchant_of(code: str) -> str:
    """Return whom a code of ours, static or dynamic, pays."""
    return dict(parse(code))[NAME]


def write(objects: Objects) -> str:
    """Put data objects together and close them with their check."""
    body = "".join(f"{tag}{len(value):02}{value}" for tag, value in objects) + f"{CHECK}04"
    return body + checksum(body)


def checksum(text: str) -> str:
    """Return the CRC-16/CCITT-FALSE of a text as four capital hexadecimal digits."""
    return f"{crc_hqx(text.encode(), 0xFFFF):04X}"
