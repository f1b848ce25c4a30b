"""Settings of a study: the INI file of OCP's Cardinal, with sections for our own indicators too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sala.engines.indicators.catalog import CATALOG

GLOBAL_KEYS = {"currency", "no_price_comparison_procurement_methods", "price_comparison_procurement_methods"}
PREPARE_SECTIONS = {
    "defaults": {"currency", "item_classification_scheme", "bid_status", "award_status", "party_roles"},
    "redactions": {"amount", "organization_id"},
    "corrections": {"award_status_by_contract_status"},
    "modifications": {
        "move_auctions",
        "prefix_buyer_or_procuring_entity_id",
        "prefix_tenderer_or_supplier_id",
        "split_procurement_method_details",
    },
    "exclusions": {"procurement_method_details"},
}
DATES = {"start_date", "end_date"}
YES, NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}
SWITCHES = {"party_roles", "award_status_by_contract_status", "move_auctions"}
OPEN_SECTIONS = {"codelists.bid_status", "codelists.award_status", "R003.procurement_method_details"}


class SettingsError(ValueError):
    """A settings file that cannot be read; the message names the line."""


@dataclass(frozen=True)
class Settings:
    """What a publisher's study is run with; `sections` holds the text of every property as written.

    `enabled` lists the indicator codes to compute, in the order of the file.
    """

    sections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    enabled: tuple[str, ...] = tuple(CATALOG)

    def text(self, section: str, key: str) -> str | None:
        """The property as written, or None when it is not set or empty."""
        return self.sections.get(section, {}).get(key) or None

    def listed(self, section: str, key: str, default: str = "") -> tuple[str, ...]:
        """A pipe-separated property, or `default` when it is not set, as a tuple; a bar at the end is let go."""
        text = self.sections.get(section, {}).get(key, default).removesuffix("|")
        return tuple(part.strip() for part in text.split("|")) if text else ()

    def number(self, code: str, key: str) -> float | None:
        """A number set for the indicator `code`, else the default in the catalogue, else None."""
        text = self.text(code, key)
        if text is not None:
            return float(text)
        default = CATALOG[code].settings.get(key)
        return None if default is None or isinstance(default, str) else float(default)

    def switched(self, section: str, key: str) -> bool:
        """Whether a yes/no property says yes."""
        return (self.text(section, key) or "").lower() in YES


def parse(text: str) -> Settings:
    """Read an INI text; an indicator is enabled by its section, with or without properties.

    Names keep their case, `;` and `#` begin a comment line. Raises SettingsError with the line number.
    """
    sections: dict[str, dict[str, str]] = {"": {}}
    section = ""
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        line = raw.strip()
        if not line or line[0] in ";#":
            continue
        if line.startswith("["):
            section = _section_name(line, number)
            sections.setdefault(section, {})
        else:
            key, value = _property(section, line, number)
            sections[section][key] = value
    codes = dict.fromkeys(name.split(".")[0] for name in sections if name.split(".")[0] in CATALOG)
    return Settings(sections, tuple(codes))


def _section_name(line: str, number: int) -> str:
    name = line[1:-1].strip()
    if not line.endswith("]") or not name:
        raise SettingsError(f"line {number}: a section is written as [name]")
    if name not in CATALOG and name not in PREPARE_SECTIONS and name not in OPEN_SECTIONS:
        raise SettingsError(f"line {number}: there is no section [{name}]")
    return name


def _property(section: str, line: str, number: int) -> tuple[str, str]:
    key, equals, value = (part.strip() for part in line.partition("=" if "=" in line else ":"))
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    if not equals or not key:
        raise SettingsError(f"line {number}: a property is written as name = value")
    if section in OPEN_SECTIONS:
        if section.startswith("R003"):
            value = _checked_number(_without_comment(value), number)
        return key, value
    if key not in _allowed_keys(section):
        where = f"section [{section}]" if section else "the top of the file"
        raise SettingsError(f"line {number}: {where} knows no property {key}")
    if section in CATALOG:
        value = _without_comment(value)
        if key in DATES:
            return key, _checked_date(value, number)
        textual = isinstance(CATALOG[section].settings[key], str)
        return key, value if textual else _checked_number(value, number)
    return key, _checked_switch(key, value, number) if key in SWITCHES else value


def _checked_date(value: str, number: int) -> str:
    try:
        return value and date.fromisoformat(value).isoformat()
    except ValueError:
        raise SettingsError(f"line {number}: {value!r} is not a date like 2024-12-31") from None


def _checked_switch(key: str, value: str, number: int) -> str:
    value = _without_comment(value)
    if value.lower() not in YES | NO | {""}:
        raise SettingsError(f"line {number}: {key} is true or false")
    return value


def _allowed_keys(section: str) -> set[str]:
    if not section:
        return GLOBAL_KEYS
    return PREPARE_SECTIONS.get(section) or set(CATALOG[section].settings)


def _without_comment(value: str) -> str:
    for mark in (" #", " ;"):
        value = value.split(mark)[0]
    return value.strip()


def _checked_number(value: str, number: int) -> str:
    try:
        finite = value == "" or float(value) - float(value) == 0
    except ValueError:
        finite = False
    if not finite:
        raise SettingsError(f"line {number}: {value!r} is not a number")
    return value
