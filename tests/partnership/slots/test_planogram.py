"""The picture of a fixture is to scale, says everything in words, and holds whatever is typed."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from pol.partnership.slots.rules.planogram import (
    GOODS,
    HEAT,
    Board,
    Box,
    Picture,
    closed,
    draw,
    gaps,
    tone_ranges,
    tones,
)

SVG = "{http://www.w3.org/2000/svg}"
LOW, HIGH = Board(7, 1, 20, 900, 340), Board(8, 2, 380, 900, 340, href="/ambalan/2")
CHIPS = Box("PN-1", 7, 0, 420, 220, 3, "Keripik tempe", "keripik", "Keripik", href="/pindah")
WADER = Box("PN-2", 7, 540, 75, 220, 1, "Sambal wader", "sambal_bumbu", "Sambal", may_move=True)


def drawn(*boxes: Box, boards: tuple[Board, ...] = (LOW, HIGH)) -> ElementTree.Element:
    picture = Picture("R1 · Gondola", "Gambar rak", 900, 1_800, boards, boxes, gap_mm=5)
    return ElementTree.fromstring(draw(picture))  # noqa: S314 - our own drawing


def words(tree: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in tree.iter(f"{SVG}text")]


def test_a_millimetre_is_a_unit_of_the_picture() -> None:
    tree = drawn(CHIPS)
    assert tree.attrib["viewBox"] == "-110 -60 1220 1980"
    (edge,) = [one for one in tree.iter(f"{SVG}rect") if one.get("class") == "plano__edge"]
    place = [float(edge.attrib[name]) for name in ("x", "y", "width", "height")]
    assert place == [0, 1_800 - 20 - 220, 420, 220]
    woods = [one for one in tree.iter(f"{SVG}rect") if one.get("class") == "plano__wood"]
    assert [float(one.attrib["y"]) for one in woods] == [1_780, 1_420]


def test_each_facing_is_drawn_and_named() -> None:
    tree = drawn(CHIPS)
    goods = [one for one in tree.iter(f"{SVG}rect") if one.get("class") == "plano__goods"]
    assert {one.attrib["fill"] for one in goods} == {GOODS["keripik"]}
    assert len(goods) == 3
    assert {"Keripik tempe", "Keripik", "3 muka · 420 mm"} <= set(words(tree))


def test_free_space_is_dimensioned() -> None:
    assert gaps(LOW, [WADER, CHIPS]) == [(420, 540), (615, 900)]
    assert gaps(LOW, []) == [(0, 900)]
    assert gaps(LOW, [Box("PN", 7, 0, 900, 10, 1, "Penuh", "keripik")]) == []
    assert {"120", "285 mm kosong", "900 mm kosong"} <= set(words(drawn(CHIPS, WADER)))


def test_what_is_not_offered_is_hatched_and_not_free() -> None:
    part, none = replace(LOW, offered=(100, 600)), replace(HIGH, offered=(0, 0))
    assert closed(LOW) == []
    assert closed(none) == [(0, 900)]
    assert closed(part) == [(0, 100), (600, 900)]
    assert gaps(part, [CHIPS]) == [(420, 600)]
    tree = drawn(boards=(part, none))
    assert {"500 mm kosong", "tidak dibuka di sini"} <= set(words(tree))
    assert not any("900" in word for word in words(tree) if "kosong" in word)
    hatched = [one for one in tree.iter(f"{SVG}rect") if one.get("class") == "plano__closed"]
    assert [(one.get("x"), one.get("width")) for one in hatched] == [
        ("0", "100"),
        ("600", "300"),
        ("0", "900"),
    ]
    assert not list(drawn().iter(f"{SVG}pattern"))


def test_boards_say_their_number_height_and_room() -> None:
    found = words(drawn())
    assert {"Ambalan 1", "papan 20", "Ambalan 2", "papan 380", "340", "900 mm"} <= set(found)


def test_products_and_boards_lead_where_they_are_edited() -> None:
    tree = drawn(CHIPS, WADER)
    links = {link.attrib["href"]: link for link in tree.iter(f"{SVG}a")}
    assert links.keys() == {"/pindah", "/ambalan/2"}
    spoken = links["/pindah"].attrib["aria-label"]
    assert spoken == "Keripik tempe, Keripik, Ambalan 1, 0 mm, 3 muka"
    movable = [one for one in tree.iter() if "data-move" in one.attrib]
    assert [one.attrib["data-box"] for one in movable] == ["PN-2"]


def test_every_product_has_its_words_as_a_title() -> None:
    tree = drawn(CHIPS, WADER)
    boxes = [one for one in tree.iter() if "data-box" in one.attrib]
    assert {one.attrib["data-box"]: one.findtext(f"{SVG}title") for one in boxes} == {
        "PN-1": "Keripik tempe, Keripik, Ambalan 1, 0 mm, 3 muka",
        "PN-2": "Sambal wader, Sambal, Ambalan 1, 540 mm, 1 muka",
    }
    assert [one.get("role") for one in boxes if one.get("data-box") == "PN-2"] == ["img"]


@pytest.mark.parametrize("height", [10, 40, 60, 80, 220, 335])
@pytest.mark.parametrize("width", [60, 140, 420])
def test_a_flat_product_carries_its_name_and_figure(width: int, height: int) -> None:
    flat = Box("PN", 7, 0, width, height, 1, "Wingko", "kue_kering", "Kue", note="8,9/muka")
    assert {"Wingko", "8,9/muka"} <= set(words(drawn(flat)))


@pytest.mark.parametrize("width", [24, 40])
def test_a_narrow_product_carries_its_name(width: int) -> None:
    assert "Wingko" in words(drawn(Box("PN", 7, 0, width, 220, 1, "Wingko", "kue_kering", "Kue")))


def test_words_above_a_flat_product_stay_under_the_next_board() -> None:
    flat = Box("PN", 7, 100, 420, 40, 3, "Wingko babat", "kue_kering", "Kue kering", note="8,9")
    (plate,) = [one for one in drawn(flat).iter() if one.get("class") == "plano__plate"]
    x, y, wide, high = (float(plate.attrib[name]) for name in ("x", "y", "width", "height"))
    product, top = 1_800 - 20 - 40, 1_800 - LOW.top_mm
    assert top <= y < y + high <= product
    assert 100 <= x < x + wide <= 520


def test_a_flat_product_on_a_low_shelf_has_smaller_words() -> None:
    low = Board(9, 3, 800, 900, 45)
    flat = Box("PN", 9, 0, 420, 40, 3, "Wingko babat", "kue_kering", "Kue kering")
    (name,) = [one for one in drawn(flat, boards=(low,)).iter() if one.text == "Wingko babat"]
    assert float(name.attrib["font-size"]) < 26


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", 'a"b&c', "x" * 400, "漢字", ""])
@pytest.mark.parametrize("width", [1, 60, 140, 900])
def test_any_name_on_any_product_is_a_sound_picture(name: str, width: int) -> None:
    for height in (1, 40, 340):
        box = Box(name, 7, 0, width, height, 1, name, "apa-saja", name, note=name, href=name)
        tree = drawn(box)
        assert list(tree.iter(f"{SVG}script")) == []


def test_a_product_on_a_board_that_is_gone_is_not_drawn() -> None:
    lost = Box("PN-9", 99, 0, 100, 100, 1, "Hilang", "keripik")
    assert [one for one in drawn(lost).iter() if "data-box" in one.attrib] == []


def test_an_empty_fixture_is_a_picture_too() -> None:
    assert "900 mm" in words(drawn(boards=()))


def test_no_style_attribute_breaks_the_security_policy() -> None:
    assert all("style" not in one.attrib for one in drawn(CHIPS, WADER).iter())


def test_heat_is_five_steps_of_the_largest() -> None:
    assert tones({"a": 0, "b": 1, "c": 49, "d": 50, "e": 100}) == {
        "a": 0,
        "b": 0,
        "c": 2,
        "d": 2,
        "e": 4,
    }
    assert tones({}) == {}
    assert set(tones({"a": 0}).values()) == {0}
    assert tone_ranges({"e": 100}) == [(0, 20), (20, 40), (40, 60), (60, 80), (80, 100)]
    hot = Box("PN", 7, 0, 420, 220, 3, "Laris", "keripik", tone=4, note="12,5 seminggu")
    tree = drawn(hot)
    assert "12,5 seminggu" in words(tree)
    assert HEAT[4] in {one.get("fill") for one in tree.iter(f"{SVG}rect")}
