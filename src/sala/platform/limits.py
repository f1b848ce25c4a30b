"""Rate limits for every door: counted in this process, and told to the database only when it matters."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from sala.core.errors import TooMany
from sala.core.gates import actor_of
from sala.core.rates import (
    Bucket,
    Key,
    Policy,
    Rate,
    client_address,
    network_of,
    take,
    whole_seconds,
)
from sala.platform import seals

__all__ = ["Key", "Policy", "Rate", "address_of", "forget_everything", "require_room", "require_room_for"]

# About 20 MB at most; the key unused for longest goes first.
MAX_KEYS = 100_000


def _nobody_shares(key: str, taken: float, now: float) -> float:
    # A limit that quietly counted for one process alone would promise what it does not hold.
    raise RuntimeError("platform.limits.share_room was not filled; site/subscriptions.py does it at start-up")


# (digest of a key, seconds taken, now in seconds) -> when the room that all processes share is whole again. A slot:
# the table stands in a box, identity fills it.
share_room: Callable[[str, float, float], float] = _nobody_shares

_buckets: OrderedDict[str, Bucket] = OrderedDict()
_lock = Lock()
# A key's count changes under one of these, so that two threads do not both take the last place.
_turns = tuple(Lock() for _ in range(64))


@dataclass(frozen=True, slots=True)
class Room:
    """What is left after an act was let through: `used` is the share of the fullest key, whose rate is `rate`.

    A service that would rather set something aside silently than refuse it (spam) looks at `used`, 0 to 1.
    """

    used: float
    act: str = ""
    rate: Rate | None = None

    def write_on(self, response: HttpResponse) -> None:
        """Tell a program what is left: RateLimit fields for HTTP (IETF draft-ietf-httpapi-ratelimit-headers-10)."""
        if self.rate is None:
            return
        left = int(self.rate.times * (1 - self.used) + 1e-9)
        response["RateLimit-Policy"] = f'"{self.act}";q={self.rate.times};w={round(self.rate.seconds)}'
        response["RateLimit"] = f'"{self.act}";r={left};t={whole_seconds(self.used * self.rate.seconds)}'


class AskTogether(Exception):
    """This process alone cannot say whether there is room: a key is well used, and all processes must be asked."""


def _alone(key: str, taken: float, now: float) -> float:
    raise AskTogether


def require_room(policy: Policy, keys: Mapping[Key, str], *, now: datetime, is_alone: bool = False) -> Room:
    """Let one act through, or raise TooMany with `retry_after` (seconds).

    `keys` gives the value for each key that is known; a key without a value is not counted. Call it at the
    door, before the action, so that a refused act opens no transaction. With `is_alone` it never asks the database
    (for a door that must not wait) and raises AskTogether where it would have to; asked again without, it says.
    """
    share = _alone if is_alone else share_room
    room = Room(0.0)
    for key, told in policy.rates.items():
        value = "all" if key is Key.ANYBODY else keys.get(key)
        if not value:
            continue
        rate = told.times_more(settings.LIMITS_FACTOR)
        wait, used = _take(policy, key, value, rate, now.timestamp(), share)
        if wait:
            raise TooMany("too_many", retry_after=whole_seconds(wait), act=policy.act)
        room = max(room, Room(used, policy.act, rate), key=lambda each: each.used)
    return room


def require_room_for(request: HttpRequest, policy: Policy, *, now: datetime, contact: str = "") -> Room:
    """`require_room` with the address and the person of a request; `contact` in its normal form, if known."""
    person_id = actor_of(request).person_id
    address = address_of(request)
    keys = {
        Key.ADDRESS: network_of(address) if address else "",
        Key.PERSON: str(person_id or ""),
        Key.CONTACT: contact,
    }
    return require_room(policy, keys, now=now)


def address_of(request: HttpRequest) -> str | None:
    """The address a request comes from, as far as our own proxies vouch for it."""
    return client_address(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        proxies=settings.TRUSTED_PROXIES,
    )


def forget_everything() -> None:
    """Forget what this process has counted; between tests."""
    with _lock:
        _buckets.clear()


def _take(
    policy: Policy, key: Key, value: str, rate: Rate, now: float, share: Callable[[str, float, float], float]
) -> tuple[float, float]:
    # Addresses and contacts are kept as digests, in memory and in the table.
    digest = seals.digest("limits", policy.act, key, value)

    with _turns[int(digest[:4], 16) % len(_turns)]:
        return take(
            _bucket(digest),
            rate,
            now=now,
            is_strict=policy.is_strict,
            share=lambda taken: share(digest, taken, now),
        )


def _bucket(digest: str) -> Bucket:
    with _lock:
        bucket = _buckets.get(digest)
        if bucket is None:
            bucket = _buckets[digest] = Bucket()
            if len(_buckets) > MAX_KEYS:
                _buckets.popitem(last=False)
        else:
            _buckets.move_to_end(digest)
        return bucket
