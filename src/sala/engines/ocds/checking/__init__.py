"""Check releases, records and packages: structure, forms, codes, agreement with themselves, coverage."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any, Final

from sala.engines.ocds.batches import Batch
from sala.engines.ocds.checking import consistency, findings
from sala.engines.ocds.checking.findings import CLASSES, ERRORS, Finding, Issue, JsonPath, Summary
from sala.engines.ocds.checking.standard import (
    DEFAULT_VERSION,
    VERSIONS,
    Standard,
    from_files,
    official,
    read_codes,
    version_of,
)
from sala.engines.ocds.checking.structure import StructureCheck, find_empty
from sala.engines.ocds.coverage import CoverageCount
from sala.engines.ocds.errors import ReadError
from sala.engines.ocds.fields import Shape

__all__ = [
    "CLASSES",
    "DEFAULT_VERSION",
    "ERRORS",
    "VERSIONS",
    "Checker",
    "Finding",
    "Standard",
    "Summary",
    "from_files",
    "official",
    "read_codes",
    "version_of",
]

JsonObject = dict[str, Any]
_OCID_PREFIX: Final = re.compile(r"ocds-[a-z0-9]{6}")
# the part of an extension's address that tells it, underscores left out, where it is not its name
_EXTENSION_NAMES: Final = {
    "bids": "bid",
    "enquiries": "enquir",
    "participation_fee": "participationfee",
    "process_title": "processtitle",
    "budget_and_spend": "budgetandspend",
    "contract_suppliers": "contractsuppliers",
    "contract_completion": "contractcompletion",
    "performance_failures": "performancefailures",
    "transaction_milestones": "transactionmilestones",
}
_SHORT: Final = 200


class Checker:
    """Checks one publication, batch by batch; `summary` counts what was looked at and what was found.

    `standard` is what to check by; without it, the official schemas of the version that each package declares.
    `about` is what a package says about itself, for one so large that its words come after its contents.
    """

    def __init__(self, standard: Standard | None = None, about: JsonObject | None = None) -> None:
        self._given, self._about = standard, about
        self._standard = standard or official(DEFAULT_VERSION)
        self._declared: str | None = None
        self._seen: set[bytes] = set()
        self._in_package: set[bytes] = set()
        self._held = 0
        self._ocids: set[bytes] = set()
        self._used: Counter[str] = Counter()
        self._coverage = CoverageCount()
        self.summary = Summary()

    def check(self, batches: Iterable[Batch], unread: list[ReadError] | None = None) -> Iterator[Finding]:
        """Everything found, in the order of the text. Memory grows by some 100 bytes a release.

        `unread` is where the reader puts what is no JSON or no release (its `on_fault`); each becomes a finding.
        """
        for batch in batches:
            yield from self._tell_unread(unread)
            self._choose(batch)
            for number, item in enumerate(batch.items):
                for issue in self._check_item(batch, number, item):
                    yield self._place(batch, number, item, issue)
        yield from self._tell_unread(unread)
        self.summary.processes = len(self._ocids)
        self.summary.coverage = self._coverage.counts()

    def _tell_unread(self, unread: list[ReadError] | None) -> Iterator[Finding]:
        while unread:
            fault = unread.pop(0)
            self.summary.add(findings.VALIDATION, "unreadable")
            yield Finding(findings.VALIDATION, "unreadable", fault.line or 0, None, "", None, fault.reason)

    def _choose(self, batch: Batch) -> None:
        """Take the standard of the version that the batch's package declares, and its extensions."""
        if batch.kind == "package":
            about = batch.items[0] if isinstance(batch.items[0], dict) else None
        else:
            about = (
                batch.about if batch.about is None or "version" in batch.about else self._about or batch.about
            )
        if self._given is None:
            chosen = official(version_of(about))
            self.summary.is_misread |= (
                batch.kind == "package" and self._held > 0 and chosen is not self._standard
            )
            self._standard = chosen
        told = about.get("extensions") if about is not None else None
        listed = " ".join(map(str, told)).lower().replace("_", "") if isinstance(told, list) else ""
        self._declared = None if about is None else listed

    def _declares(self, extension: str) -> bool:
        # a profile brings several extensions that its address does not tell
        named = self._declared or ""
        return _EXTENSION_NAMES.get(extension, extension).lower() in named or "/profiles/" in named

    def _place(self, batch: Batch, number: int, item: Any, issue: Issue) -> Finding:
        self.summary.add(issue.group, issue.kind)
        above = batch.path_of(number) if batch.kind != "package" else ""
        inside = "/".join(map(str, issue.path))
        return Finding(
            issue.group,
            issue.kind,
            batch.line_of(number, issue.path),
            _ocid(item),
            f"{above}/{inside}" if above and inside else above or inside,
            _shorten(issue.value),
            issue.reason,
        )

    def _check_item(self, batch: Batch, number: int, item: Any) -> Iterator[Issue]:
        if batch.kind == "package":
            self.summary.packages += 1
            yield from self._check_package(item, batch.where)
            self._in_package.clear()
            self._held = 0
            return
        self._held += 1
        if not isinstance(item, dict):
            yield Issue(findings.VALIDATION, "object", (), item, "an object is expected here")
            yield from self._check_repeated(batch, ("",), [item])
            return
        self.summary.versions[self._standard.version] += 1
        self._count(item)
        if batch.kind == "record":
            self.summary.records += 1
            yield from self._check_record(item)
        else:
            self.summary.releases += 1
            yield from self._check_release(item)
        names = ("ocid",) if batch.kind == "record" else ("ocid", "id")
        if all(name in item for name in names):
            yield from self._check_repeated(batch, names, [item[name] for name in names])

    def _check_repeated(self, batch: Batch, names: tuple[str, ...], values: list[Any]) -> Iterator[Issue]:
        """A package's list must not hold the same release, or the same record, twice."""
        key = _mark(repr(values))
        if batch.where and key in self._in_package:
            same = f" (the same {' and '.join(names)})" if names[0] else ""
            reason = f"the package holds this {batch.kind} twice{same}"
            yield Issue(findings.VALIDATION, "uniqueItems", (), values[-1], reason)
        elif batch.kind == "release" and key in self._seen:
            reason = "another release of this process has the same id"
            yield Issue(findings.CONSISTENCY, "duplicate_release", (names[-1],), values[-1], reason)
        if batch.where:
            self._in_package.add(key)
        self._seen.add(key)

    def _count(self, item: JsonObject) -> None:
        self._coverage.add(item)
        ocid = _ocid(item)
        if ocid:
            self._ocids.add(_mark(ocid))

    def _check_structure(self, item: JsonObject, shape: Shape) -> Iterator[Issue]:
        walk = StructureCheck(self._standard.codelists, None if self._declared is None else self._declares)
        walk.check_object(item, shape)
        self.summary.extensions.update(walk.extensions)
        self._used.update(walk.extensions)
        yield from walk.issues

    def _check_release(self, release: JsonObject) -> Iterator[Issue]:
        yield from self._check_structure(release, self._standard.release)
        yield from _check_ocid(release)
        for path in find_empty(release):
            yield Issue(findings.EMPTY, "empty_field", path, None, "the field is there but holds nothing")
        yield from consistency.check_release(release)

    def _check_record(self, record: JsonObject) -> Iterator[Issue]:
        taken = {"releases", "compiledRelease"}
        if not self._standard.versioned_release.fields:
            taken.add("versionedRelease")  # nothing is known of its form
        flat = {name: value for name, value in record.items() if name not in taken}
        for issue in self._check_structure(flat, self._standard.record):
            # what has been taken out is looked at below
            if not (
                issue.kind == "required" and issue.path == () and issue.reason.split(" ", 1)[0] in record
            ):
                yield issue
        yield from _check_ocid(record)
        for path in find_empty(flat):
            yield Issue(findings.EMPTY, "empty_field", path, None, "the field is there but holds nothing")
        compiled = record.get("compiledRelease")
        if isinstance(compiled, dict):
            yield from _below(("compiledRelease",), self._check_compiled(compiled))
        elif "compiledRelease" in record:
            reason = "an object is expected here"
            yield Issue(findings.VALIDATION, "object", ("compiledRelease",), compiled, reason)
        if "releases" in record:
            yield from self._check_releases(record["releases"])

    def _check_compiled(self, compiled: JsonObject) -> Iterator[Issue]:
        yield from self._check_structure(compiled, self._standard.release)
        yield from _check_ocid(compiled)
        yield from consistency.check_release(compiled)

    def _check_releases(self, releases: Any) -> Iterator[Issue]:
        """A record links to all its releases or holds all of them (OCDS 1.1, "Records")."""
        path = ("releases",)
        if not isinstance(releases, list):
            yield Issue(findings.VALIDATION, "array", path, releases, "a list is expected here")
            return
        if not releases:
            yield Issue(findings.VALIDATION, "minItems", path, releases, "the list must not be empty")
        objects = [one for one in releases if isinstance(one, dict)]
        embedded = ["id" in one for one in objects]
        if any(embedded) and not all(embedded):
            reason = "some releases are linked and some are embedded"
            yield Issue(findings.VALIDATION, "oneOf", path, None, reason)
            return
        for number, release in enumerate(releases):
            place = (*path, number)
            if not isinstance(release, dict):
                yield Issue(findings.VALIDATION, "object", place, release, "an object is expected here")
            elif any(embedded):
                yield from _below(place, self._check_release(release))
            else:
                yield from _below(place, self._check_structure(release, self._standard.linked_release))

    def _check_package(self, package: Any, held: str) -> Iterator[Issue]:
        if not isinstance(package, dict):
            yield Issue(findings.VALIDATION, "object", (), package, "an object is expected here")
            return
        is_of_records = held == "records" or "records" in package
        shape = self._standard.record_package if is_of_records else self._standard.release_package
        for issue in self._check_structure(package, shape):
            # what the package holds has been taken out and checked piece by piece
            if not (issue.kind == "required" and held and issue.reason.startswith(f"{held} ")):
                yield issue
        if held and not self._held:
            yield Issue(findings.VALIDATION, "minItems", (held,), [], "the list must not be empty")
        yield from self._check_version(package)
        yield from self._undeclared()

    def _check_version(self, package: JsonObject) -> Iterator[Issue]:
        told = package.get("version")
        if self._given is None and isinstance(told, str) and told[:3] != self._standard.version:
            known = ", ".join(VERSIONS)
            reason = f"not a version that can be checked ({known}); checked as {self._standard.version}"
            yield Issue(findings.VALIDATION, "version", ("version",), told, reason)

    def _undeclared(self) -> Iterator[Issue]:
        """Extensions whose fields are used though the package does not name them."""
        for extension, count in sorted(self._used.items()):
            if not self._declares(extension):
                reason = (
                    f"{count} fields of the extension {extension} are used, which the package does not name"
                )
                yield Issue(findings.ADDITIONAL, "undeclared_extension", ("extensions",), extension, reason)
        self._used.clear()


def _check_ocid(item: JsonObject) -> Iterator[Issue]:
    ocid = item.get("ocid")
    if isinstance(ocid, str) and ocid and _OCID_PREFIX.match(ocid) is None:
        reason = "an ocid begins with ocds- and six letters or digits, the publisher's prefix"
        yield Issue(findings.CONFORMANCE, "ocds_prefixes_bad_format", ("ocid",), ocid, reason)


def _below(path: JsonPath, issues: Iterable[Issue]) -> Iterator[Issue]:
    for issue in issues:
        yield Issue(issue.group, issue.kind, (*path, *issue.path), issue.value, issue.reason)


def _ocid(item: Any) -> str | None:
    ocid = item.get("ocid") if isinstance(item, dict) else None
    return ocid if isinstance(ocid, str) else None


def _mark(text: str) -> bytes:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=12).digest()


def _shorten(value: Any) -> Any:
    """A value as it can be shown: whole where it is short, else its beginning or its size."""
    if isinstance(value, str):
        return value if len(value) <= _SHORT else value[:_SHORT] + "…"
    if not isinstance(value, dict | list) or len(str(value)) <= _SHORT:
        return value
    return f"{{{len(value)} fields}}" if isinstance(value, dict) else f"[{len(value)} elements]"
