"""The standard to check against: the built-in one, or one read from an official schema folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sala.engines.ocds.codelists import CODELISTS
from sala.engines.ocds.errors import SchemaError
from sala.engines.ocds.fields import Shape, shape_from_schema, shape_of
from sala.engines.ocds.model import release as model


@dataclass(frozen=True, slots=True)
class Standard:
    """Shapes of what may be published, and the codes of each codelist."""

    release: Shape
    record: Shape
    linked_release: Shape
    release_package: Shape
    record_package: Shape
    codelists: Mapping[str, frozenset[str]]


@cache
def built_in() -> Standard:
    """OCDS 1.1.5 with its extensions, from our own model."""
    return Standard(
        release=shape_of(model.Release),
        record=shape_of(model.Record),
        linked_release=shape_of(model.LinkedRelease),
        release_package=shape_of(model.ReleasePackage),
        record_package=shape_of(model.RecordPackage),
        codelists=CODELISTS,
    )


def from_files(schemas: Mapping[str, Any], codelists: Mapping[str, frozenset[str]]) -> Standard:
    """The standard that official files describe.

    `schemas`: file name -> its JSON; `release-schema.json` must be there, the record and package schemas may
    be. `codelists`: name without ending -> codes. Raises SchemaError where the files do not fit together.
    """
    if "release-schema.json" not in schemas:
        raise SchemaError("there is no release-schema.json")
    release = shape_from_schema("Release", schemas["release-schema.json"], {})
    # versioned values are not checked
    others = {"/release-schema.json": release, "versioned-release-validation-schema.json": Shape("Versioned")}
    ours = built_in()
    record, record_package = ours.record, ours.record_package
    if "record-schema.json" in schemas:
        record = shape_from_schema("Record", schemas["record-schema.json"], others)
        others["/record-schema.json"] = record
    if "record-package-schema.json" in schemas:
        record_package = shape_from_schema("RecordPackage", schemas["record-package-schema.json"], others)
    release_package = ours.release_package
    if "release-package-schema.json" in schemas:
        release_package = shape_from_schema("ReleasePackage", schemas["release-package-schema.json"], others)
    return Standard(
        release, record, ours.linked_release, release_package, record_package, {**CODELISTS, **codelists}
    )
