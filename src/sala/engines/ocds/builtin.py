"""OCDS 1.1 without any schema file: merge rules from our own model, and how OCDS 1.0 data is told apart."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

from sala.engines.ocds.fields import rules_of, shape_of
from sala.engines.ocds.model.release import Release
from sala.engines.ocds.strategies import WHOLE_LIST, RuleTree, list_rules, rule_tree

JsonObject = dict[str, Any]
_ORGANIZATION_LISTS: Final = (("awards", "suppliers"), ("tender", "tenderers"))


@cache
def rules_1_1() -> RuleTree:
    """The merge rules of OCDS 1.1.5 with its extensions."""
    return rules_of(shape_of(Release))


@cache
def rules_1_0() -> RuleTree:
    """The merge rules for OCDS 1.0, whose organizations have no id: lists of them are replaced whole."""
    whole = ((path, WHOLE_LIST) for path in _ORGANIZATION_LISTS)
    others = (rule for rule in list_rules(rules_1_1()) if rule[0][:2] not in _ORGANIZATION_LISTS)
    return rule_tree([*whole, *others])


def rules_for(releases: Sequence[JsonObject]) -> RuleTree:
    """The rules that fit the releases of one contracting process.

    OCDS 1.0 knows no `parties`; its suppliers and tenderers are written out in place, without an id. Where
    all of them are like that they cannot merge by id, and 1.0 replaced such lists whole.
    """
    return rules_1_0() if _is_1_0(releases) else rules_1_1()


def _is_1_0(releases: Sequence[JsonObject]) -> bool:
    if any("parties" in release for release in releases):
        return False
    organizations = [one for release in releases for one in _organizations(release)]
    return bool(organizations) and not any("id" in one for one in organizations)


def _organizations(release: JsonObject) -> Iterable[JsonObject]:
    for section, name in _ORGANIZATION_LISTS:
        parts = release.get(section)
        for part in parts if isinstance(parts, list) else (parts,):
            listed = part.get(name) if isinstance(part, dict) else None
            if isinstance(listed, list):
                yield from (one for one in listed if isinstance(one, dict))
