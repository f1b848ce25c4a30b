"""The orders of an amending instrument: what is replaced, added, repealed, and by which words.

The usual forms (thai-lawmaking, 3.3): "ให้ยกเลิกความใน … และให้ใช้ความต่อไปนี้แทน", "ให้เพิ่มความต่อไปนี้เป็น …", "ให้ยกเลิก …",
"ให้แก้ไขคำว่า … เป็น …", "ให้เพิ่มบทนิยามคำว่า …".
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sala.engines.legislation.candidates import View
from sala.engines.legislation.document import Amendment, Quoted, Unit
from sala.engines.legislation.kinds import WORDS
from sala.engines.legislation.letters import flatten, fold, one_line, squeeze
from sala.engines.legislation.quotes import Quote, quote_after, read_quote
from sala.engines.legislation.styles import Style
from sala.engines.legislation.targets import LAW, Target, read_targets, spaced
from sala.engines.legislation.titles import name_without_stray_blanks

_ORDERS: Final = re.compile(r"ให้(?:ยกเลิก|เพิ่ม|แก้ไข|ใช้คา)")
_REPLACE: Final = re.compile(
    r"^ให้ยกเลิก(?:ความใน)?(?P<what>.*?)(?:และ)?ให้ใช้(?:ความ|ข้อความ|บทบัญญัติ)?(?:ดัง)?ต่อไปนี้แทน"
)
_SCHEDULE: Final = re.compile(r"^ให้ยกเลิก(?P<what>[^“]*?ท้าย[^“]*?)และให้ใช้[^“]*?ท้าย[^“]*?นี้แทน")
_INSERT: Final = re.compile(r"^ให้เพิ่ม(?:ความ|ข้อความ|บทบัญญัติ)?(?:ดัง)?(?:ต่อไปนี้)?เป็น(?P<what>[^“]*)")
_DEFINE: Final = re.compile(
    r"^ให้เพิ่มบทนิยาม(?:คาว่า)?(?P<terms>(?:(?:และ)?[“\"][^”\"]+[”\"])+)(?P<where>.*?ใน)(?P<what>(?:มาตรา|ข้อ)\d+(?:/\d+)?)"
)
_WORDS: Final = re.compile(
    r"ให้(?:แก้ไข|ยกเลิก)(?:คา|ข้อความ|ความ)ว่า[“\"](?P<old>[^”\"]+)[”\"](?P<what>[^“\"]*?)"
    r"(?:เป็น|และให้ใช้(?:คา|ข้อความ|ความ)ว่า)[“\"](?P<new>[^”\"]+)[”\"](?:แทน)?"
)
_WORDS_TURNED: Final = re.compile(
    r"ให้ใช้(?:คา|ข้อความ)ว่า[“\"](?P<new>[^”\"]+)[”\"]แทน(?:คา|ข้อความ)?(?:ว่า)?[“\"](?P<old>[^”\"]+)[”\"](?P<what>[^“\"]*)"
)
_REPEAL: Final = re.compile(r"^ให้ยกเลิก(?:ความใน)?(?P<what>[^“]*)")
_LAW_NAME: Final = re.compile(
    r"แห่ง(?P<name>(?:พระราช|ประมวล|รัฐธรรมนูญ|กฎ|ระเบียบ|ประกาศ|ข้อบังคับ|ข้อบัญญัติ|เทศบัญญัติ|ข้อกาหนด|คาสั่ง).*?(?:พ\.ศ\.\d{4}|พุทธศักราช\d{4}|(?=ซึ่ง|และให้|[“\"]|ต่อไปนี้|$)))"
)
_INSTRUMENT: Final = re.compile(
    r"(?:พระราช(?:บัญญัติ|กาหนด|กฤษฎีกา)|กฎกระทรวง|ระเบียบ|ประกาศ|ข้อบังคับ|ข้อบัญญัติ|คาสั่ง)[^“”]*?(?:พ\.ศ\.|พุทธศักราช)\d{4}"
)
_LISTED: Final = re.compile(r"\(\d+\)(?=มาตรา|ข้อ|วรรค)")


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of an instrument, the provisions they quote, the law that most of them amend, what was not read."""

    amends: str = ""
    amendments: tuple[Amendment, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    unread: tuple[Unit, ...] = ()

    @property
    def by(self) -> set[str]:
        """The provisions that order a change: {"มาตรา 3", …}."""
        return {one.by for one in self.amendments}


@dataclass(frozen=True, slots=True)
class _Order:
    """One provision that orders something: its text without blanks, and how to get back to the text."""

    by: str
    unit: Unit
    raw: str
    squeezed: str
    places: list[int]
    style: Style
    is_page: bool

    def raw_after(self, place: int) -> int:
        """The offset in `raw` behind `place` letters of `squeezed`."""
        return self.places[place - 1] + 1 if place else 0

    def own(self, quote: Quote) -> list[Quoted]:
        """The provisions of a quotation, with who orders them."""
        return [replace(one, by=self.by) for one in quote.provisions]


def find_amendments(view: View, units: Sequence[Unit], style: Style) -> Orders:
    """Read every provision that begins with an order to amend another law."""
    amendments: list[Amendment] = []
    quoted: list[Quoted] = []
    unread: list[Unit] = []
    for unit in units:
        if not unit.is_provision or not _ORDERS.match(fold(unit.text[:40])):
            continue
        order = _order(view, unit, style)
        if not _ORDERS.match(order.squeezed):
            continue
        found, provisions = _read(order)
        amendments += found
        quoted += provisions
        if not found and LAW.search(order.squeezed):
            unread.append(unit)
    return Orders(_amended(view, amendments), tuple(amendments), tuple(quoted), tuple(unread))


def _order(view: View, unit: Unit, style: Style) -> _Order:
    begin = unit.start + len(WORDS[unit.kind])
    number = view.flat.find(unit.number_arabic.partition(" ")[0][:1], unit.start)
    raw = view.text[max(begin, number) : unit.end]
    raw = _without_number(raw, unit)
    squeezed, places = squeeze(flatten(raw))
    return _Order(
        f"{WORDS[unit.kind]} {unit.number_arabic}", unit, raw, squeezed, places, style, view.is_page
    )


def _without_number(raw: str, unit: Unit) -> str:
    """The words of a provision behind its number, which a page text may have spaced."""
    wanted, place = unit.number_arabic.replace(" ", ""), 0
    flat = flatten(raw)
    for letter in wanted:
        while place < len(flat) and flat[place] != letter:
            place += 1
        place += 1
    return raw[place:]


def _read(order: _Order) -> tuple[list[Amendment], list[Quoted]]:
    text = order.squeezed
    if match := _SCHEDULE.match(text):
        return _plain(order, match, "replace"), []
    if match := _REPLACE.match(text):
        return _replaced(order, match)
    if match := _DEFINE.match(text):
        return _defined(order, match), []
    if match := _INSERT.match(text):
        return _inserted(order, match)
    if _WORDS.search(text) or _WORDS_TURNED.search(text):
        return list(_reworded(order)), []
    if match := _REPEAL.match(text):
        return _repealed(order, match), []
    return [], []


def _law_of(order: _Order, limit: int | None = None) -> str:
    found = _LAW_NAME.search(order.squeezed[:limit] if limit else order.squeezed)
    if found is None:
        return ""
    begin, end = order.places[found.start("name")], order.raw_after(found.end("name"))
    name = one_line(order.raw[begin:end])
    return name_without_stray_blanks(name) if order.is_page else name


def _plain(order: _Order, match: re.Match[str], action: str) -> list[Amendment]:
    law = _law_of(order)
    return [
        Amendment(order.by, one.unit, one.part, action, law=law) for one in read_targets(match.group("what"))
    ]


def _quote(order: _Order, place: int) -> Quote:
    return read_quote(quote_after(order.raw, order.raw_after(place)), order.style, is_page=order.is_page)


def _replaced(order: _Order, match: re.Match[str]) -> tuple[list[Amendment], list[Quoted]]:
    quote = _quote(order, match.end())
    targets = read_targets(match.group("what")) or _definitions(match.group("what"))
    law = _law_of(order, match.end())
    targets = _with_units(targets, match.group("what"))
    named = {one.unit for one in targets}
    made: list[Amendment] = []
    texts = _texts(quote, targets)
    for target, text in zip(targets, texts, strict=True):
        made.append(Amendment(order.by, target.unit, target.part, "replace", "", text, law=law))
    return _with_new(order, made, quote, named, law), order.own(quote)


def _with_units(targets: list[Target], what: str) -> list[Target]:
    """A definition's section stands behind it: บทนิยามคำว่า “…” ในมาตรา 4."""
    if any(one.part.startswith("บทนิยาม") for one in targets):
        unit = next((one.unit for one in targets if one.unit and not one.part.startswith("บทนิยาม")), "")
        return [Target(unit, one.part) for one in targets if one.part.startswith("บทนิยาม")]
    return targets


def _definitions(what: str) -> list[Target]:
    return [Target("", f"บทนิยาม {term}") for term in re.findall(r"บทนิยามคาว่า[“\"]([^”\"]+)", what)]


def _texts(quote: Quote, targets: list[Target]) -> list[str]:
    """The new wording of each target: its own provision, or its share of the quotation."""
    by_number = {one.number: one.text for one in quote.provisions}
    parts = [one for one in targets if one.part and not one.part.startswith("ชื่อ")]
    texts = []
    for target in targets:
        own = by_number.get(target.unit.partition(" ")[2], "")
        if target.part.startswith("ชื่อ"):
            texts.append(quote.headings[0].words if quote.headings else "")
        elif own:
            texts.append(own)
        else:
            texts.append(quote.text if len(parts) <= 1 or target == parts[0] else "")
    return texts


def _with_new(
    order: _Order, made: list[Amendment], quote: Quote, named: set[str], law: str
) -> list[Amendment]:
    """Provisions in a quotation that no target names are new: they come behind the one before them."""
    before = ""
    result = list(made)
    for one in quote.provisions:
        unit = f"{WORDS[one.kind]} {one.number}"
        if unit not in named and named:
            at = next(
                (
                    i
                    for i, a in enumerate(result)
                    if a.target == before or a.new_number == before.partition(" ")[2]
                ),
                -1,
            )
            new = Amendment(order.by, before or unit, "", "insert_after", one.number, one.text, law=law)
            result.insert(at + 1 if at >= 0 else len(result), new)
        before = unit
    return result


def _defined(order: _Order, match: re.Match[str]) -> list[Amendment]:
    terms = _raw_terms(order, match)
    unit = re.sub(r"(มาตรา|ข้อ)", r"\1 ", match.group("what"))
    law = _law_of(order)
    head = LAW.search(order.squeezed, match.end())
    mark = re.compile(r"[“\"]").search(order.squeezed, head.end() if head else match.end())
    text = quote_after(order.raw, order.places[mark.start()]) if mark else ""
    cuts = _by_term(text, terms)
    after = _after(order, match)
    return [
        Amendment(order.by, unit, f"บทนิยาม {term}", "add_definition", "", cut, law=law, after=before)
        for term, cut, before in zip(terms, cuts, [after, *terms], strict=False)
    ]


def _after(order: _Order, match: re.Match[str]) -> str:
    """The term behind which a new definition comes; empty where it comes first, or the order does not say."""
    found = re.search(r"(?:ระหว่าง|ต่อจาก|ถัดจาก)บทนิยาม(?:คาว่า)?[“\"]([^”\"]+)[”\"]", match.group("where"))
    if found is None:
        return ""
    begin = order.places[match.start("where") + found.start(1)]
    end = order.raw_after(match.start("where") + found.end(1))
    return re.sub(r"\s+", "", order.raw[begin:end])


def _raw_terms(order: _Order, match: re.Match[str]) -> list[str]:
    """The defined words as printed, without the blanks that a page text put into them."""
    begin, end = order.places[match.start("terms")], order.raw_after(match.end("terms"))
    return [re.sub(r"\s+", "", term) for term in re.findall(r"[“\"]([^”\"]+)[”\"]", order.raw[begin:end])]


def _by_term(text: str, terms: Sequence[str]) -> list[str]:
    places = []
    squeezed, offsets = squeeze(flatten(text))
    for term in terms:
        found = squeezed.find(f"“{fold(term)}”")
        places.append(offsets[found] if found >= 0 else 0)
    ends = [*places[1:], len(text)]
    return [text[begin:end].strip() if end > begin else text for begin, end in zip(places, ends, strict=True)]


def _inserted(order: _Order, match: re.Match[str]) -> tuple[list[Amendment], list[Quoted]]:
    what = match.group("what")
    law = _law_of(order, match.end())
    end = match.end() if match.end() < len(order.squeezed) else _behind_law(order, match)
    quote = _quote(order, end)
    head = what[: law_at.start()] if (law_at := LAW.search(what)) else what
    new, _, of = _parted(head)
    targets = read_targets(of) if of else []
    made = list(_additions(order, new, targets, quote, law))
    return made, order.own(quote)


def _behind_law(order: _Order, match: re.Match[str]) -> int:
    """Where the order ends, in a text that lost its quotation marks: behind the name of the law."""
    found = _LAW_NAME.search(order.squeezed, match.start("what"))
    return found.end() if found else match.end()


def _parted(head: str) -> tuple[str, str, str]:
    """What is new, and of what: (3/1) ของ มาตรา 7."""
    found = re.search(r"ของ(?=มาตรา|ข้อ|วรรค|\(|หมวด|ลักษณะ|ภาค|ส่วน|บรรพ)", head)
    return (head[: found.start()], "ของ", head[found.end() :]) if found else (head, "", "")


def _additions(order: _Order, new: str, targets: list[Target], quote: Quote, law: str) -> Iterator[Amendment]:
    named = read_targets(new)
    texts = {one.number: one.text for one in quote.provisions}
    headings = re.findall(r"((?:บรรพ|ภาค|ลักษณะ|หมวด|ส่วนที่|บทที่)) ?(\d+(?:/\d+)?)", new)
    for word, number in headings:
        yield Amendment(
            order.by, f"{word} {_before(number)}", "", "insert_after", f"{word} {number}", quote.text, law=law
        )
    sections = [one for one in named if one.unit and not one.part]
    if not sections and headings:
        sections = [Target(f"{WORDS[one.kind]} {one.number}") for one in quote.provisions]
    previous = ""
    for one in _ranged(sections, new, quote):
        word, _, number = one.unit.partition(" ")
        base = (
            previous
            if previous and _before(number) != number.partition("/")[0]
            else f"{word} {_before(number)}"
        )
        yield Amendment(order.by, base, "", "insert_after", number, texts.get(number, quote.text), law=law)
        previous = one.unit
    yield from _parts(order, [one for one in named if one.part], targets, quote, law)


def _ranged(sections: list[Target], new: str, quote: Quote) -> list[Target]:
    """มาตรา 10/1 ถึงมาตรา 10/4 names the first and the last; the quotation holds them all."""
    if "ถึง" in new and len(sections) == 2 and len(quote.provisions) > 2:
        return [Target(f"{WORDS[one.kind]} {one.number}") for one in quote.provisions]
    return sections


def _parts(
    order: _Order, parts: list[Target], targets: list[Target], quote: Quote, law: str
) -> Iterator[Amendment]:
    for place, one in enumerate(parts):
        text = quote.text if len(parts) == 1 or place == 0 else ""
        for target in targets or [Target(one.unit)]:
            unit = target.unit or one.unit
            if one.part.startswith("วรรค") and "(" not in one.part:
                yield Amendment(order.by, unit, one.part, "add_paragraph", "", text, law=law)
            else:
                yield Amendment(order.by, unit, target.part, "add_item", one.part, text, law=law)


def _before(number: str) -> str:
    """The number after which a new one comes: 61 before 61/1, 61/1 before 61/2, 7 before 7 ทวิ, 42 before 43."""
    base, slash, last = number.rpartition("/")
    if slash and last.isdigit():
        return f"{base}/{int(last) - 1}" if int(last) > 1 else base
    plain = spaced(number).partition(" ")
    if plain[2]:
        return plain[0]
    return str(int(number) - 1) if number.isdigit() else number


def _reworded(order: _Order) -> Iterator[Amendment]:
    law = _law_of(order)
    for pattern in (_WORDS, _WORDS_TURNED):
        for match in pattern.finditer(order.squeezed):
            old, new = (_raw(order, match, name) for name in ("old", "new"))
            before = order.squeezed[: match.start()] + match.group("what")
            targets = read_targets(before) or read_targets(order.squeezed[match.end() :]) or [Target("")]
            for target in targets:
                yield Amendment(order.by, target.unit, target.part, "replace_words", "", "", old, new, law)


def _raw(order: _Order, match: re.Match[str], name: str) -> str:
    return one_line(order.raw[order.places[match.start(name)] : order.raw_after(match.end(name))])


def _repealed(order: _Order, match: re.Match[str]) -> list[Amendment]:
    what = match.group("what")
    law = _law_of(order)
    targets = _with_units(read_targets(_LISTED.sub("", what)), what)
    if not any(one.unit for one in targets):
        return [Amendment(order.by, name, "", "repeal") for name in _instruments(order, match)]
    return [Amendment(order.by, one.unit, one.part, "repeal", law=law) for one in targets]


def _instruments(order: _Order, match: re.Match[str]) -> Iterator[str]:
    """Whole laws that are repealed, by their names: "(๑) พระราชบัญญัติ… พ.ศ. ๒๕๐๒ (๒) …"."""
    for found in _INSTRUMENT.finditer(order.squeezed, match.start("what")):
        begin, end = order.places[found.start()], order.raw_after(found.end())
        yield name_without_stray_blanks(one_line(order.raw[begin:end]))


def _amended(view: View, amendments: Sequence[Amendment]) -> str:
    """The law that most orders name, in its least broken spelling."""
    names = [one.law for one in amendments if one.law]
    if not names:
        return ""
    common = Counter(map(fold, names)).most_common(1)[0][0]
    return min(
        (name for name in names if fold(name) == common), key=lambda name: (name.count(" "), -name.count("ำ"))
    )
