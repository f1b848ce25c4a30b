"""Every write is an action of the ledger (or part of one, or says why it leaves no entry) and asks a permission."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import sala.commons
import sala.services


def modules() -> Iterator[str]:
    """Names of all modules of actions."""
    for package in (sala.commons, sala.services):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".actions" in found.name:
                yield found.name


def actions() -> list[Callable[..., Any]]:
    """Every public function that a module of actions defines itself, except the machinery of the ledger."""
    found = []
    for name in modules():
        if name == "sala.commons.ledger.actions":
            continue
        module = importlib.import_module(name)
        for _, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == name and not function.__name__.startswith("_"):
                found.append(function)
    return found


def takes_part(function: Callable[..., Any]) -> bool:
    """Whether it touches no table at all: a pure helper beside the actions needs no mark."""
    parameters = inspect.signature(function).parameters
    return "actor" in parameters or hasattr(function, "ledger")


@pytest.mark.parametrize("function", actions(), ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_whoever_acts_does_so_in_one_transaction_with_its_entry(function: Callable[..., Any]) -> None:
    if takes_part(function):
        assert hasattr(function, "ledger"), "decorate it with ledger.action or one of its kin"


def standing_alone() -> list[Callable[..., Any]]:
    """Actions that a door calls; parts and projections run inside others."""
    marks = ("one entry", "many entries", "no entry")
    return [f for f in actions() if getattr(f, "ledger", "").startswith(marks)]


def asks(function: Callable[..., Any]) -> bool:
    """Whether its source calls a permission, or tells why it needs none by handing the actor on."""
    tree = ast.parse(inspect.getsource(inspect.unwrap(function)).lstrip())
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            text = ast.unparse(call.func)
            if text.startswith("permissions.") or text.rpartition(".")[2].startswith(("require_", "may_")):
                return True
    return False


@pytest.mark.parametrize("function", standing_alone(), ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_every_action_asks_a_permission(function: Callable[..., Any]) -> None:
    assert asks(function)
