"""What the filters beside a list offer."""

from dataclasses import dataclass

from pol.catalogue.queries.categories import categories
from pol.catalogue.rules.finding import Sort
from pol.kernel.kept import kept
from pol.regions import queries as regions
from pol.stalls.queries.public import markets
from pol.web.language import current_locale, named
from pol.web.language import gettext as _

Options = tuple[tuple[str, str], ...]


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
    return _choices(current_locale(), names, by_relevance)


@kept(seconds=60)
def _choices(_locale: str, names: tuple[str, ...], by_relevance: bool) -> Choices:  # noqa: FBT001
    sorts = (
        (Sort.RELEVANCE, _("Paling cocok")),
        (Sort.NEWEST, _("Terbaru")),
        (Sort.CHEAPEST, _("Termurah")),
        (Sort.DEAREST, _("Termahal")),
    )
    selects = {
        "kategori": (_("Kategori"), _("Semua kategori"), _categories),
        "pasar": (_("Pasar"), _("Semua pasar"), _markets),
        "kecamatan": (_("Kecamatan lapak"), _("Seluruh Lamongan"), _kecamatan),
    }
    offered = ((name, *selects[name]) for name in names)
    return Choices(
        sorts if by_relevance else sorts[1:],
        tuple(Select(name, label, everything, read()) for name, label, everything, read in offered),
    )


def _categories() -> Options:
    return tuple(
        (row.slug, f"– {named(row.name)}" if row.parent else named(row.name))
        for row in categories().values()
    )


def _markets() -> Options:
    return tuple((row.slug, row.name) for row in markets().values())


@kept(seconds=3_600)
def _kecamatan() -> Options:
    return tuple((row.code, row.name) for row in regions.list_kecamatan())
