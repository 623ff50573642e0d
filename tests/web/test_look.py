"""The look keeps its promises: light files, readable colours, one page that shows every part."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from pol.web import bundle
from tests.rig import databases, templates
from tests.rig.databases import Database
from tests.rig.pages import Page

STATIC = Path(__file__).parents[2] / "static"
TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{6})")
READABLE = [
    (ink, ground)
    for ground in ("paper", "card", "sunk")
    for ink in ("ink", "soft", "sea", "sea-deep", "brick", "leaf", "turmeric-ink")
] + [
    ("on-sea", "sea"),
    ("on-sea", "sea-deep"),
    ("sea-deep", "sea-wash"),
    ("sea", "sea-wash"),
    ("brick", "brick-wash"),
    ("leaf", "leaf-wash"),
    ("turmeric-ink", "turmeric-wash"),
    ("ink", "brick-wash"),
    ("ink", "turmeric-wash"),
    ("head-ink", "head"),
    ("head-soft", "head"),
]


def _schemes() -> dict[str, dict[str, str]]:
    light, dark = (STATIC / "css/tokens.css").read_text().split("@media")
    return {"light": dict(TOKEN.findall(light)), "dark": dict(TOKEN.findall(light + dark))}


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def _packed(pattern: str) -> int:
    files = sorted(STATIC.glob(pattern))
    assert files
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)


def test_style_sheets_and_script_stay_light() -> None:
    assert _packed("css/*.css") <= 12 * 1024
    assert _packed("js/*.js") <= 10 * 1024


@pytest.mark.parametrize(
    ("name", "most"), [("pol.css", 12), ("app.js", 10), ("shelf.css", 4), ("shelf.js", 4)]
)
def test_browsers_fetch_the_look_once_and_compressed(app: Flask, name: str, most: int) -> None:
    client = app.test_client()
    address = app.jinja_env.globals["bundle"](name)  # type: ignore[operator]
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert "immutable" in packed.headers["Cache-Control"]
    assert len(packed.data) <= most * 1024
    plain = client.get(address)
    assert gzip.decompress(packed.data) == plain.data
    sent = plain.text.replace(" ", "")
    for path in bundle.FILES[name]:
        rules = (STATIC / path).read_text().replace(" ", "").splitlines()
        assert all(rule in sent for rule in rules if rule.endswith(("}", ";")))


def test_an_address_from_before_an_update_still_answers_but_is_not_kept(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/berkas/0000000000/pol.css").headers["Cache-Control"] == "no-cache"
    assert client.get("/berkas/0000000000/other.css").status_code == 404


def test_contrast_is_measured_as_the_guideline_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") < 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_and_prices_even_in_the_sun(scheme: str) -> None:
    colours = _schemes()[scheme]
    pale = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in READABLE}
    assert not {pair: round(ratio, 2) for pair, ratio in pale.items() if ratio < 4.5}
    assert min(contrast(colours["price"], colours[g]) for g in ("paper", "card")) >= 7


def test_the_style_page_shows_every_part(database: Database) -> None:
    app = databases.application(database.url, STYLE_PAGE=True)
    templates.remember(app)
    page = Page(app.test_client().get("/gaya"))
    assert page.status == 200
    assert len(page.texts(".card")) == 4
    assert "Tulis harga dengan angka rupiah" in page.text


def test_the_style_page_is_for_builders_only(app: Flask) -> None:
    assert app.test_client().get("/gaya").status_code == 404
