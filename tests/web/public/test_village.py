"""Finding a village."""

from tests.rig.client import Browser
from tests.rig.pages import Page


def test_names_that_repeat_are_told_apart_by_kecamatan(client: Browser) -> None:
    page = Page(client.get("/desa?q=sumberagung"))
    assert page.texts(".results") == ["4 desa atau kelurahan"]
    assert set(page.texts("tbody th")) == {"Desa Sumberagung"}
    assert "Brondong" in page.texts("tbody td[data-label=Kecamatan]")


def test_a_kecamatan_is_listed_whole(client: Browser) -> None:
    page = Page(client.get("/desa?kecamatan=35.24.10"))
    assert "Desa Parengan" in page.texts("tbody th")
    assert page.tree.css_matches("option[value='35.24.10'][selected]")


def test_an_unknown_name_teaches_the_next_step(client: Browser) -> None:
    assert "Tidak ada desa bernama itu" in Page(client.get("/desa?q=zurich")).text
    assert Page(client.get("/desa")).status == 200


def test_the_box_is_offered_names_while_one_types(client: Browser) -> None:
    answer = client.get("/desa/saran?q=sumberag")
    assert answer.text.count("<option") == 4
    assert 'value="Sumberagung (Brondong)"' in answer.text
    assert "<option" not in client.get("/desa/saran?q=s").text
    assert "Set-Cookie" not in answer.headers
