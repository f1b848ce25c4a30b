"""Every door for programs is described: what it is for, what it answers, how it refuses."""

from typing import Any

import pytest

from sala.site.api import api

READ = {"406", "422"}
SENT = {"400", "406", "413", "415", "422", "429"}


def operations() -> dict[str, dict[str, Any]]:
    """Every operation of the document, by method and path."""
    paths = api.get_openapi_schema(path_prefix="/api/")["paths"]
    return {f"{method.upper()} {path}": o for path, methods in paths.items() for method, o in methods.items()}


OPERATIONS = operations()


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_says_what_it_is_for(name: str) -> None:
    operation = OPERATIONS[name]
    assert len(operation["summary"]) > 5
    assert len(operation["description"]) > 5
    assert operation["tags"]


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_has_a_form_for_what_it_answers_and_refuses(name: str) -> None:
    responses = {str(status): told for status, told in OPERATIONS[name]["responses"].items()}
    good = [told for status, told in responses.items() if status.startswith("2")]
    assert all(body["schema"] for told in good for body in told["content"].values())
    assert good
    refused = {status for status in responses if status.startswith("4")}
    assert (SENT if "requestBody" in OPERATIONS[name] else READ) <= refused
    assert "{" not in name or "404" in refused
    for status in refused:
        schema = responses[status]["content"]["application/json"]["schema"]
        assert schema["$ref"].endswith("/Problem")


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_parameter_has_limits(name: str) -> None:
    for parameter in OPERATIONS[name].get("parameters", ()):
        for schema in parameter["schema"].get("anyOf", [parameter["schema"]]):
            is_bound = {"maxLength", "enum", "const"} & set(schema) or parameter["in"] in ("path", "header")
            if schema.get("type") == "string":
                assert is_bound, parameter["name"]
            elif schema.get("type") in {"integer", "number"}:
                assert {"maximum", "minimum"} <= set(schema), parameter["name"]


def test_every_public_list_comes_as_a_table_too() -> None:
    for name, operation in OPERATIONS.items():
        if "format" in {parameter["name"] for parameter in operation.get("parameters", ())}:
            assert set(operation["responses"][200]["content"]) == {"application/json", "text/csv"}, name
    tables = {
        "matters",
        "agencies",
        "areas",
        "mandates",
        "holidays",
        "complaints/types",
        "complaints/periods",
    }
    assert {f"GET /api/{table}" for table in tables} <= set(OPERATIONS)
