"""Compiled releases for the indicator tests, in baht."""

from typing import Any


def bid(tenderer: str, amount: float | None = None, status: str = "valid", **more: Any) -> dict[str, Any]:
    """A bid in baht."""
    value = {} if amount is None else {"value": {"amount": amount, "currency": "THB"}}
    return {"status": status, "tenderers": [{"id": tenderer}], **value, **more}


def award(supplier: str, amount: float | None = None, status: str = "active", **more: Any) -> dict[str, Any]:
    """An award in baht."""
    value = {} if amount is None else {"value": {"amount": amount, "currency": "THB"}}
    return {"status": status, "suppliers": [{"id": supplier}], **value, **more}
