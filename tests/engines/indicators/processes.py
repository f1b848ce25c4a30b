"""Compiled releases for the indicator tests, in baht."""

from pathlib import Path
from typing import Any


def bid(tenderer: str, amount: float | None = None, status: str = "valid", **more: Any) -> dict[str, Any]:
    """A bid in baht."""
    value = {} if amount is None else {"value": {"amount": amount, "currency": "THB"}}
    return {"status": status, "tenderers": [{"id": tenderer}], **value, **more}


def award(supplier: str, amount: float | None = None, status: str = "active", **more: Any) -> dict[str, Any]:
    """An award in baht."""
    value = {} if amount is None else {"value": {"amount": amount, "currency": "THB"}}
    return {"status": status, "suppliers": [{"id": supplier}], **value, **more}


CASES = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "ocds" / "red-flag-indicators"


def settings_of(name: str) -> str:
    """The settings that the cases' README reads from a case's name."""
    code, *rest = name.split("-")
    lines = [
        "no_price_comparison_procurement_methods = NPC",
        "[exclusions]",
        "procurement_method_details = EXC",
    ]
    lines.append(f"[{code}]")
    if len(rest) == 2:
        lines.append(f"{rest[0]} = {rest[1].replace('+', '|')}")
    elif len(rest) > 2:
        lines.append(f"[{code}.{rest[0]}]")
        lines += [f"{key} = {value}" for key, value in zip(rest[1::2], rest[2::2], strict=True)]
    return "\n".join(lines)
