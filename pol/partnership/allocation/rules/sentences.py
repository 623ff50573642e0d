"""Why a wanted place was not given, in words that the applicant can check."""

from collections import Counter
from dataclasses import dataclass, field

from pol.kernel.money import Rupiah
from pol.kernel.text import weight
from pol.partnership.allocation.rules import formulas
from pol.partnership.allocation.rules.formulas import Misfit
from pol.partnership.allocation.rules.instance import Application, Instance, Shelf
from pol.partnership.allocation.rules.result import Reason, Refusal

STEPS = (Misfit.CATEGORY, Misfit.HEIGHT, Misfit.DEPTH, Misfit.WIDTH, Misfit.LOAD)


@dataclass(frozen=True)
class Scene:
    """Everything that a sentence about one store may lean on."""

    instance: Instance
    shelves: dict[str, list[Shelf]]
    boards: dict[str, list[tuple[Application, int]]]
    """What stands on each shelf, by the shelf's id."""
    used: dict[str, int]
    """Thousandths of a unit that each application's placements sell already."""
    producers: dict[tuple[str, str], int]
    """Placements by (store, producer)."""
    placed: set[tuple[str, str]]
    """(application, store) of every placement."""
    owed: set[str] = field(default_factory=set)
    """The kecamatan that would lack a place if one of theirs went: their floor."""
    by_hand: frozenset[str] = frozenset()
    """Shelves on which a hand has put something, so that values alone explain less."""


def scene_of(
    instance: Instance,
    boards: dict[str, list[tuple[Application, int]]],
    *,
    by_hand: frozenset[str] = frozenset(),
) -> Scene:
    """Return what sentences lean on, from what stands on each shelf with how many facings."""
    scene = Scene(instance, {}, boards, {}, {}, set(), by_hand=by_hand)
    of_kecamatan: Counter[str] = Counter()
    for shelf in instance.shelves:
        scene.shelves.setdefault(shelf.store, []).append(shelf)
        for application, facings in boards.get(shelf.id, ()):
            made = formulas.units(application, shelf, facings)
            scene.used[application.id] = scene.used.get(application.id, 0) + made
            key = (shelf.store, application.producer)
            scene.producers[key] = scene.producers.get(key, 0) + 1
            scene.placed.add((application.id, shelf.store))
            of_kecamatan[application.kecamatan] += 1
    floors = formulas.floors(instance)
    scene.owed.update(name for name, count in of_kecamatan.items() if count <= floors[name])
    return scene


def explain(scene: Scene, application: Application, store: str) -> Refusal:
    """Return the refusal of one wanted store; the reason is the first that binds there."""
    shelves = scene.shelves.get(store, [])
    named = scene.instance.name_of(store, "Toko")
    if not shelves:
        return _refuse(application, store, Reason.NO_SHELF, f"{named} tidak membuka ruang rak.")
    open_shelves = [s for s in shelves if formulas.find_misfit(application, s) is None]
    if not open_shelves:
        return _misfit(application, store, shelves, named)
    able = [s for s in open_shelves if _spare(scene, application) >= _least_units(application, s)]
    if not able:
        return _capacity(scene, application, store, open_shelves, named)
    most = scene.instance.per_producer_per_store
    if scene.producers.get((store, application.producer), 0) >= most:
        message = f"{named} sudah memuat {most} produk Anda, batas untuk satu produsen."
        return _refuse(application, store, Reason.PRODUCER, message)
    return _full(scene, application, store, able)


def _refuse(application: Application, store: str, reason: Reason, message: str) -> Refusal:
    return Refusal(application.id, store, reason, message)


