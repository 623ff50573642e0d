"""Every sentence of ours is in every catalogue, whole, with all that is put into it."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.lexer import TOKEN_DATA

from pol.web.language import CATALOGUES, LANGUAGES, SOURCE
from tests.architecture import PRODUCT, ROOT, TEMPLATES, name_of, nodes

FOREIGN = sorted(LANGUAGES.keys() - {SOURCE})
ASKS = {"_", "_l", "gettext", "lazy_gettext", "counted"}
PLACE = re.compile(r"%\(\w+\)[a-z]")
WORD = re.compile(r"[^\W\d_]{3,}")
MARKUP = re.compile(r"<[^<>]*>|&\w+;|/\w+/")
AUDIENCE = re.compile(r"{% block audience %}.*?{% endblock %}")
NAMES = {"Pasar", "Online", "Lamongan", "POL", "Ayo", "Beli", "Produk", "WIB"}
"""What is called the same in every language."""


@cache
def sentences() -> frozenset[str]:
    """Return every sentence that `make translate` finds."""
    with (CATALOGUES / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    keywords = DEFAULT_KEYWORDS | parse_keywords(["_l", "counted:1,1", "Category:2"])
    found = extract_from_dir(ROOT, methods, options, keywords)
    return frozenset(one if isinstance(one, str) else one[0] for _, _, one, _, _ in found)


@cache
def catalogue(language: str) -> Catalog:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Yield each sentence with each form of its translation."""
    for message in catalogue(language):
        source = message.id if isinstance(message.id, str) else message.id[0]
        forms = [message.string] if isinstance(message.string, str) else message.string or []
        for form in forms if source else ():
            yield source, form


@pytest.mark.parametrize("language", FOREIGN)
def test_a_catalogue_is_complete(language: str) -> None:
    known = {source for source, _form in pairs(language)}
    assert len(known) > 1_000
    assert sorted(sentences() - known) == []
    assert [source for source, form in pairs(language) if not form.strip()] == []
    assert [message.id for message in catalogue(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", FOREIGN)
def test_a_translation_puts_in_what_the_sentence_puts_in(language: str) -> None:
    wrong = [
        (source, form)
        for source, form in pairs(language)
        if sorted(PLACE.findall(source)) != sorted(PLACE.findall(form))
    ]
    assert wrong == []


def test_sentences_of_refusals_and_forms_are_among_them() -> None:
    assert "Harga harus antara Rp1 dan Rp1.000.000.000." in sentences()
    assert "Terlalu banyak percobaan. Coba lagi pukul %(time)s WIB." in sentences()
    assert "Isi nama lapaknya." in sentences()
    assert "%(n)s lapak" in sentences()
    assert "Ikan & hasil laut" in sentences()


def test_no_sentence_hides_where_translators_cannot_find_it() -> None:
    """Extraction reads no f-string's inside, and nothing that is put together at run time."""
    asked = [
        (place, ast.literal_eval(node.args[0]) if _is_text(node.args[0]) else "?")
        for path in PRODUCT
        if "web" in path.parts and path.name != "language.py"
        for place, node in nodes([path])
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ASKS and node.args
    ]
    known = {source for source, _form in pairs(FOREIGN[0])}
    assert [(place, text) for place, text in asked if text not in known] == []


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_templates_say_nothing_past_the_catalogue() -> None:
    said = {
        name_of(path): sorted(words)
        for path in TEMPLATES
        if "dev" not in path.parts and (words := _words_beside_tags(path.read_text()))
    }
    assert said == {}


def test_words_beside_tags_would_be_seen() -> None:
    """The control: one word of a page is wrapped, one is not."""
    page = (
        """{% block audience %}trader{% endblock %}<p class="lead">{{ _("Beranda") }} Harga</p>"""
    )
    assert _words_beside_tags(page) == {"Harga"}


def _words_beside_tags(source: str) -> set[str]:
    """Return the words that stand in a template outside of its tags and expressions."""
    lexer = Environment(autoescape=True).lexer
    pieces = lexer.tokeniter(AUDIENCE.sub("", source), None)
    text = "".join(text if kind == TOKEN_DATA else "{}" for _line, kind, text in pieces)
    return set(WORD.findall(MARKUP.sub(" ", text))) - NAMES
