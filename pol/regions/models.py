"""The regency, its kecamatan and its desa or kelurahan, keyed by official code."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.regions.rules import RegionKind


class Region(Model):
    """A place with a Kemendagri code; names repeat, codes do not."""

    __tablename__ = "region"
    __table_args__ = (Index("ix_region_search_name", "search_name", "code"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[RegionKind] = mapped_column(enum_column(RegionKind))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    postal_code: Mapped[str | None]
    search_name: Mapped[str]
