"""Which pictures are taken in, and who may see them."""

from enum import StrEnum


class PictureUse(StrEnum):
    PRODUCT = "product"
    STALL = "stall"
    PERMIT = "permit"
    PROOF = "proof"
    PROBLEM = "problem"


PUBLIC_USES = frozenset({PictureUse.PRODUCT, PictureUse.STALL})
WIDTHS = (160, 320, 800)
