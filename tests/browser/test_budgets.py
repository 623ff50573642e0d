"""What a visitor on two bars of signal has to load."""

import gzip
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Request
from playwright.sync_api import Page as Tab

from pol.files.rules import PictureUse
from pol.files.services import storage, store_picture
from pol.web import bundle
from tests.browser.tour import Visitor, addresses
from tests.factories.catalogue import LONG_AGO
from tests.rig import chromium
from tests.rig.browsing import Demo

pytestmark = pytest.mark.engines("sqlite")
KB = 1000
STATIC = Path(__file__).parents[2] / "static"


class Traffic(list[Request]):
    """What a tab has asked for, and how much came."""

    def __init__(self, tab: Tab) -> None:
        super().__init__()
        tab.on("requestfinished", lambda request: self.append(request))

    def weight(self, *, pictures: bool) -> int:
        """Return the bytes as transferred, headers too."""
        wanted = [each for each in self if pictures or each.resource_type != "image"]
        return sum(
            each.sizes()["responseBodySize"] + each.sizes()["responseHeadersSize"]
            for each in wanted
        )


@pytest.fixture
def stranger(browser: Browser, demo: Demo, screen: dict[str, int]) -> Iterator[Tab]:
    """Give a tab that looks at the demo market for the first time."""
    with chromium.context(browser, demo.server.url, screen) as context:
        yield context.new_page()


def test_the_weight_of_the_home_page(stranger: Tab) -> None:
    traffic = Traffic(stranger)
    stranger.goto("/", wait_until="networkidle")
    assert len(traffic) <= 12, [each.url for each in traffic]
    assert traffic.weight(pictures=False) <= 40 * KB
    assert traffic.weight(pictures=True) <= 150 * KB


def test_nothing_comes_from_another_host(demo: Demo, stranger: Tab) -> None:
    traffic = Traffic(stranger)
    with demo.app.app_context():
        for address in addresses(demo.app, Visitor("guest", None)):
            stranger.goto(address)
    assert {urlsplit(each.url).netloc for each in traffic} == {urlsplit(demo.server.url).netloc}


@pytest.mark.parametrize(("kind", "most"), [("css", 12 * KB), ("js", 10 * KB)])
def test_our_own_sheets_and_script_stay_small(demo: Demo, kind: str, most: int) -> None:
    """Everything of ours together, as it is sent; most pages need a part of it only."""
    names = [name for name in bundle.FILES if name.endswith(f".{kind}")]
    client, address = demo.app.test_client(), demo.app.jinja_env.globals["bundle"]
    own = b"".join(client.get(address(name)).data for name in names)  # type: ignore[operator]
    assert 0 < len(gzip.compress(own)) <= most


@pytest.mark.usefixtures("session")
def test_a_card_picture_stays_light_however_busy_it_is() -> None:
    noise = Image.effect_noise((1600, 1200), 90).convert("RGB")
    file = BytesIO()
    noise.save(file, "JPEG", quality=90)
    key = store_picture(file.getvalue(), use=PictureUse.PRODUCT, owner_id=None, now=LONG_AGO)
    for suffix in ("webp", "jpg"):
        path = storage.folder().find(storage.name_of(key, 320, suffix, public=True))
        assert path
        assert Path(path).stat().st_size <= 25 * KB
