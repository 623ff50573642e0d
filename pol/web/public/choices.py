"""What the filters beside a list offer."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pol.catalogue.queries.categories import categories
from pol.catalogue.rules.finding import Sort
from pol.kernel.kept import kept
from pol.regions import queries as regions
from pol.stalls.queries.public import markets

Options = tuple[tuple[str, str], ...]

SORTS = {
    Sort.RELEVANCE: _l("Paling cocok"),
    Sort.NEWEST: _l("Terbaru"),
    Sort.CHEAPEST: _l("Termurah"),
    Sort.DEAREST: _l("Termahal"),
}


@dataclass(frozen=True)
class Select:
    """One question with its possible answers; `everything` is the answer that restricts nothing."""

    name: str
    label: str
    everything: str
    options: Options


@dataclass(frozen=True)
class Choices:
    """What may be asked of one list."""

    sorts: tuple[tuple[Sort, str], ...]
    selects: tuple[Select, ...]


def choices(*names: str, by_relevance: bool = False) -> Choices:
    """Return the order and these of "kategori", "pasar", "kecamatan"."""
    offered = {
        "kategori": (_("Kategori"), _("Semua kategori"), _categories),
        "pasar": (_("Pasar"), _("Semua pasar"), _markets),
        "kecamatan": (_("Kecamatan lapak"), _("Seluruh Lamongan"), _kecamatan),
    }
    sorts = SORTS.items() if by_relevance else list(SORTS.items())[1:]
    selects = ((name, *offered[name]) for name in names)
    return Choices(
        tuple((sort, str(label)) for sort, label in sorts),
        tuple(Select(name, label, everything, read()) for name, label, everything, read in selects),
    )


def _categories() -> Options:
    return tuple(
        (row.slug, f"– {row.name}" if row.parent else row.name) for row in categories().values()
    )


def _markets() -> Options:
    return tuple((row.slug, row.name) for row in markets().values())


@kept(seconds=3_600)
def _kecamatan() -> Options:
    return tuple((row.code, row.name) for row in regions.list_kecamatan())
