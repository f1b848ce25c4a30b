"""Compiled releases for the `sala indicators` commands: a JSON object a line, with its number."""

from collections.abc import Iterator
from typing import Any, cast

from sala.cli import tables
from sala.cli.ending import refuse, tell
from sala.engines import files, ocds
from sala.engines.files.encodings import MARK
from sala.engines.files.errors import label_of
from sala.engines.ocds.numbers import find_inexact, may_round

_MARK = MARK.encode()


def processes(path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, compiled release) of a file with one JSON object a line; a bad line ends the command."""
    label, rounded = label_of(path), 0
    with tables.watched(path, "reading") as advance, files.open_bytes(path, advance=advance) as stream:
        for number, line in enumerate(files.to_utf8(stream, label), start=1):
            if not line.strip():
                continue
            value = _process(line, number, label)
            if may_round(line):
                rounded += _tell_of_digits(value, f"{label}: line {number}", rounded)
            for process in _unpacked(value, f"{label}: line {number}"):
                yield number, process
    if rounded > 1:
        tell(f"{label}: {rounded} such numbers in all")


def _tell_of_digits(value: dict[str, Any], where: str, before: int) -> int:
    """Say once that numbers beyond exact counting are left out of it; how many there are in this line."""
    found = list(find_inexact(value))
    if found and not before:
        path, number = found[0]
        place = "/".join(map(str, path))
        tell(
            f"{where}: {place} is {number}, more digits than can be counted exactly; such numbers count as missing"
        )
    return len(found)


def _unpacked(value: dict[str, Any], where: str) -> list[dict[str, Any]]:
    """The contracting processes of a line: itself, or what a package on one line holds."""
    if isinstance(value.get("records"), list):
        found = (_of_record(record, where) for record in value["records"] if isinstance(record, dict))
        return [process for process in found if process is not None]
    if not isinstance(value.get("releases"), list):
        return [value]
    by_ocid: dict[str, list[dict[str, Any]]] = {}
    for release in value["releases"]:
        if isinstance(release, dict):
            by_ocid.setdefault(str(release.get("ocid")), []).append(release)
    return [_compiled(releases, where) for releases in by_ocid.values()]


def _of_record(record: dict[str, Any], where: str) -> dict[str, Any] | None:
    """The compiled release of a record, or one made of the releases it holds; None where it only links."""
    if isinstance(record.get("compiledRelease"), dict):
        return cast(dict[str, Any], record["compiledRelease"])
    listed = record.get("releases")
    held = (
        [one for one in listed if isinstance(one, dict) and "ocid" in one] if isinstance(listed, list) else []
    )
    return _compiled(held, where) if held else None


def _compiled(releases: list[dict[str, Any]], where: str) -> dict[str, Any]:
    """One process of its releases; a single one is taken as it is."""
    if len(releases) == 1:
        return releases[0]
    try:
        return ocds.compile_release(releases, ocds.rules_for(releases))
    except ocds.MergeError as problem:
        refuse(f"{where}: {releases[0].get('ocid')}: {problem}")


def _process(line: bytes, number: int, label: str) -> dict[str, Any]:
    hint = "; a file of another layout is turned into lines by `sala ocds compile`" if number == 1 else ""
    try:
        # files put one after another carry marks at the beginning of later lines
        value = ocds.parse(line.removeprefix(_MARK), number)
    except ocds.ReadError as problem:
        refuse(f"{label}: {problem}{hint}")
    if not isinstance(value, dict):
        refuse(f"{label}: line {number}: a contracting process is a JSON object{hint}")
    return value