def _misfit(application: Application, store: str, shelves: list[Shelf], named: str) -> Refusal:
    """Name the measure that stops the product on the shelf where it comes furthest."""
    found = [(formulas.find_misfit(application, shelf), shelf) for shelf in shelves]
    last = max(STEPS.index(misfit) for misfit, _ in found if misfit)
    near = [shelf for misfit, shelf in found if misfit == STEPS[last]]
    least = application.min_facings
    wide = least * application.width_mm
    heavy, load = max((s.load_g, -formulas.load(application, s, least)) for s in near)
    reason, message = {
        Misfit.CATEGORY: (
            Reason.CATEGORY,
            f'Tidak ada rak di {named} untuk kategori "{application.category}".',
        ),
        Misfit.HEIGHT: (
            Reason.TOO_HIGH,
            f"Produk setinggi {application.height_mm} mm, ruang rak yang cocok di {named} paling "
            f"tinggi {max(s.height_mm for s in near)} mm.",
        ),
        Misfit.DEPTH: (
            Reason.TOO_DEEP,
            f"Produk sedalam {application.depth_mm} mm, rak yang cocok di {named} paling dalam "
            f"{max(s.depth_mm for s in near)} mm.",
        ),
        Misfit.WIDTH: (
            Reason.TOO_WIDE,
            f"{least} muka produk selebar {wide} mm, rak yang cocok di {named} paling lebar "
            f"{max(s.width_mm for s in near)} mm.",
        ),
        Misfit.LOAD: (
            Reason.TOO_HEAVY,
            f"{least} muka produk memberi beban {weight(-load)}, rak yang cocok di {named} "
            f"menahan {weight(heavy)}.",
        ),
    }[STEPS[last]]
    return _refuse(application, store, reason, message)


def _capacity(
    scene: Scene, application: Application, store: str, shelves: list[Shelf], named: str
) -> Refusal:
    least = min(_least_units(application, shelf) for shelf in shelves)
    spare = _spare(scene, application)
    if spare == application.capacity_milli_units:
        message = (
            f"Kapasitas produksi {_units(spare)} unit seminggu kurang dari perkiraan penjualan "
            f"{_units(least)} unit di {named}."
        )
    else:
        message = (
            f"Kapasitas produksi tersisa {_units(spare)} unit seminggu karena sudah terpakai di "
            f"toko lain; {named} memerlukan {_units(least)} unit."
        )
    return _refuse(application, store, Reason.CAPACITY, message)


def _full(scene: Scene, application: Application, store: str, shelves: list[Shelf]) -> Refusal:
    """Speak of width, then of load; then of a place that is free: worth nothing, or left free."""
    takeable = _takeable(scene, application, shelves)
    if not takeable:
        least = application.min_facings
        best = max(shelves, key=lambda shelf: formulas.value(application, shelf, least))
        return _shelf_full(scene, application, store, best)
    shelf, facings = min(takeable, key=lambda each: formulas.load(application, each[0], each[1]))
    if all(formulas.load(application, s, f) > _free_load(scene, s) for s, f in takeable):
        needed = formulas.load(application, shelf, facings)
        message = (
            f"{_named(scene.instance, shelf)} masih menahan {weight(_free_load(scene, shelf))}; "
            f"{facings} muka produk Anda memerlukan {weight(needed)}."
        )
        return _refuse(application, store, Reason.LOAD_FULL, message)
    if any(
        formulas.value(application, s, f)
        and formulas.load(application, s, f) <= _free_load(scene, s)
        for s, f in takeable
    ):
        return _left_free(scene, application, store, [s for s, _ in takeable])
    message = "Perkiraan nilai penjualan produk Anda di rak yang masih kosong Rp0 seminggu."
    return _refuse(application, store, Reason.NO_VALUE, message)


def _takeable(
    scene: Scene, application: Application, shelves: list[Shelf]
) -> list[tuple[Shelf, int]]:
    """Return the shelves, and facings there, for which there is width and capacity left."""
    spare = _spare(scene, application)
    return [
        (shelf, facings)
        for shelf in shelves
        for facings in formulas.facings_range(application)
        if formulas.units(application, shelf, facings) <= spare
        and facings * application.width_mm + scene.instance.gap_mm <= _free_width(scene, shelf)
    ]


