"""The standard to check against: the official schemas that come with Sala, or those of another folder.

Of 1.0, which has been replaced since 2017, no files come with Sala; its types are in `model/ocds_1_0.py`.
"""

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from sala.engines.ocds.codelists import CODELISTS
from sala.engines.ocds.errors import SchemaError
from sala.engines.ocds.fields import Shape, add_extensions, shape_from_schema, shape_of
from sala.engines.ocds.model import ocds_1_0
from sala.engines.ocds.model import release as model

#: Versions that a package may declare -> the folder that holds their official files, if any.
VERSIONS: Final = {"1.0": "", "1.1": "1.1", "1.2": "1.2-draft"}
DEFAULT_VERSION: Final = "1.1"
_RELEASE, _RECORD = "release-schema.json", "record-schema.json"
_RELEASES, _RECORDS = "release-package-schema.json", "record-package-schema.json"
_VERSIONED: Final = "versioned-release-validation-schema.json"
_MAJOR_MINOR: Final = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Standard:
    """Shapes of what may be published, and the codes of each codelist."""

    version: str
    release: Shape
    record: Shape
    linked_release: Shape
    versioned_release: Shape
    release_package: Shape
    record_package: Shape
    codelists: Mapping[str, frozenset[str]]


def version_of(package: Mapping[str, Any] | None) -> str:
    """The version that a package declares, 1.1 where it declares none that we know."""
    told = package.get("version") if package else None
    found = _MAJOR_MINOR.match(told) if isinstance(told, str) else None
    return found.group() if found and found.group() in VERSIONS else DEFAULT_VERSION


@cache
def official(version: str) -> Standard:
    """The official schemas of a version (a key of VERSIONS), with the fields of the extensions that we know."""
    if not VERSIONS[version]:
        return _ocds_1_0()
    folder = resources.files("sala.engines.ocds").joinpath("standard", VERSIONS[version])
    schemas = {
        one.name: json.loads(one.read_text("utf-8")) for one in folder.iterdir() if one.name.endswith(".json")
    }
    lists = {
        one.name.removesuffix(".csv"): read_codes(one.name, one.read_text("utf-8"))
        for one in folder.joinpath("codelists").iterdir()
    }
    standard = from_files(schemas, lists, version=version)
    add_extensions(standard.release, shape_of(model.Release))
    return standard


def _ocds_1_0() -> Standard:
    return Standard(
        version="1.0",
        release=shape_of(ocds_1_0.Release),
        record=shape_of(ocds_1_0.Record),
        linked_release=shape_of(ocds_1_0.LinkedRelease),
        versioned_release=Shape("VersionedRelease"),
        release_package=shape_of(ocds_1_0.ReleasePackage),
        record_package=shape_of(ocds_1_0.RecordPackage),
        codelists=ocds_1_0.CODES,
    )


def read_codes(name: str, text: str) -> frozenset[str]:
    """The codes of an official codelist. Raises SchemaError where it has no column Code."""
    table = csv.DictReader(io.StringIO(text, newline=""))
    if "Code" not in (table.fieldnames or ()):
        raise SchemaError(f"{name} has no column Code")
    return frozenset(row["Code"] for row in table)


def from_files(
    schemas: Mapping[str, Any], codelists: Mapping[str, frozenset[str]], *, version: str = DEFAULT_VERSION
) -> Standard:
    """The standard that official files describe.

    `schemas`: file name -> its JSON; `release-schema.json` must be there, the others are taken from the official
    1.1 where they are not. `codelists`: name without ending -> codes. Raises SchemaError where the files do not
    fit together.
    """
    if _RELEASE not in schemas:
        raise SchemaError(f"there is no {_RELEASE}")
    release = shape_from_schema("Release", schemas[_RELEASE], {})
    others = {f"/{_RELEASE}": release, f"/{_VERSIONED}": Shape("VersionedRelease")}
    if _VERSIONED in schemas:
        others[f"/{_VERSIONED}"] = shape_from_schema("VersionedRelease", schemas[_VERSIONED], {})
    if _RECORD in schemas:
        others[f"/{_RECORD}"] = shape_from_schema("Record", schemas[_RECORD], others)
    releases, records = _packages(schemas, others)
    record = _below(records, "records") or others.get(f"/{_RECORD}") or Shape("Record")
    return Standard(
        version,
        release,
        record,
        _linked_release(schemas),
        others[f"/{_VERSIONED}"],
        releases,
        records,
        {**CODELISTS, **codelists},
    )


def _packages(schemas: Mapping[str, Any], others: Mapping[str, Shape]) -> tuple[Shape, Shape]:
    if _RELEASES in schemas and _RECORDS in schemas:
        return (
            shape_from_schema("ReleasePackage", schemas[_RELEASES], others),
            shape_from_schema("RecordPackage", schemas[_RECORDS], others),
        )
    ours = official(DEFAULT_VERSION)
    return ours.release_package, ours.record_package


def _below(shape: Shape, name: str) -> Shape | None:
    return shape.fields[name].below if name in shape.fields else None


def _linked_release(schemas: Mapping[str, Any]) -> Shape:
    """What a record's link to a release looks like: the first of the two forms its schema allows."""
    for name, schema in ((_RECORD, schemas.get(_RECORD)), (_RECORDS, schemas.get(_RECORDS))):
        if schema is None:
            continue
        record = schema if name == _RECORD else schema.get("definitions", {}).get("record", {})
        forms = record.get("properties", {}).get("releases", {}).get("oneOf")
        if forms:
            return shape_from_schema("LinkedRelease", schema, {}, place=forms[0]["items"])
    return official(DEFAULT_VERSION).linked_release if _RELEASES not in schemas else Shape("LinkedRelease")
