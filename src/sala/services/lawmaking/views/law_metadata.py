"""What a page of a law tells machines of it: statements of the European Legislation Identifier, as RDFa in its head.

RDFa stands in `meta` and `link` elements, so the policy against scripts within a page has nothing to refuse.
Source: ELI ontology, http://data.europa.eu/eli/ontology; names of languages are those of the EU Publications Office.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from sala.services.lawmaking.models import Expression, Provision, Work
from sala.services.lawmaking.rules.laws import address_name

ONTOLOGY = "http://data.europa.eu/eli/ontology#"
THAI = "http://publications.europa.eu/resource/authority/language/THA"
_DATE = "http://www.w3.org/2001/XMLSchema#date"


@dataclass(frozen=True, slots=True)
class Said:
    """One statement: of what, in which class, which property; a value, or the address of another thing."""

    about: str
    name: str
    value: str = ""
    href: str = ""
    kind: str = ""
    datatype: str = ""
    language: str = ""


def permanent(work: Work, version: Expression | None = None, provision: Provision | None = None) -> str:
    """The address by which a law, a version of it or a provision is quoted: the same in every language of the site."""
    args: list[object] = [work.code]
    name = "laws:law"
    if provision is not None:
        args.append(address_name(provision.eid))
        name = "laws:provision"
    if version is not None and version.holds_from is not None:
        args.append(version.holds_from)
        name += "_on"
    with translation.override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + reverse(name, args=args)


def describe(work: Work, versions: Iterable[Expression], version: Expression) -> list[Said]:
    """A law and the version that is read: kind, name, days, its other versions."""
    law = permanent(work)
    told = [_of(law, "type_document", work.kind), _of(law, "id_local", work.code)]
    told += [_link(law, "is_realized_by", permanent(work, one), "LegalResource") for one in versions]
    return told + _of_version(law, permanent(work, version), work.title, version)


def describe_provision(work: Work, version: Expression, provision: Provision, label: str) -> list[Said]:
    """A provision: the law that it is part of, and its words in the version that is read."""
    here, words = permanent(work, None, provision), permanent(work, version, provision)
    return [
        _of(here, "type_document", provision.kind),
        _of(here, "id_local", provision.eid),
        _link(here, "is_part_of", permanent(work), "LegalResourceSubdivision"),
        _link(here, "is_realized_by", words, "LegalResourceSubdivision"),
        *_of_version(here, words, f"{label} {work.title}", version),
    ]


def _of_version(law: str, here: str, title: str, version: Expression) -> list[Said]:
    told = [
        Said(here, ONTOLOGY + "title", title, language="th"),
        _link(here, "language", THAI, "LegalExpression"),
    ]
    if here != law:  # a version without a day has the address of its law
        told.append(_link(here, "realizes", law, "LegalExpression"))
    days = (
        ("first_date_entry_in_force", version.holds_from),
        ("date_no_longer_in_force", version.holds_until),
    )
    return told + [
        Said(here, ONTOLOGY + name, day.isoformat(), datatype=_DATE) for name, day in days if day is not None
    ]


def _of(about: str, name: str, value: str) -> Said:
    return Said(about, ONTOLOGY + name, value)


def _link(about: str, name: str, href: str, kind: str) -> Said:
    return Said(about, ONTOLOGY + name, href=href, kind=ONTOLOGY + kind)
