"""Tables of agreements between a producer and a retailer."""

from pol.partnership.agreements.models.agreement import Agreement, AgreementCharge, Signature

__all__ = ["Agreement", "AgreementCharge", "Signature"]
