"""How often is too often: the generic cell rate algorithm, and whose address a request comes from. Pure."""

import ipaddress
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# Below this share of its room a key is counted in this process alone, which costs no statement.
COUNTED_ALONE = 0.25


class Key(StrEnum):
    """By what a limit counts. ANYBODY is the whole site together."""

    ADDRESS = "address"
    PERSON = "person"
    CONTACT = "contact"
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `times` at once, and in the long run `times` per `seconds`."""

    times: int
    seconds: float

    @property
    def interval(self) -> float:
        """Seconds of room that one act takes."""
        return self.seconds / self.times

    def times_more(self, factor: int) -> "Rate":
        """The same rate, `factor` times as generous."""
        return Rate(self.times * factor, self.seconds)


@dataclass(frozen=True, slots=True)
class Policy:
    """The limits of one act: a rate for each key that counts it.

    Addresses need generous rates: a whole district may stand behind one address of a mobile network.
    A strict policy is counted together by all processes from the first act on.
    """

    act: str
    rates: Mapping[Key, Rate]
    is_strict: bool = False


@dataclass(slots=True)
class Bucket:
    """What one process knows of one key: when the room is whole again, what others were not told yet."""

    full_at: float = 0.0
    unshared: float = field(default=0.0)


def take(
    bucket: Bucket,
    rate: Rate,
    *,
    now: float,
    is_strict: bool,
    share: Callable[[float], float],
) -> tuple[float, float]:
    """Take room for one act: (seconds to wait, 0 if it may happen; share of the room used afterwards).

    `now` and `Bucket.full_at` are seconds of one clock. `share(seconds)` adds what this process has taken to
    what all processes share and returns when the shared room is whole again; it is called only for keys
    that are well used and not already known to be full, so that a flood costs no statements.
    After: Bennett's generic cell rate algorithm (ITU-T I.371), in the form "theoretical arrival time".
    """
    full_at = max(bucket.full_at, now)
    used = (full_at + rate.interval - now) / rate.seconds
    if used <= 1 and (is_strict or used > COUNTED_ALONE):
        full_at = max(full_at, share(bucket.unshared))
        bucket.unshared = 0.0
        used = (full_at + rate.interval - now) / rate.seconds
    bucket.full_at = full_at
    # A hair of tolerance: adding the interval `times` times may pass the whole by a rounding.
    if used > 1 + 1e-9:
        return max(full_at + rate.interval - now - rate.seconds, 1e-3), 1.0
    bucket.full_at = full_at + rate.interval
    bucket.unshared += rate.interval
    return 0.0, used


def whole_seconds(wait: float) -> int:
    """A waiting time for people and for Retry-After: whole seconds, at least one."""
    return max(1, math.ceil(wait))


def client_address(remote: str, forwarded_for: str, *, proxies: int) -> str | None:
    """The address a request comes from, as far as it can be believed; None if there is none.

    Behind `proxies` of our own, each appends the address it saw to X-Forwarded-For: the one we can believe is
    that many places from the right; what stands left of it anybody may have written.
    """
    chain = [part.strip() for part in forwarded_for.split(",") if part.strip()]
    believed = chain[-proxies] if 0 < proxies <= len(chain) else remote
    try:
        return str(ipaddress.ip_address(believed.strip()))
    except ValueError:
        return None


def network_of(address: str) -> str:
    """What is counted as one neighbour: an IPv4 address, or the /64 that one IPv6 subscriber is given."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
