"""On which of our ledger accounts a customer's money arrives."""


def arrival_account(*, market_id: int, stall_id: int | None) -> str:
    """Return the account: a stall that is paid directly holds the money for the operator."""
    return f"cash:stall:{stall_id}" if stall_id is not None else f"bank:market:{market_id}"
