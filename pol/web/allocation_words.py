"""Words for changes that hands made to an allocation."""

from pol.partnership.allocation.queries.edits import EditRow, SpotRow
from pol.web.language import gettext as _


def say_edit(edit: EditRow) -> str:
    """Say what was moved from where to where."""
    product, store = edit.product, edit.where.store_name
    if edit.before and edit.after:
        return _(
            "%(product)s di %(store)s dipindah: dari %(before)s, ke %(after)s.",
            product=product,
            store=store,
            before=_spot(edit.before),
            after=_spot(edit.after),
        )
    if edit.after:
        return _(
            "%(product)s di %(store)s diberi tempat: %(after)s.",
            product=product,
            store=store,
            after=_spot(edit.after),
        )
    return _(
        "%(product)s di %(store)s dikeluarkan dari tempatnya: %(before)s.",
        product=product,
        store=store,
        before=_spot(edit.where),
    )


def _spot(spot: SpotRow) -> str:
    return _(
        "%(fixture)s ambalan %(shelf)s, %(x)s mm dari kiri, %(facings)s muka",
        fixture=spot.fixture_code,
        shelf=spot.shelf_number,
        x=spot.x_mm,
        facings=spot.facings,
    )
