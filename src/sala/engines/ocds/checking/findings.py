"""What a check finds: where, what value, why, and in which class of verdicts it belongs."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

JsonPath = tuple[str | int, ...]

# The class names are those of libcoveocds, so that verdicts can be laid side by side; the last is ours.
VALIDATION: Final = "validation_errors"
CONFORMANCE: Final = "conformance_errors"
CLOSED_CODES: Final = "additional_closed_codelist_values"
OPEN_CODES: Final = "additional_open_codelist_values"
STRUCTURE: Final = "structure_warnings"
ADDITIONAL: Final = "additional_fields"
DEPRECATED: Final = "deprecated_fields"
EMPTY: Final = "additional_checks"
CONSISTENCY: Final = "consistency"
CLASSES: Final = (
    VALIDATION,
    CONFORMANCE,
    CLOSED_CODES,
    OPEN_CODES,
    STRUCTURE,
    ADDITIONAL,
    DEPRECATED,
    EMPTY,
    CONSISTENCY,
)
ERRORS: Final = frozenset({VALIDATION, CONFORMANCE, CLOSED_CODES})


@dataclass(frozen=True, slots=True)
class Issue:
    """Something wrong inside one release, record or package; `path` is inside it."""

    group: str
    kind: str
    path: JsonPath
    value: Any
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """An issue with its place in the whole text."""

    group: str
    kind: str
    line: int
    ocid: str | None
    path: str
    value: Any
    reason: str


@dataclass(slots=True)
class Summary:
    """How much was looked at, and how often each kind of finding came up in each class.

    `versions`: version of OCDS -> releases and records checked by it. `is_misread` where a package declared its
    version only after contents that had been checked by another one.
    """

    releases: int = 0
    records: int = 0
    packages: int = 0
    processes: int = 0
    verdicts: dict[str, Counter[str]] = field(default_factory=dict)
    extensions: Counter[str] = field(default_factory=Counter)
    versions: Counter[str] = field(default_factory=Counter)
    is_misread: bool = False
    coverage: dict[str, int] = field(default_factory=dict)

    def add(self, group: str, kind: str) -> None:
        """Count one finding."""
        self.verdicts.setdefault(group, Counter())[kind] += 1

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to check: no release, no record, no package."""
        return not (self.releases or self.records or self.packages)

    @property
    def has_errors(self) -> bool:
        """Whether anything was found that OCDS does not allow."""
        return not ERRORS.isdisjoint(self.verdicts)
