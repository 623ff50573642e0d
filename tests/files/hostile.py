"""Files that somebody might send instead of a picture of a fish; each made by hand."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image

from pol.files import rules
from pol.kernel.errors import Refused

Maker = Callable[[], bytes]


def photo(size: tuple[int, int] = (600, 400), kind: str = "JPEG", **options: object) -> bytes:
    """Return a sound picture: a gradient, so that no part looks like another."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def png_of(width: int, height: int, body: bytes = b"", *, depth: int = 8, colour: int = 2) -> bytes:
    """Return a PNG with any header over any packed data."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", body or zlib.compress(b"\0"))
    return b"\x89PNG\r\n\x1a\n" + chunks + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    packed = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + packed


def jpeg_claiming(width: int, height: int) -> bytes:
    """Return a JPEG whose frame header lies about its measures."""
    data = bytearray(photo())
    place = data.index(b"\xff\xc0")
    data[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def gif_claiming(width: int, height: int) -> bytes:
    data = bytearray(photo(kind="GIF"))
    data[6:10] = struct.pack("<HH", width, height)
    return bytes(data)


def webp_claiming(width: int, height: int) -> bytes:
    """Return an extended WebP with a huge canvas over a small picture."""
    inner = photo(kind="WEBP")[12:]
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + canvas + inner
    return b"RIFF" + struct.pack("<I", len(body)) + body


def text_bomb() -> bytes:
    """Return a PNG whose note unpacks to 200 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    note = b"note\0\0" + packed
    sound = photo(kind="PNG")
    return sound[:33] + chunk(b"zTXt", note) + sound[33:]


def zipped(name: str = "foto.jpg") -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, photo())
    return file.getvalue()


def animated(frames: int = 40) -> bytes:
    file = BytesIO()
    images = [Image.new("RGB", (300, 200), (n * 6, 90, 120)) for n in range(frames)]
    images[0].save(file, "GIF", save_all=True, append_images=images[1:])
    return file.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGE = b"<!doctype html><script>alert(1)</script>"

UNKNOWN: dict[str, Maker] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"\xff",
    "text": lambda: b"bukan foto",
    "svg": lambda: SVG,
    "svg with a declaration": lambda: b'<?xml version="1.0"?>' + SVG,
    "web page": lambda: PAGE,
    "zip": zipped,
    "pdf": lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "program": lambda: b"\x7fELF" + bytes(200),
    "windows program": lambda: b"MZ" + bytes(200),
    "postscript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "tiff": lambda: photo(kind="TIFF"),
    "bmp": lambda: photo(kind="BMP"),
    "ico": lambda: photo((64, 64), kind="ICO"),
    "jpeg 2000": lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(50),
    "heic": lambda: b"\0\0\0\x18ftypheic" + bytes(50),
    "jpeg with a page before it": lambda: PAGE + photo(),
    "riff that is sound": lambda: b"RIFF\x24\0\0\0WAVEfmt " + bytes(40),
    "zeros": lambda: bytes(100_000),
}
BROKEN: dict[str, Maker] = {
    "jpeg head only": lambda: photo()[:20],
    "jpeg cut in half": lambda: photo()[: len(photo()) // 2],
    "jpeg without its end": lambda: photo()[:-800],
    "jpeg magic, then noise": lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20,
    "jpeg magic, then a page": lambda: b"\xff\xd8\xff\xe0" + PAGE,
    "png cut in half": lambda: photo(kind="PNG")[:300],
    "png magic only": lambda: b"\x89PNG\r\n\x1a\n",
    "png with a broken sum": lambda: bytes(b ^ (n == 20) for n, b in enumerate(photo(kind="PNG"))),
    "png with too little data": lambda: png_of(900, 900),
    "png of an odd depth": lambda: png_of(100, 100, depth=7),
    "png of no known colour": lambda: png_of(100, 100, colour=5),
    "png with a note that explodes": text_bomb,
    "webp cut in half": lambda: photo(kind="WEBP")[:200],
    "webp magic only": lambda: b"RIFF\x10\0\0\0WEBPVP8 ",
    "gif magic only": lambda: b"GIF89a",
    "gif cut off": lambda: photo(kind="GIF")[:60],
}
LARGE: dict[str, Maker] = {
    "png bomb": lambda: png_of(60_000, 60_000, zlib.compress(bytes(20_000_000), 9)),
    "png of 26 megapixels": lambda: png_of(5_200, 5_000),
    "png as wide as a number goes": lambda: png_of(2**31 - 1, 2**31 - 1),
    "png one line high": lambda: png_of(30_000_000, 50),
    "jpeg bomb": lambda: jpeg_claiming(65_000, 65_000),
    "gif bomb": lambda: gif_claiming(65_535, 65_535),
    "webp bomb": lambda: webp_claiming(16_000, 16_000),
}
SMALL: dict[str, Maker] = {
    "one pixel": lambda: photo((1, 1), "PNG"),
    "a line": lambda: photo((4_000, 2)),
    "png of no width": lambda: png_of(0, 100),
}

CASES: list[tuple[str, Maker, tuple[type[Refused], ...]]] = [
    *((name, make, (rules.PictureUnknown,)) for name, make in UNKNOWN.items()),
    *((name, make, (rules.PictureBroken,)) for name, make in BROKEN.items()),
    *((name, make, (rules.PictureTooLarge,)) for name, make in LARGE.items()),
    *((n, make, (rules.PictureTooSmall, rules.PictureBroken)) for n, make in SMALL.items()),
]
