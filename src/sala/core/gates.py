"""Who may enter a door: each view carries exactly one gate, and a shape test finds the view that has none."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from sala.core.actors import Actor
from sala.core.errors import Refused

View = TypeVar("View", bound=Callable[..., Any])


def actor_of(request: Any) -> Actor:
    """Who acts in this request; the site's middleware knows."""
    actor: Actor = request.actor
    return actor


def open_to_all(view: View) -> View:
    """Mark a view that anyone may enter, signed in or not."""
    view.gate = "open to all"  # type: ignore[attr-defined]  # views are functions; the gate is our own mark
    return view


def admits(check: Callable[[Actor], bool], *, code: str = "not_allowed") -> Callable[[View], View]:
    """A decorator: let only actors in for whom `check` holds; others get Refused (the web offers sign-in)."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            if not check(request.actor):
                raise Refused("sign_in_first" if not request.actor.is_signed_in else code)
            return view(request, *args, **kwargs)

        guarded.gate = getattr(check, "__name__", "check")  # type: ignore[attr-defined]  # see above
        return guarded  # type: ignore[return-value]  # same call signature as the view

    return decorate


def is_signed_in(actor: Actor) -> bool:
    """Someone who signed in, by whatever means."""
    return actor.is_signed_in


signed_in = admits(is_signed_in)
