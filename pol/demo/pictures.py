"""The pictures of the demo market, drawn by our own code on all cores."""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime

from PIL import Image, ImageDraw, ImageFont

from pol.demo.drawings.draw import draw
from pol.files import services as files
from pol.files.rules import WIDTHS, PictureUse
from pol.files.services import imaging

SIDE = WIDTHS[-1] * 4 // 5  # sharp enough on a phone, and a third less to draw
Sketch = tuple[str, int]
"""A motif and which of its arrangements."""

Files = list[tuple[int, str, bytes]]


class Album:
    """Each picture is drawn once, in other processes; whoever needs it gets it under a new key."""

    def __init__(self, sketches: Sequence[Sketch], *, now: datetime) -> None:
        pool = ProcessPoolExecutor(max_workers=os.cpu_count())
        self._now = now
        self._drawings = {sketch: pool.submit(_files_of, sketch) for sketch in sketches}
        self._keys: dict[Sketch, str] = {}
        pool.shutdown(wait=False)  # what was asked for is still drawn

    def key_of(self, sketch: Sketch) -> str:
        """Return the key of a picture that belongs to nobody, as soon as it is drawn."""
        if sketch not in self._keys:
            self._keys[sketch] = files.store_files(
                self._drawings.pop(sketch).result(),
                size=(SIDE, SIDE),
                use=PictureUse.PRODUCT,
                owner_id=None,
                now=self._now,
            )
        return self._keys[sketch]

    def copy_for(self, owner_id: int, *, sketch: Sketch, now: datetime) -> str:
        """Return the key of a copy that this person may hang."""
        return files.store_again(self.key_of(sketch), owner_id=owner_id, now=now)


def _files_of(sketch: Sketch) -> Files:
    motif, seed = sketch
    return list(imaging.derive(draw(motif, seed=seed, size=SIDE)))


def transfer_slip(*, amount: str, number: str, at: str) -> Image.Image:
    """Draw the picture that a customer takes of a bank's receipt."""
    page = Image.new("RGB", (300, 450), "#f4f6f8")
    pen = ImageDraw.Draw(page)
    pen.rounded_rectangle((20, 30, 280, 390), 12, fill="white", outline="#d5dbe1", width=2)
    lines = (
        (55, 20, "Bank Contoh", "#0b6e4f"),
        (90, 14, "Transfer berhasil", "#2b2f33"),
        (150, 27, amount, "#111418"),
        (210, 13, "Penerima: Pasar (contoh)", "#2b2f33"),
        (240, 13, f"Berita: {number}", "#2b2f33"),
        (270, 13, at, "#2b2f33"),
        (350, 11, "Gambar contoh, bukan bukti sungguhan", "#5c636a"),
    )
    for top, size, text, ink in lines:
        pen.text((40, top), text, fill=ink, font=ImageFont.load_default(size))
    return page
