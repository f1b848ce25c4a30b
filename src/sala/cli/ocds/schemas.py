"""The official schema folder that `--schema` names: its schemas and its codelists."""

import json
from pathlib import Path
from typing import Any

from sala.engines import files
from sala.engines.ocds import SchemaError, Standard
from sala.engines.ocds.checking import from_files, read_codes


def read_json(path: Path) -> Any:
    """A schema file. Raises SchemaError where it is not JSON, files.UnreadableError where it cannot be read."""
    try:
        return json.loads(files.read_whole(path))
    except ValueError as problem:
        raise SchemaError(f"{path.name} is not JSON: {problem}") from None


def read_standard(folder: Path) -> Standard:
    """The standard in an official schema folder: the schemas, and `codelists/*.csv` with a column Code."""
    if not folder.is_dir():
        raise SchemaError("there is no such folder")
    schemas = {path.name: read_json(path) for path in sorted(folder.glob("*-schema.json"))}
    codelists = {
        path.stem: read_codes(path.name, files.read_text(path))
        for path in sorted((folder / "codelists").glob("*.csv"))
    }
    return from_files(schemas, codelists)
