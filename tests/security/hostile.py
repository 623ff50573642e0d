"""What nobody types, and where it can be typed: fields and questions are read off our own code."""

import re
from functools import cache
from random import Random
from typing import Any

from wtforms.fields.core import UnboundField

from pol.web.forms.base import PolForm
from tests.architecture import ROOT

NASTY = (
    "",
    " ",
    "-1",
    "0",
    "1e400",
    "NaN",
    "9" * 20,
    "9" * 400,
    "-99999999999999999999",
    "1,5.3,2",
    "²³",
    "٣٤٥",
    "'; DROP TABLE product; --",
    "%s%n%00",
    "{{ 7*7 }}",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "ﷺ" * 50,
    "a" * 5_000,
    "\r\nSet-Cookie: pol=1",
    "delivery:2026-13-45:x",
    "delivery::",
    "pickup_stall:2026-03-02:99999999999999999999",
    "true",
    "[]",
    "2026-02-30",
    "99:99",
    "35.24.22.1014",
    "+62812",
    "081234567890",
    "1000",
    "Bandeng",
)
CURSORS = (
    "W10",
    "WzFd",
    "W251bGxd",
    "WyJhIl0",
    "WzFlOTk5XQ",
    "WzEsMl0",
    "WzEsMiwzLDRd",
    "Wzk5OTk5OTk5OTk5OTk5OTk5OTk5OV0",
    "eyJhIjoxfQ",
    "WyIyMDI2LTEzLTAxIiwgMV0",
    "////",
)
"""Cursors that hold nothing, too much, the wrong kind, or a number beyond 64 bits (base64)."""
NUL = "abc\x00def"
HUGE = "x" * 1_000_000
BODIES = (
    ("application/json", b'{"csrf_token": [1, {"a": null}]}'),
    ("application/json", b"\xff\xfe{"),
    ("application/x-www-form-urlencoded", b"%ff%fe=%zz&&&=&a[]=1&a[b]=2"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name="),
    ("multipart/form-data", b"no boundary"),
    ("text/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
    ("application/x-www-form-urlencoded; charset=utf-7", b"+ADw-script+AD4-"),
    ("", b"\x00" * 100),
)


@cache
def field_names() -> list[str]:
    """Return the name of every field of every form, and those that pages read by themselves."""
    found = {name for form in _forms(PolForm) for name in _fields(form)}
    found |= _read_by_name(r"request\.form\.get(?:list)?\(\s*\"(\w+)\"")
    return sorted(found | {"csrf_token", "next", "cara_1", "harga_1", "__proto__", "seen_goods"})


@cache
def question_names() -> list[str]:
    """Return every name that some page looks for behind the question mark."""
    return sorted(
        _read_by_name(r"(?:request\.)?args\.get(?:list)?\(\s*\"(\w+)\"")
        | {"sesudah", "q", "urut", "pasar", "kecamatan", "kategori", "kunci", "next", "hari", "tab"}
    )


def _forms(form: type[PolForm]) -> list[type[PolForm]]:
    below = form.__subclasses__()
    return below + [deeper for each in below for deeper in _forms(each)]


def _fields(form: type[PolForm]) -> set[str]:
    return {name for name in dir(form) if isinstance(getattr(form, name, None), UnboundField)}


def _read_by_name(pattern: str) -> set[str]:
    sources = (path.read_text() for path in (ROOT / "pol" / "web").rglob("*.py"))
    return {name for source in sources for name in re.findall(pattern, source)}


def form(dice: Random, held: dict[str, Any]) -> dict[str, Any]:
    """Return a form as the page held it, with some of it spoiled."""
    spoiled = dict(held)
    for name in dice.sample(field_names(), 4) + [n for n in held if dice.random() < 0.4]:
        roll = dice.random()
        if roll < 0.1:
            spoiled.pop(name, None)
        elif roll < 0.2:
            spoiled[name] = [dice.choice(NASTY) for _ in range(3)]
        elif roll < 0.21:
            spoiled[name] = HUGE
        elif roll < 0.22:
            spoiled[name] = NUL
        else:
            spoiled[name] = dice.choice(NASTY)
    return spoiled


def question(dice: Random) -> dict[str, str]:
    """Return what to put behind the question mark."""
    names = dice.sample(question_names(), dice.randint(1, 4))
    nasty = (*NASTY, *CURSORS, NUL)
    return {name: dice.choice(nasty) for name in names}
