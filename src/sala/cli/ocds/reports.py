"""What `sala ocds check` prints: lines for people, or one JSON document written as findings come."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

import typer

from sala.engines.files import FileError
from sala.engines.ocds import Checker, Finding, Summary
from sala.engines.ocds.checking import CLASSES, ERRORS
from sala.engines.ocds.numbers import dumps

_TITLES: Final = {
    "validation_errors": "breaks the schema",
    "conformance_errors": "breaks a rule of the standard",
    "additional_closed_codelist_values": "code outside a closed codelist",
    "additional_open_codelist_values": "code outside an open codelist",
    "structure_warnings": "may merge wrongly",
    "additional_fields": "field not in the standard",
    "deprecated_fields": "deprecated field",
    "additional_checks": "empty field",
    "consistency": "contradicts itself",
}


def write_json(found: Iterator[Finding], checker: Checker) -> None:
    """`{"findings": [...], "verdicts": {...}, ...}`; findings are printed as they are found.

    The document is whole whatever happens: where reading stops, `stopped` says why, and FileError is raised.
    """
    sys.stdout.write('{"findings": [')
    separator, stopped = "\n", None
    try:
        for finding in found:
            row = asdict(finding)
            row["class"] = row.pop("group")
            sys.stdout.write(separator + dumps(row).decode())
            separator = ",\n"
    except FileError as problem:
        stopped = problem
    rest = json.dumps(_totals(checker.summary, stopped), ensure_ascii=False, indent=1)
    sys.stdout.write(f"\n],{rest[1:]}\n")
    if stopped is not None:
        raise stopped


def _totals(summary: Summary, stopped: FileError | None) -> dict[str, Any]:
    verdicts = {group: dict(summary.verdicts[group]) for group in CLASSES if group in summary.verdicts}
    return {
        "is_valid": not (summary.has_errors or summary.is_empty or summary.is_misread or stopped),
        "stopped": stopped and str(stopped),
        "verdicts": verdicts,
        "releases": summary.releases,
        "records": summary.records,
        "packages": summary.packages,
        "processes": summary.processes,
        "versions": dict(summary.versions),
        "extensions": dict(summary.extensions.most_common()),
        "coverage": dict(sorted(summary.coverage.items())),
    }


def write_text(found: Iterator[Finding], checker: Checker, *, limit: int, show_coverage: bool) -> None:
    """A line for each finding, at most `limit` of one kind at one field, then the totals."""
    shown: Counter[tuple[str, str, str]] = Counter()
    for finding in found:
        place = "/".join(part for part in finding.path.split("/") if not part.isdigit())
        key = (finding.group, finding.kind, place)
        shown[key] += 1
        if shown[key] <= limit:
            sys.stdout.write(_line(finding) + "\n")
        elif shown[key] == limit + 1:
            sys.stdout.write(f"  … and more of this kind at {place} (all of them with --json)\n")
    _write_totals(checker.summary, show_coverage)


def _line(finding: Finding) -> str:
    value = "" if finding.value is None else f" = {dumps(finding.value).decode()}"
    sort = "error" if finding.group in ERRORS else "note"
    where = f"line {finding.line}: {finding.ocid or '-'}: {finding.path or '(whole)'}"
    return f"{sort}: {where}{value}: {finding.reason}"


def _write_totals(summary: Summary, show_coverage: bool) -> None:
    typer.echo("")
    for group in CLASSES:
        for kind, count in summary.verdicts.get(group, Counter()).most_common():
            typer.echo(f"{count:>8}  {_TITLES[group]} ({group}: {kind})")
    typer.echo(
        f"{summary.releases} releases, {summary.records} records, {summary.packages} packages, "
        f"{summary.processes} contracting processes; {len(summary.coverage)} paths filled"
    )
    if show_coverage:
        whole = summary.coverage.get("", 0)
        for path, count in sorted(summary.coverage.items()):
            typer.echo(f"{count:>8}  {count / whole:>7.1%}  {path or '(whole)'}")
    if not summary.is_empty and not summary.is_misread:
        by = ", ".join(f"OCDS {version}" for version in sorted(summary.versions)) or "OCDS"
        typer.echo(f"The standard is {'broken' if summary.has_errors else 'kept'} ({by}).")
