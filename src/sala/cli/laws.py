"""`sala laws`: opens texts of laws, reads them, prints what is in them. The engine does the reading."""

from __future__ import annotations

import json
import sys
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sala.cli import ending
from sala.cli.late import Late
from sala.engines import files
from sala.engines.files.errors import label_of

if TYPE_CHECKING:
    from sala.engines import legislation
    from sala.engines.legislation import akn
else:
    # help and a wrong word need no tables of words
    legislation, akn = Late("sala.engines.legislation"), Late("sala.engines.legislation.akn")


class Laws(ending.EngineGroup):
    """The commands of the reader of laws."""

    engine = "sala laws"


app = typer.Typer(cls=Laws, no_args_is_help=True, rich_markup_mode=None)

Text = Annotated[
    str, typer.Argument(metavar="FILE", help="A law as plain text, .gz too; - is standard input.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback()
def main() -> None:
    """Thai legal texts: read into provisions, written as Akoma Ntoso, compared, amended.

    FILE is UTF-8 text as the Gazette, the Council of State or a drafter has it; lines may be paragraphs, broken in
    mid-sentence, or whole pages; digits Thai or Arabic.
    """


@app.command("read")
def read(file: Text, as_json: Json = False) -> None:
    """Read a law: its chapters and provisions, what it amends, and line by line what was not understood.

    Akoma Ntoso is read too, of any country and kind of document: what is understood of it is printed as JSON.
    """
    raw = files.read_whole(file)
    if _is_xml(raw):
        with _told(file):
            _print_json(akn.akn_to_json(akn.read_akn(raw)))
        return
    law = _law_in(file, raw)
    if as_json:
        _print_json(legislation.to_document(law))
    else:
        for line in legislation.to_lines(law):
            typer.echo(line)


@app.command("akn")
def write_akn(
    file: Text,
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day whose state the text has; else its year's first."),
    ] = None,
) -> None:
    """Write a law as Akoma Ntoso 3.0 on standard output. What is in Akoma Ntoso already is read and written again."""
    raw = files.read_whole(file)
    with _told(file):
        if _is_xml(raw):
            written = akn.to_bytes(akn.read_akn(raw))
        else:
            written = akn.to_akn(_law_in(file, raw), day.date() if day else None)
    sys.stdout.buffer.write(written)
    sys.stdout.buffer.flush()


@app.command("compare")
def compare(
    before: Annotated[str, typer.Argument(metavar="A", help="The earlier version, as plain text.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The later version.")],
    as_json: Json = False,
) -> None:
    """Compare two versions: provisions added, removed, moved, renumbered, and changed by which words.

    Blanks, line ends, quotation marks and the sort of digits are no change. The exit code is 0 in any case.
    """
    comparison = legislation.compare_laws(_law(before), _law(after))
    if as_json:
        _print_json(legislation.comparison_to_document(comparison))
    else:
        for line in legislation.comparison_to_lines(comparison):
            typer.echo(line)


@app.command("carry")
def carry(
    before: Annotated[str, typer.Argument(metavar="A", help="The earlier version, as plain text.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The later version.")],
    places: Annotated[
        str, typer.Option(help="JSON: a list of places in A, each with eid and maybe start, end, words.")
    ],
    as_json: Json = False,
) -> None:
    """Carry places in A, such as those of comments, into B: each is the same, moved, changed or removed.

    start and end count characters of the provision's text, end behind the last one.
    """
    raw = files.read_whole(places)
    with ending.telling(places, legislation.BadPlaceError, ValueError):
        asked = json.loads(raw.decode("utf-8-sig"))
        if not isinstance(asked, list):
            raise legislation.BadPlaceError("places are a list")
        wanted = [legislation.place_from_json(one) for one in asked]
    old, new = _law(before), _law(after)
    with ending.telling(places, legislation.BadPlaceError):
        carried = legislation.carry_places(old, new, wanted)
    if as_json:
        _print_json({"places": legislation.carried_to_document(carried)})
        return
    for one in carried:
        typer.echo(f"{one.fate}: {one.before.eid} → {one.after.eid if one.after else '–'}")


@app.command("apply")
def apply(
    base: Annotated[str, typer.Argument(metavar="BASE", help="The law as it stands, as plain text.")],
    amendment: Annotated[str, typer.Argument(metavar="AMENDMENT", help="The amending instrument.")],
    as_json: Json = False,
) -> None:
    """Carry out what an amending instrument orders, and print the consolidated text.

    What cannot be applied is named on standard error, and the exit code is 1.
    """
    applied = legislation.apply_amendments(_law(base), _law(amendment))
    if as_json:
        _print_json(legislation.applied_to_document(applied))
    else:
        typer.echo(applied.law.text, nl=False)
    for one in applied.not_applied:
        order = one.amendment
        what = " ".join(part for part in (order.target, order.part, order.new_number) if part)
        ending.tell(f"{label_of(amendment)}: {order.by}: {what}: not applied: {one.why}")
    if applied.not_applied:
        raise typer.Exit(1)


def _law(name: str) -> legislation.Law:
    return _law_in(name, files.read_whole(name))


def _law_in(name: str, raw: bytes) -> legislation.Law:
    with _told(name):
        return legislation.read_law(raw.decode("utf-8-sig"))


def _is_xml(raw: bytes) -> bool:
    return raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def _told(name: str) -> AbstractContextManager[None]:
    return ending.telling(name, legislation.NoLawError, akn.BadAknError)


def _print_json(document: dict[str, Any]) -> None:
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1)
    typer.echo()
