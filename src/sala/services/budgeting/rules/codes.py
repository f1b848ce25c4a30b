"""Budget codes: cut by the profile of a fiscal year and a system, never by a length written into a program."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sala.core.digits import arabic_digits


class BadCode(ValueError):
    """A code that its profile cannot cut."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How the codes of one system are made in the years `first_year` to `last_year` (None: until told otherwise).

    `segments` are (name, digits) from left to right; `is_verified` says whether an official text was read.
    """

    system: str
    first_year: int
    last_year: int | None
    segments: tuple[tuple[str, int], ...]
    is_verified: bool
    source: str

    @property
    def length(self) -> int:
        """Digits of a whole code."""
        return sum(digits for _, digits in self.segments)


def read_profiles(rows: Iterable[dict[str, str]]) -> tuple[Profile, ...]:
    """Profiles from rows: system, first_year, last_year, segments ("ministry:2 agency:3"), verified, source."""
    return tuple(
        Profile(
            row["system"],
            int(row["first_year"]),
            int(row["last_year"]) if row["last_year"] else None,
            tuple(
                (name, int(digits)) for name, digits in (one.split(":") for one in row["segments"].split())
            ),
            row["verified"] == "yes",
            row["source"],
        )
        for row in rows
    )


def profile_for(profiles: Sequence[Profile], system: str, fiscal_year: int) -> Profile:
    """The profile of a system in a year; of several, the latest to begin. Raises BadCode where there is none."""
    found = [
        one
        for one in profiles
        if one.system == system
        and one.first_year <= fiscal_year
        and (one.last_year is None or fiscal_year <= one.last_year)
    ]
    if not found:
        raise BadCode(f"no profile of {system} for {fiscal_year}")
    return max(found, key=lambda one: one.first_year)


def cut_code(profile: Profile, code: str) -> dict[str, str]:
    """Segment -> its digits. Thai digits, blanks, hyphens and dots are taken as written. Raises BadCode."""
    plain = "".join(sign for sign in arabic_digits(code) if sign not in " -.")
    if not (plain.isascii() and plain.isdigit()):
        raise BadCode(f"{code!r} holds what is no digit")
    if len(plain) != profile.length:
        raise BadCode(f"{code!r} has {len(plain)} digits, {profile.length} in {profile.system}")
    parts, begins = {}, 0
    for name, digits in profile.segments:
        parts[name] = plain[begins : begins + digits]
        begins += digits
    return parts
