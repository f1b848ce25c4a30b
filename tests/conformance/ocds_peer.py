"""Verdicts of libcoveocds (AGPL) on packages given as JSON lines; runs in the peers' environment, never in Sala's.

`python ocds_peer.py STANDARD.zip < packages.jsonl`: a JSON line of verdicts, or of the peer's own error, for each.
"""

import json
import sys
import types
import warnings
import zipfile
from typing import Any

import jsonref
from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig

warnings.simplefilter("ignore")
GROUPS = ("additional_closed_codelist_values", "additional_open_codelist_values")


def read_from(archive: zipfile.ZipFile) -> None:
    """Have the peer find the schemas that it would fetch from the network in the archive."""
    names = {name.rsplit("/", 1)[-1]: name for name in archive.namelist() if name.endswith("-schema.json")}

    def get(uri: str, **kwargs: Any) -> Any:
        content = archive.read(names[uri.rsplit("/", 1)[-1]])
        return types.SimpleNamespace(
            json=lambda **options: json.loads(content), raise_for_status=lambda: None
        )

    jsonref.requests = types.SimpleNamespace(get=get)


def verdicts(result: dict[str, Any]) -> dict[str, Any]:
    """The peer's findings, each class as something to compare."""
    found: dict[str, Any] = {
        "validation_errors": sorted([one["type"], one["path"]] for one in result["validation_errors"]),
        "conformance_errors": sorted(
            map(list, result.get("conformance_errors", {}).get("ocds_prefixes_bad_format", []))
        ),
        "structure_warnings": sorted(result.get("structure_warnings", {}).get("missing_ids", [])),
        "additional_fields": sorted(f"{one['path']}/{one['field']}" for one in result["additional_fields"]),
        "deprecated_fields": sorted({one["field"] for one in result["deprecated_fields"]}),
    }
    for group in GROUPS:
        found[group] = sorted([path, str(v)] for path, one in result[group].items() for v in one["values"])
    return found


def main() -> None:
    """Answer line for line."""
    read_from(zipfile.ZipFile(sys.argv[1]))
    config = LibCoveOCDSConfig()
    config.config.update(standard_zip="file://" + sys.argv[1], context="api", additional_checks="none")
    for line in sys.stdin:
        try:
            answer = verdicts(
                ocds_json_output("", None, json_data=json.loads(line), lib_cove_ocds_config=config)
            )
        except Exception as problem:
            answer = {"error": f"{type(problem).__name__}: {problem}"[:300]}
        print(json.dumps(answer, default=list), flush=True)


if __name__ == "__main__":
    main()
