"""Every numbered paper says whose it is, and leads back to its record."""

from flask import Flask, render_template_string
from selectolax.lexbor import LexborHTMLParser

PAPER = """{% from "ui/papers.html" import paper, print_button, signatures %}
{% call paper("Surat jalan", "SJ-1", "https://pol.test/sj/1", "Senin", [
    ("Pengirim", "UMKM <Contoh>", "Sidoharjo"), ("Penerima", "Toko Contoh", "")]) %}
<p>Isi</p>{{ signatures([("Pengirim", "Sri Contoh", "Senin"), ("Penerima", None, None)]) }}
{% endcall %}{{ print_button() }}"""


def test_a_paper_carries_number_parties_date_and_a_code(app: Flask) -> None:
    with app.test_request_context():
        tree = LexborHTMLParser(render_template_string(PAPER))
    (article,) = tree.css("article.doc")
    text = article.text(separator=" ")
    for words in ("Surat jalan", "SJ-1", "Senin", "UMKM <Contoh>", "Toko Contoh", "Isi"):
        assert words in text
    assert tree.css_first("a.doc__code[href='https://pol.test/sj/1'] svg") is not None
    assert [node.text(strip=True) for node in tree.css(".doc__name")] == ["Sri Contoh", ""]
    assert tree.css_first("button[data-print]") is not None
