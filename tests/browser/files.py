"""Files that people pick in a browser."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import FilePayload


def photo(colour: str = "teal") -> FilePayload:
    """Return a picture as a phone would send it."""
    file = BytesIO()
    Image.new("RGB", (1200, 900), colour).save(file, "JPEG")
    return {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def heavy_photo(folder: Path) -> Path:
    """Return 30 MB that only pretend to be a picture, so that no script can make them lighter."""
    path = folder / "besar.jpg"
    path.write_bytes(b"\xff\xd8\xff" * 10 * 1024 * 1024)
    return path
