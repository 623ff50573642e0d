from functools import cache
from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageStat

from pol.demo.drawings.draw import MOTIFS, draw
from pol.demo.drawings.gallery import GALLERY
from pol.demo.drawings.surfaces import SURFACES

CARD = 120
APART = 14.0
"""Mean difference of a channel (0 to 255) from which two cards are plainly different pictures."""


@cache
def card(motif: str, seed: int = 1) -> Image.Image:
    return draw(motif, seed=seed, size=CARD)


def distance(one: Image.Image, other: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_motif_is_a_square_colour_picture_with_something_on_it(motif: str) -> None:
    picture = card(motif)
    assert picture.mode == "RGB"
    assert picture.size == (CARD, CARD)
    assert min(ImageStat.Stat(picture.convert("L")).stddev) > 20


@pytest.mark.parametrize("motif", MOTIFS)
def test_the_same_seed_is_the_same_picture_and_another_seed_is_not(motif: str) -> None:
    assert draw(motif, seed=1, size=CARD).tobytes() == card(motif).tobytes()
    assert distance(card(motif), card(motif, seed=2)) > 0.5


def test_any_two_motifs_are_told_apart_on_a_card() -> None:
    alike = [
        (one, other, round(distance(card(one), card(other)), 1))
        for one, other in combinations(MOTIFS, 2)
        if distance(card(one), card(other)) < APART
    ]
    assert alike == []


def test_two_cards_of_one_arrangement_are_close() -> None:
    """The control of the test above: the measure does not call everything different."""
    large = draw("bandeng", seed=1, size=4 * CARD).resize((CARD, CARD))
    assert distance(card("bandeng"), large) < APART


def test_every_motif_lies_on_surfaces_that_exist() -> None:
    assert {name for motif in GALLERY.values() for name in motif.surfaces} <= set(SURFACES)


def test_the_goods_that_lamongan_is_known_for_are_there() -> None:
    known = {"bandeng", "wingko", "jumbrek", "legen", "tenun_ikat", "soto", "nasi_boran", "terasi"}
    assert known <= set(MOTIFS)
    assert len(MOTIFS) >= 60


def test_an_unknown_motif_is_refused() -> None:
    with pytest.raises(KeyError):
        draw("rendang", seed=1, size=CARD)
