"""Laws come into the library: read by the engine, kept by provision, each version once."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sala.commons.ledger import actions as ledger
from sala.core.actors import Actor
from sala.core.characters import clean
from sala.core.tables import Outcome, Row, Unfit, bad_row
from sala.engines import legislation, thai
from sala.engines.legislation import akn
from sala.engines.legislation.addresses import address_of
from sala.engines.legislation.kinds import RANK, WORDS
from sala.services.lawmaking import events, permissions
from sala.services.lawmaking.models import Expression, Provision, Work
from sala.services.lawmaking.rules import laws as rules

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """A version of a law to keep. `name` is its code, with the day it holds from behind an @ where that is known."""

    name: str
    text: str
    agency: str = ""
    source: str = ""
    url: str = ""
    is_example: bool = False


@ledger.action_if_changed("the same text again changes nothing")
def publish_law(*, actor: Actor, now: datetime, law: Publishing) -> str:
    """Everyone reads a version of a law by provision; returns added, changed or unchanged.

    Raises Refused; Unfit for a name that is no address, or a text without a provision.
    """
    permissions.require_may_publish_laws(actor)
    return _publish(actor, now, law)[0]


@ledger.action_on_many("each version of a law leaves an entry of its own")
def import_laws(*, actor: Actor, now: datetime, rows: Iterable[Row]) -> Outcome:
    """Laws of a table, or a folder of texts, are in the library; those that cannot be read are told. Raises Refused."""
    permissions.require_may_publish_laws(actor)
    outcome = Outcome()
    for line, row in rows:
        given: dict[str, Any] = {
            name: row.get(name, "").strip() for name in ("name", "text", "agency", "source", "url")
        }
        try:
            done, version = _publish(actor, now, Publishing(**given))
        except Unfit as unfit:
            outcome.bad.append(bad_row(line, row, unfit))
            continue
        setattr(outcome, done, getattr(outcome, done) + 1)
        if done == "added":
            outcome.keys.append(str(version.pk))
        if version.not_understood:
            outcome.notes["lines_not_understood", given["name"]] += len(version.not_understood)
    return outcome


@ledger.part_of_action("the undone import leaves the entry")
def take_back_laws(*, actor: Actor, now: datetime, keys: Sequence[str]) -> Mapping[str, str]:
    """Versions that an import added are gone again, and laws of which none is left. Nothing rests on them yet."""
    for version in Expression.objects.select_related("work").filter(pk__in=[int(key) for key in keys]):
        work = version.work
        version.delete()
        if not _settle(work):
            work.delete()
    return {}


def _publish(actor: Actor, now: datetime, given: Publishing) -> tuple[str, Expression]:
    try:
        code, day = rules.read_name(given.name)
    except ValueError:
        raise Unfit("name", "invalid") from None
    text = clean(given.text)
    try:
        law = legislation.read_law(text)
    except legislation.NoLawError:
        raise Unfit("text", "no_law") from None
    if not rules.are_numbers_fit(law.units):
        raise Unfit("text", "provision_number_long")
    work, told = _work(code, given, law)
    digest = hashlib.sha256(text.encode()).hexdigest()
    version = Expression.objects.select_for_update().filter(work=work, holds_from=day).first()
    if version is not None and version.sha256 == digest and not told:
        return "unchanged", version
    done = "added" if version is None else "changed"
    version = version or Expression(work=work, holds_from=day)
    version.sha256, version.published_at = digest, now
    version.preamble = law.preamble
    version.ending = "\n\n".join(part for part in (law.conclusions, law.annexes, law.notes) if part.strip())
    version.akn = akn.to_akn(law, day).decode()
    version.not_understood = [
        {"line": one.line, "text": one.text, "why": one.why} for one in law.not_understood
    ]
    version.save()
    _keep_provisions(version, law)
    _settle(work)
    event = events.LawPublished(
        law=code,
        holds_from=day.isoformat() if day else None,
        digest=digest,
        provisions=sum(1 for _ in law.provisions()),
        not_understood=len(law.not_understood),
    )
    ledger.record_entry(event, actor=actor, at=now)
    return done, version


def _work(code: str, given: Publishing, law: legislation.Law) -> tuple[Work, bool]:
    """The law itself, as this version names it; and whether that is news."""
    title = law.title or code
    values: dict[str, Any] = {
        "kind": address_of(law.title, law.instrument, law.year).subtype,
        "title": title,
        "year": int(law.year) if law.year.isdigit() and 2300 < int(law.year) < 3000 else None,
        "amends": law.amends,
        "agency": given.agency[:40],
        "source": given.source[:200],
        "url": given.url[:500] if given.url.startswith(("https://", "http://")) else "",
        "is_example": given.is_example,
    }
    work = Work.objects.select_for_update().filter(code=code).first()
    if work is not None and all(getattr(work, name) == value for name, value in values.items()):
        return work, False
    work = work or Work(code=code)
    for name, value in values.items():
        setattr(work, name, value)
    work.words = thai.vector_literal([(title, "A"), (code.replace("-", " "), "B")])
    work.save()
    return work, True


def _keep_provisions(version: Expression, law: legislation.Law) -> None:
    units = {unit["eid"]: unit for unit in legislation.to_document(law)["units"]}
    version.provisions.all().delete()
    above: list[Any] = []
    made = []
    for order, unit in enumerate(law.units, start=1):
        if not unit.is_provision:
            above = [one for one in above if RANK[one.kind] < RANK[unit.kind]]
        label = f"{WORDS[unit.kind]} {unit.number_arabic}"
        made.append(
            Provision(
                version=version,
                order=order,
                kind=unit.kind.value,
                eid=unit.eid,
                path=" ".join(one.eid for one in above),
                number=unit.number,
                number_arabic=unit.number_arabic,
                heading=unit.heading,
                text=unit.text,
                content=units[unit.eid].get("content", []),
                words=thai.vector_literal([(f"{label} {unit.heading}", "A"), (unit.text, "B")]),
            )
        )
        if not unit.is_provision:
            above.append(unit)
    Provision.objects.bulk_create(made, batch_size=_CHUNK)


def _settle(work: Work) -> int:
    """Each version holds until the day before the next one; returns how many there are."""
    found = sorted(Expression.objects.filter(work=work), key=lambda one: one.holds_from or date.min)
    for version, until in zip(found, rules.untils([one.holds_from for one in found]), strict=True):
        if version.holds_until != until:
            Expression.objects.filter(pk=version.pk).update(holds_until=until)
    return len(found)
