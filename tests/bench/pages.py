"""Which addresses are asked, of the bare program and of ours."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import quote
from urllib.request import urlopen

from sqlalchemy import event

from pol.kernel.db import db
from tests.bench.fill import GOODS, KINDS, TOPS
from tests.bench.load import request_for
from tests.rig.databases import application

SAMPLE = 40
FAR_PAGE = 92


@dataclass(frozen=True)
class Page:
    """One row of the table."""

    name: str
    bare: Sequence[bytes]
    shop: Sequence[bytes]


def uncached(products: int, port: int) -> Iterator[Page]:
    """Yield what is rendered anew for each visitor."""
    random = Random(1)  # noqa: S311
    shelves = [f"/kategori/{name.lower()}" for name in TOPS]
    yield lists()
    yield _same("product", [f"/produk/produk-{random.randint(1, products)}" for _ in range(SAMPLE)])
    yield _same("search, one word", [f"/cari?q={quote(name)}" for name in GOODS])
    pairs = [f"{random.choice(GOODS)} {random.choice(KINDS)}" for _ in range(SAMPLE)]
    yield _same("search, two words", [f"/cari?q={quote(words)}" for words in pairs])
    yield Page("home (bare: list)", *_both(shelves, ["/"]))
    yield Page("market (bare: list)", *_both(shelves, [f"/pasar/pasar-{n}" for n in range(1, 7)]))


def far(products: int, port: int) -> Iterator[Page]:
    """Yield the first page of a list and a page far down, when the list is that long."""
    if products >= FAR_PAGE * 24 * len(TOPS):
        first = f"/kategori/{TOPS[0].lower()}"
        yield Page(
            f"list, page {FAR_PAGE} (bare: page 1)", *_both([first], [far_page(port, first)])
        )


def lists() -> Page:
    """Return the lists of all categories."""
    return _same("list", [f"/kategori/{name.lower()}" for name in TOPS])


def cached(port: int) -> Iterator[Page]:
    """Yield what is answered without rendering."""
    shelves = [f"/kategori/{name.lower()}" for name in TOPS]
    yield _same("list, kept", shelves)
    with urlopen(f"http://127.0.0.1:{port}{shelves[0]}") as answer:
        etag = answer.headers["ETag"]
    known = [request_for(shelves[0], If_None_Match=etag)]
    yield Page("list, known to the browser (304)", [request_for(shelves[0])], known)


def far_page(port: int, path: str) -> str:
    """Return the address of a page far down, found the way a patient visitor finds it."""
    for _ in range(FAR_PAGE - 1):
        with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            following = re.search(r'href="([^"]*mulai=[^"]*)"', answer.read().decode())
        assert following
        path = following[1].replace("&amp;", "&")
    return path


def statements(url: str) -> Iterator[tuple[str, int]]:
    """Yield how many statements each page sends, when nothing is remembered and when it is."""
    app = application(url, PUBLIC_CACHE=False)
    sent: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    for path in ("/", "/kategori/ikan", "/produk/produk-7", "/cari?q=bandeng+segar"):
        for words in ("cold", "warm"):
            sent.clear()
            assert app.test_client().get(path).status_code == 200
            yield f"{path} {words}", len(sent)
    with app.app_context():
        db.engine.dispose()


def _same(name: str, paths: Sequence[str]) -> Page:
    return Page(name, *_both(paths, paths))


def _both(bare: Sequence[str], shop: Sequence[str]) -> tuple[list[bytes], list[bytes]]:
    return [request_for(path) for path in bare], [request_for(path) for path in shop]
