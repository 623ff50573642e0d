"""Whatever is sent, what is kept is a small clean picture that we drew ourselves, or nothing."""

import random
import resource
import time
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.files import queries
from pol.files.models import Picture
from pol.files.rules import (
    HEAVIEST,
    MAX_BYTES,
    PictureBroken,
    PictureTooHeavy,
    PictureUnknown,
    PictureUse,
)
from pol.files.services import imaging, storage, store_image, store_picture
from pol.kernel.errors import Refused
from tests.factories.traders import make_person
from tests.files.hostile import CASES, PAGE, Maker, animated, photo, zipped

PATIENCE_SECONDS = 2
MEMORY = 256 * 1024 * 1024
GPS = 0x8825


@pytest.fixture
def kept(app: Flask, session: Session, tmp_path: Path) -> Iterator[Path]:
    """Give a folder that no other test writes to at the same time."""
    storage.use_folder(tmp_path)
    yield tmp_path
    storage.use_folder(app.config["PICTURE_FOLDER"])


def files_of(kept: Path, key: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in kept.rglob(f"{key}-*")}


def keep(data: bytes, now: datetime, use: PictureUse = PictureUse.PRODUCT) -> str:
    return store_picture(data, use=use, owner_id=None, now=now)


@pytest.fixture(scope="module")
def little_memory() -> Iterator[None]:
    """Let this process grow by no more than 256 MB while it looks at what was sent."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MEMORY, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.parametrize(("name", "make", "refusals"), CASES, ids=[case[0] for case in CASES])
def test_a_hostile_file_is_refused_in_words_quickly_and_lightly(
    name: str, make: Maker, refusals: tuple[type[Refused], ...], little_memory: None
) -> None:
    data = make()
    started = time.perf_counter()
    with pytest.raises(refusals):
        imaging.read_image(data)
    assert time.perf_counter() - started < PATIENCE_SECONDS


def test_no_shaken_picture_is_a_bug(little_memory: None) -> None:
    """300 sound pictures with a few bytes changed: each is read or refused, never an error."""
    dice = random.Random(7)  # noqa: S311 - the same pictures every time
    sound = [photo((200, 150), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF")]
    outcomes = set()
    for _ in range(300):
        shaken = bytearray(dice.choice(sound))
        for _ in range(dice.randint(1, 12)):
            shaken[dice.randrange(12, len(shaken))] = dice.randrange(256)
        try:
            outcomes.add(imaging.read_image(bytes(shaken)).mode)
        except Refused as refusal:
            outcomes.add(type(refusal).__name__)
    assert {"RGB", "PictureBroken"} <= outcomes


def test_three_widths_in_two_formats_are_kept_and_none_is_heavy(kept: Path, now: datetime) -> None:
    key = keep(photo((3_000, 2_000)), now)
    files = files_of(kept, key)
    assert len(files) == 6
    for width, heaviest in HEAVIEST.items():
        for suffix, kind in (("webp", "WEBP"), ("jpg", "JPEG")):
            data = files[f"{key}-{width}.{suffix}"]
            with Image.open(BytesIO(data)) as image:
                assert (image.format, image.width) == (kind, width)
            assert len(data) <= heaviest


def test_even_noise_becomes_a_light_card(kept: Path, now: datetime) -> None:
    noise = Image.effect_noise((1_200, 2_100), 120).convert("RGB")
    key = store_image(noise, use=PictureUse.PRODUCT, owner_id=None, now=now)
    cards = [data for name, data in files_of(kept, key).items() if "-320." in name]
    assert len(cards) == 2
    assert max(map(len, cards)) <= 25_000


def test_a_small_picture_is_not_blown_up(kept: Path, now: datetime) -> None:
    key = keep(photo((200, 100), "PNG"), now)
    with Image.open(BytesIO(files_of(kept, key)[f"{key}-800.webp"])) as image:
        assert image.size == (200, 100)


def test_the_place_where_it_was_taken_is_forgotten_but_not_which_way_is_up(
    kept: Path, now: datetime
) -> None:
    notes = Image.Exif()
    notes[imaging.ORIENTATION] = 6
    notes[0x010F] = "Kamera rahasia"
    notes.get_ifd(GPS)[2] = (7.0, 6.0, 55.0)
    key = keep(photo((600, 400), exif=notes), now)
    for name, data in files_of(kept, key).items():
        assert b"rahasia" not in data
        with Image.open(BytesIO(data)) as image:
            assert image.height > image.width, name
            assert dict(image.getexif()) == {}


@pytest.mark.parametrize("orientation", range(2, 9))
def test_every_way_of_holding_a_phone_ends_upright(orientation: int) -> None:
    upright = Image.new("RGB", (120, 80), "white")
    upright.paste((200, 0, 0), (0, 0, 40, 30))
    back = {6: 8, 8: 6}.get(orientation, orientation)
    notes = Image.Exif()
    notes[imaging.ORIENTATION] = orientation
    file = BytesIO()
    upright.transpose(imaging.TURNS[back]).save(file, "PNG", exif=notes)
    seen = imaging.read_image(file.getvalue())
    assert seen.size == (120, 80)
    corners = [seen.getpixel(place) for place in ((10, 10), (110, 10), (10, 70), (110, 70))]
    assert corners == [(200, 0, 0), *[(255, 255, 255)] * 3]


def test_notes_that_make_no_sense_are_passed_over() -> None:
    data = photo(exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + bytes(40))
    assert imaging.read_image(data).size == (600, 400)


@pytest.mark.parametrize("tail", [PAGE, zipped(), b"<?php system('id'); ?>"])
def test_what_hides_behind_a_picture_is_not_kept(kept: Path, now: datetime, tail: bytes) -> None:
    key = keep(photo() + tail, now)
    assert not any(tail in data for data in files_of(kept, key).values())


def test_of_an_animation_the_first_picture_is_kept(kept: Path, now: datetime) -> None:
    key = keep(animated(), now)
    with Image.open(BytesIO(files_of(kept, key)[f"{key}-320.webp"])) as image:
        assert not getattr(image, "is_animated", False)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_to_store_colours_ends_in_plain_ones(mode: str) -> None:
    file = BytesIO()
    image = Image.new("L", (100, 100), 255)
    image = Image.new(mode, (100, 100), 60_000) if mode == "I;16" else image.convert(mode)
    image.save(file, "JPEG" if mode == "CMYK" else "PNG")
    seen = imaging.read_image(file.getvalue())
    assert seen.mode == "RGB"
    brightness = seen.getpixel((50, 50))
    assert isinstance(brightness, tuple)
    assert min(brightness) > 150


def test_what_is_not_painted_becomes_white() -> None:
    file = BytesIO()
    Image.new("RGBA", (100, 100), (10, 20, 30, 0)).save(file, "PNG")
    assert imaging.read_image(file.getvalue()).getpixel((5, 5)) == (255, 255, 255)


def test_thirty_megabytes_are_refused_before_anything_is_unpacked(
    session: Session, now: datetime
) -> None:
    with pytest.raises(PictureTooHeavy):
        store_picture(
            BytesIO(photo() + bytes(30_000_000)), use=PictureUse.PRODUCT, owner_id=None, now=now
        )
    with pytest.raises(PictureTooHeavy):
        keep(photo() + bytes(MAX_BYTES), now)
    assert session.scalar(select(func.count()).select_from(Picture)) == 0


def test_a_refused_file_leaves_nothing_behind(kept: Path, session: Session, now: datetime) -> None:
    before = set(kept.rglob("*"))
    for data in (PAGE, photo()[:300]):
        with pytest.raises((PictureUnknown, PictureBroken)):
            keep(data, now)
    assert set(kept.rglob("*")) == before
    assert session.scalar(select(func.count()).select_from(Picture)) == 0


def test_only_ones_own_pictures_are_found(session: Session, now: datetime) -> None:
    mine, theirs = make_person(), make_person()
    image = Image.new("RGB", (80, 80), "teal")
    keys = [
        store_image(image, use=use, owner_id=person.id, now=now)
        for person in (mine, theirs)
        for use in (PictureUse.PRODUCT, PictureUse.PROOF)
    ]
    found = queries.list_own_keys(keys=keys, owner_id=mine.id, use=PictureUse.PRODUCT)
    assert found == keys[:1]
    row = queries.find_picture(keys[3])
    assert row == queries.PictureRow(PictureUse.PROOF, theirs.id)
    assert queries.find_picture("x" * 20) is None
