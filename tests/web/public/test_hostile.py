"""Addresses that nobody gets by clicking."""

from datetime import datetime

import pytest

from pol.kernel.paging import encode_cursor
from tests.factories.catalogue import make_product
from tests.rig.client import Browser

ODD = ["%ff%fe", "'; DROP TABLE product--", "9" * 300, "%F0%9F%90%9F", "../../etc/passwd"]
PATHS = ["/kategori/{0}", "/pasar/{0}", "/pasar/{0}/lapak", "/lapak/{0}", "/produk/{0}"]
NAMES = ["q", "pasar", "kecamatan", "kategori", "dari", "sampai", "buka", "urut", "mulai"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("odd", ODD)
def test_odd_addresses_are_not_found(client: Browser, now: datetime, path: str, odd: str) -> None:
    assert client.get(path.format(odd)).status_code == 404


@pytest.mark.parametrize("odd", ODD)
def test_odd_questions_are_answered(client: Browser, now: datetime, odd: str) -> None:
    make_product()
    for name in NAMES:
        assert client.get(f"/cari?{name}={odd}").status_code == 200, name
    assert client.get(f"/?desa={odd}").status_code == 200


@pytest.mark.parametrize("sort", ["terbaru", "termurah", "termahal", "cocok"])
@pytest.mark.parametrize("key", [(2**62, 2**62), (-(2**62), 0), (2**62,), ("a", 1), ()])
def test_odd_cursors_are_answered(
    client: Browser, now: datetime, sort: str, key: tuple[int, ...]
) -> None:
    make_product()
    cursor = encode_cursor(key)
    assert client.get(f"/cari?q=bayam&urut={sort}&mulai={cursor}").status_code == 200
    assert client.get(f"/cari?urut={sort}&mulai={cursor}").status_code == 200


@pytest.mark.parametrize("path", ["/produk/%00", "/lapak/a%00b", "/cari?q=%00", "/?desa=%00"])
def test_the_letter_that_postgresql_does_not_have_is_refused(
    client: Browser, now: datetime, path: str
) -> None:
    assert client.get(path).status_code == 400
