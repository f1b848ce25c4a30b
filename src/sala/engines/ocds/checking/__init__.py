"""Check releases, records and packages: structure, forms, codes, agreement with themselves, coverage."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any, Final

from sala.engines.ocds.batches import Batch
from sala.engines.ocds.checking import consistency, findings
from sala.engines.ocds.checking.findings import CLASSES, ERRORS, Finding, Issue, JsonPath, Summary
from sala.engines.ocds.checking.standard import Standard, built_in, from_files
from sala.engines.ocds.checking.structure import StructureCheck, find_empty
from sala.engines.ocds.coverage import CoverageCount
from sala.engines.ocds.fields import Shape

__all__ = ["CLASSES", "ERRORS", "Checker", "Finding", "Standard", "Summary", "built_in", "from_files"]

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
    """Checks one publication, batch by batch; `summary` counts what was looked at and what was found."""

    def __init__(self, standard: Standard | None = None) -> None:
        self._standard = standard or built_in()
        self._seen: set[bytes] = set()
        self._ocids: set[bytes] = set()
        self._used: Counter[str] = Counter()
        self._coverage = CoverageCount()
        self.summary = Summary()

    def check(self, batches: Iterable[Batch]) -> Iterator[Finding]:
        """Everything found, in the order of the text. Memory grows by some 100 bytes a release."""
        for batch in batches:
            for number, item in enumerate(batch.items):
                for issue in self._check_item(batch, item):
                    yield self._place(batch, number, item, issue)
        self.summary.processes = len(self._ocids)
        self.summary.coverage = self._coverage.counts()

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

    def _check_item(self, batch: Batch, item: Any) -> Iterator[Issue]:
        if not isinstance(item, dict):
            yield Issue(findings.VALIDATION, "object", (), item, "an object is expected here")
        elif batch.kind == "package":
            self.summary.packages += 1
            yield from self._check_package(item, batch.where)
        elif batch.kind == "record":
            self.summary.records += 1
            self._count(item)
            yield from self._check_record(item)
        else:
            self.summary.releases += 1
            self._count(item)
            yield from self._check_release(item)

    def _count(self, item: JsonObject) -> None:
        self._coverage.add(item)
        ocid = _ocid(item)
        if ocid:
            self._ocids.add(_mark(ocid))

    def _check_structure(self, item: JsonObject, shape: Shape) -> Iterator[Issue]:
        walk = StructureCheck(self._standard.codelists)
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
        key = _mark(f"{release.get('ocid')}\n{release.get('id')}")
        if key in self._seen and "id" in release:
            reason = "another release of this process has the same id"
            yield Issue(findings.CONSISTENCY, "duplicate_release", ("id",), release["id"], reason)
        self._seen.add(key)

    def _check_record(self, record: JsonObject) -> Iterator[Issue]:
        flat = {name: value for name, value in record.items() if name not in ("releases", "compiledRelease")}
        yield from self._check_structure(flat, self._standard.record)
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

    def _check_package(self, package: JsonObject, held: str) -> Iterator[Issue]:
        shape = self._standard.record_package if held == "records" else self._standard.release_package
        for issue in self._check_structure(package, shape):
            # what the package holds has been taken out and checked piece by piece
            if not (issue.kind == "required" and held and issue.reason.startswith(f"{held} ")):
                yield issue
        yield from self._undeclared(package)

    def _undeclared(self, package: JsonObject) -> Iterator[Issue]:
        """Extensions whose fields are used though the package does not name them."""
        told = package.get("extensions")
        declared = " ".join(map(str, told)).lower().replace("_", "") if isinstance(told, list) else ""
        for extension, count in sorted(self._used.items()):
            # a profile brings several extensions that its address does not tell
            if (
                _EXTENSION_NAMES.get(extension, extension).lower() not in declared
                and "/profiles/" not in declared
            ):
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
