"""What the first page shows: the doors, what is happening now, how the state is doing. Only reads."""

from django.utils.http import urlencode

from sala.web import navigation


def search_address(question: str) -> str:
    """The search page with this question; the first page where there is no search."""
    address = navigation.first_address("matters:search", "matters:list")
    return f"{address}?{urlencode({'q': question})}" if address else navigation.first_address("home")


def tracking_address(reference: str) -> str:
    """The tracking page of a reference."""
    return f"/m/{reference}"


def happening_now() -> list[object]:
    """The newest public facts, newest first."""
    return []


def first_page() -> dict[str, object]:
    """Everything the first page shows."""
    return {
        "doors": navigation.DOORS,
        "happening": happening_now(),
        "figures": [],
        "live_address": navigation.first_address("ledger:live", "live"),
    }
