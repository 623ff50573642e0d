"""Logs say what happened, but not to whom."""

import json

import pytest
import structlog

from pol.kernel.logging import configure, mask

TOKEN = "k3JvQ9mXw2Lz8RtYb5Nc1HdPf7GsAe4UoIqTnBxVyZ0"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("telepon +6281234567890 tidak aktif", "telepon +628***90 tidak aktif"),
        ("081234567890", "08***90"),
        ("kepada siti.aminah@contoh.id, segera", "kepada s***@contoh.id, segera"),
        ("GET /belanjaan/B-1?kunci=abc-12&q=1", "GET /belanjaan/B-1?kunci=***&q=1"),
        (f"sesi {TOKEN}", "sesi ***"),
        ("pesanan B260302-7KQ9XZ-1 Rp12.500", "pesanan B260302-7KQ9XZ-1 Rp12.500"),
    ],
)
def test_personal_data_is_masked_wherever_it_stands(raw: str, shown: str) -> None:
    assert mask(raw) == shown
    assert mask({"list": [raw]}) == {"list": [shown]}


@pytest.mark.parametrize("name", ["password", "csrf_token", "Authorization", "Set-Cookie", "sid"])
def test_what_is_named_a_secret_is_never_written(name: str) -> None:
    assert mask({name: "hunter2", "order": 17}) == {name: "***", "order": 17}


def test_a_line_is_one_object_even_for_a_bug(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    try:
        raise ValueError("081234567890 sudah terdaftar")
    except ValueError:
        structlog.get_logger().exception("bug", error_id="ab12")
    written = capsys.readouterr()
    line = json.loads(written.err)
    assert (line["event"], line["level"], line["error_id"]) == ("bug", "error", "ab12")
    assert "08***90 sudah terdaftar" in line["exception"]
    assert "081234567890" not in written.err
    assert written.out == ""
