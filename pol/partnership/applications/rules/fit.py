"""Does a product fit a call, and if not, what exactly is missing: per store, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pol.kernel.text import weight
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.rules.permits import Paper, longest_lasting
from pol.partnership.slots.rules import GoodsCategory

WHOLE_BP = 10_000


@dataclass(frozen=True)
class Goods:
    """What a shelf must know of a product: millimetres, grams, days."""

    category: GoodsCategory
    width_mm: int
    height_mm: int
    depth_mm: int
    weight_g: int
    shelf_life_days: int | None


@dataclass(frozen=True)
class Wanted:
    """What a call asks of every product; `min_life_bp` is the part of its life left on arrival."""

    categories: frozenset[GoodsCategory]
    permits: tuple[SheetPermitKind, ...]
    from_on: date
    until_on: date
    min_life_bp: int

    @property
    def last_on(self) -> date:
        """Return the last day on which goods stand."""
        return date.fromordinal(self.until_on.toordinal() - 1)


@dataclass(frozen=True)
class Span:
    """The part of a shelf that a call offers; no categories means all."""

    shelf_id: int
    store_id: int
    width_mm: int
    height_mm: int
    depth_mm: int
    load_g: int
    categories: frozenset[GoodsCategory] = frozenset()


class Lack:
    """Something missing; the sentence is looked up in the catalogue before its values go in."""

    message: ClassVar[str]

    def __init__(self, *, excess: int = 0, **values: object) -> None:
        self.values: dict[str, object] = {"excess": excess, **values} if excess else values
        self.excess = excess

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), self.excess))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.values})"


class CategoryNotWanted(Lack):
    message = "Pembukaan ini tidak mencari %(category)s."


class PermitNone(Lack):
    message = "Belum ada %(permit)s. Urus dulu, lalu catat di lembar produk."


class PermitEndsBefore(Lack):
    message = "%(permit)s sudah habis %(day)s. Perpanjang, lalu catat yang baru."


class PermitEndsWithin(Lack):
    message = "%(permit)s habis %(day)s, %(left)s hari sebelum masa pajang selesai (%(last)s)."


class LifeTooShort(Lack):
    message = (
        "Umur simpan %(days)s hari terlalu pendek: toko minta %(percent)s%% masih tersisa saat "
        "barang tiba, jadi barang harus tiba pada hari dibuat."
    )


class LifeUnknown(Lack):
    message = "Umur simpan belum diisi di lembar produk."


class NoShelf(Lack):
    message = "Tidak ada ruang rak yang dibuka di toko ini."


class NoShelfForCategory(Lack):
    message = "Tidak ada ambalan untuk %(category)s di toko ini."


class TooHigh(Lack):
    message = "Terlalu tinggi %(excess)s mm: ambalannya %(shelf)s mm."


class TooDeep(Lack):
    message = "Terlalu dalam %(excess)s mm: ambalannya %(shelf)s mm."


class TooWide(Lack):
    message = "Terlalu lebar %(excess)s mm untuk %(facings)s muka: ruangnya %(shelf)s mm."


class TooHeavy(Lack):
    message = "Terlalu berat %(over)s untuk %(facings)s muka: ambalan kuat %(shelf)s."

    def __init__(self, *, excess: int, facings: int, shelf: int) -> None:
        super().__init__(excess=excess, over=weight(excess), facings=facings, shelf=weight(shelf))


@dataclass(frozen=True)
class StoreFit:
    """How a product fits one store: on `shelf_id` with up to `most_facings`, or what is missing."""

    store_id: int
    shelf_id: int | None
    most_facings: int
    lacks: tuple[Lack, ...]

    @property
    def fits(self) -> bool:
        """Answer whether nothing is missing here."""
        return not self.lacks


@dataclass(frozen=True)
class Fit:
    """The whole answer; `lacks` hold for every store."""

    lacks: tuple[Lack, ...]
    stores: tuple[StoreFit, ...]

    @property
    def fits(self) -> bool:
        """Answer whether the product may be sent in for at least one store."""
        return not self.lacks and any(store.fits for store in self.stores)

    def fitting(self) -> set[int]:
        """Return the stores where it fits, if nothing else is missing."""
        return set() if self.lacks else {store.store_id for store in self.stores if store.fits}


def find_fit(
    goods: Goods,
    papers: Sequence[Paper],
    wanted: Wanted,
    spans: Iterable[Span],
    *,
    min_facings: int = 1,
) -> Fit:
    """Return how goods fit a call, store by store in the order of the spans."""
    by_store: dict[int, list[Span]] = {}
    for span in spans:
        by_store.setdefault(span.store_id, []).append(span)
    return Fit(
        lacks=tuple(_lacks_of_call(goods, papers, wanted)),
        stores=tuple(
            fit_store(goods, store_id, spans, min_facings=min_facings)
            for store_id, spans in by_store.items()
        ),
    )


def _lacks_of_call(goods: Goods, papers: Sequence[Paper], wanted: Wanted) -> Iterable[Lack]:
    if wanted.categories and goods.category not in wanted.categories:
        yield CategoryNotWanted(category=goods.category)
    for kind in wanted.permits:
        yield from _lacks_of_permit(kind, papers, wanted)
    if goods.category is not GoodsCategory.KERAJINAN:
        yield from _lacks_of_life(goods.shelf_life_days, wanted.min_life_bp)


def _lacks_of_permit(
    kind: SheetPermitKind, papers: Sequence[Paper], wanted: Wanted
) -> Iterable[Lack]:
    paper = longest_lasting(kind, papers)
    if paper is None:
        yield PermitNone(permit=kind)
    elif paper.expires_on is not None and not paper.is_valid_until(wanted.until_on):
        last = wanted.last_on
        if paper.expires_on < wanted.from_on:
            yield PermitEndsBefore(permit=paper.kind, day=paper.expires_on)
        else:
            left = (last - paper.expires_on).days
            yield PermitEndsWithin(permit=paper.kind, day=paper.expires_on, left=left, last=last)


def _lacks_of_life(days: int | None, min_life_bp: int) -> Iterable[Lack]:
    """Ask for at least one day between making and arriving."""
    if min_life_bp == 0:
        return
    if days is None:
        yield LifeUnknown()
    elif days * (WHOLE_BP - min_life_bp) < WHOLE_BP:
        yield LifeTooShort(days=days, percent=min_life_bp // 100)


def fit_store(
    goods: Goods, store_id: int, spans: Sequence[Span], *, min_facings: int = 1
) -> StoreFit:
    """Return the shelf of a store that takes most facings, or what the nearest one lacks."""
    right = [s for s in spans if not s.categories or goods.category in s.categories]
    if not right:
        lack = NoShelfForCategory(category=goods.category) if spans else NoShelf()
        return StoreFit(store_id, None, 0, (lack,))
    tried = [(span, tuple(_lacks_of_shelf(goods, span, min_facings))) for span in right]
    good = [(most_facings(goods, span), span.shelf_id) for span, lacks in tried if not lacks]
    if good:
        most, shelf_id = max(good, key=lambda one: (one[0], -one[1]))
        return StoreFit(store_id, shelf_id, most, ())
    nearest = min((lacks for _span, lacks in tried), key=_distance)
    return StoreFit(store_id, None, 0, nearest)


def _distance(lacks: tuple[Lack, ...]) -> tuple[int, int]:
    return len(lacks), sum(lack.excess for lack in lacks)


def _lacks_of_shelf(goods: Goods, span: Span, facings: int) -> Iterable[Lack]:
    if (excess := goods.height_mm - span.height_mm) > 0:
        yield TooHigh(excess=excess, shelf=span.height_mm)
    if (excess := goods.depth_mm - span.depth_mm) > 0:
        yield TooDeep(excess=excess, shelf=span.depth_mm)
    if (excess := facings * goods.width_mm - span.width_mm) > 0:
        yield TooWide(excess=excess, facings=facings, shelf=span.width_mm)
    if (excess := facings * weight_behind(goods, span) - span.load_g) > 0:
        yield TooHeavy(excess=excess, facings=facings, shelf=span.load_g)


def weight_behind(goods: Goods, span: Span) -> int:
    """Return the grams of one facing: as many one behind the other as the depth takes."""
    return span.depth_mm // goods.depth_mm * goods.weight_g


def most_facings(goods: Goods, span: Span) -> int:
    """Return how many stand side by side before width or load runs out."""
    by_width = span.width_mm // goods.width_mm
    behind = weight_behind(goods, span)
    return min(by_width, span.load_g // behind) if behind else by_width