def _left_free(scene: Scene, application: Application, store: str, shelves: list[Shelf]) -> Refusal:
    """Say that there is room, which only a hand can have made after the computation."""
    shelf = max(shelves, key=lambda each: _free_width(scene, each))
    free = _free_width(scene, shelf) - scene.instance.gap_mm
    message = (
        f"{_named(scene.instance, shelf)} masih punya ruang {free} mm sesudah perubahan oleh toko, "
        "dan toko belum memberikannya kepada siapa pun."
    )
    return _refuse(application, store, Reason.LEFT_FREE, message)


def _shelf_full(scene: Scene, application: Application, store: str, shelf: Shelf) -> Refusal:
    """Compare values, or values per centimetre, whichever shows why; or tell the room left."""
    least = application.min_facings
    mine = formulas.value(application, shelf, least)
    stands = scene.boards.get(shelf.id, [])
    named = _named(scene.instance, shelf)
    lowest = min((formulas.value(a, shelf, f) for a, f in stands), default=0)
    per_cm = mine * 10 // (least * application.width_mm)
    lowest_cm = min(
        (formulas.value(a, shelf, f) * 10 // (f * a.width_mm) for a, f in stands), default=0
    )
    if mine < lowest:
        why = f"nilai Anda {Rupiah(mine)}, nilai terendah yang masuk {Rupiah(lowest)}"
    elif per_cm < lowest_cm:
        why = (
            f"nilai Anda {Rupiah(per_cm)} per sentimeter, "
            f"terendah yang masuk {Rupiah(lowest_cm)} per sentimeter"
        )
    else:
        free = max(0, _free_width(scene, shelf) - scene.instance.gap_mm)
        why = (
            f"nilai Anda {Rupiah(mine)} memerlukan {least * application.width_mm} mm, tersisa "
            f"{free} mm, dan {_why_others(scene, shelf, mine)}"
        )
    return _refuse(application, store, Reason.SHELF_FULL, f"{named} penuh: {why}.")


def _why_others(scene: Scene, shelf: Shelf, mine: int) -> str:
    """Say what holds a shelf although no single value there explains it."""
    if shelf.id in scene.by_hand:
        return "toko mengubah susunannya saat memeriksa hasil"
    stands = scene.boards.get(shelf.id, [])
    if any(a.kecamatan in scene.owed and formulas.value(a, shelf, f) < mine for a, f in stands):
        return "tempat yang nilainya lebih rendah di situ memenuhi jatah kecamatannya"
    floor = ", jatah kecamatan ikut dihitung" if scene.instance.kecamatan_floor else ""
    return f"susunan yang dipilih bernilai lebih tinggi di semua toko bersama{floor}"


def _named(instance: Instance, shelf: Shelf) -> str:
    named = instance.name_of(shelf.id, "Rak")
    return f"{named} {instance.name_of(shelf.store, 'Toko')}"


def _units(milli: int) -> str:
    """Return thousandths as Indonesians write them."""
    return f"{milli / 1000:.3f}".rstrip("0").rstrip(".").replace(".", ",")


def _spare(scene: Scene, application: Application) -> int:
    return application.capacity_milli_units - scene.used.get(application.id, 0)


def _least_units(application: Application, shelf: Shelf) -> int:
    return min(
        formulas.units(application, shelf, f)
        for f in formulas.facings_range(application)
        if f * application.width_mm <= shelf.width_mm
        and formulas.load(application, shelf, f) <= shelf.load_g
    )


def _free_width(scene: Scene, shelf: Shelf) -> int:
    gap = scene.instance.gap_mm
    taken = sum(f * a.width_mm + gap for a, f in scene.boards.get(shelf.id, []))
    return shelf.width_mm + gap - taken


def _free_load(scene: Scene, shelf: Shelf) -> int:
    stands = scene.boards.get(shelf.id, [])
    return shelf.load_g - sum(formulas.load(a, shelf, f) for a, f in stands)
