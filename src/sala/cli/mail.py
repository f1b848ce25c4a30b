"""`sala mail …`: takes letters that a mail server hands over, and shows those that could not leave."""

import sys

import typer

from sala.cli.site import prepare_django

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

# Exit codes that mail servers know (sysexits.h): what to do with the letter is theirs.
EX_DATAERR, EX_NOUSER, EX_UNAVAILABLE, EX_TEMPFAIL = 65, 67, 69, 75


@app.command()
def take(
    recipient: str = typer.Argument("", help="The envelope's recipient, if the mail server tells it."),
) -> None:
    """Take one letter from standard input, as a mail server's pipe gives it.

    Ends with 0 if it was taken (or was taken before), 67 for an address that is none of ours, 69 if it was refused,
    65 for what is no letter, and 75 if the database is away: then the server keeps it and tries again.
    """
    raw = sys.stdin.buffer.read(LARGEST + 1)
    prepare_django(make_keys=True)
    from django.db import DatabaseError

    from sala.commons.correspondence.mail_door import Outcome, take_mail

    codes = {
        Outcome.TAKEN: 0,
        Outcome.REPEATED: 0,
        Outcome.UNREADABLE: EX_DATAERR,
        Outcome.NO_SUCH_ADDRESS: EX_NOUSER,
        Outcome.REFUSED: EX_UNAVAILABLE,
    }
    try:
        outcome = take_mail(raw, recipient=recipient)
    except DatabaseError:
        typer.echo("The database is away; try again later.", err=True)
        raise typer.Exit(EX_TEMPFAIL) from None
    if codes[outcome]:
        typer.echo(f"The letter was not taken: {outcome.value.replace('_', ' ')}.", err=True)
    raise typer.Exit(codes[outcome])


LARGEST = 30_000_000


@app.command()
def given_up() -> None:
    """List letters that nobody tries to send any more: number, since when, tries, kind of failure."""
    prepare_django(make_keys=True)
    from sala.commons.correspondence import outbox

    for number, at, tries, fault in outbox.list_given_up():
        typer.echo(f"{number}\t{at:%Y-%m-%d %H:%M}\t{tries}\t{fault}")


@app.command()
def again() -> None:
    """Try every letter anew that was given up, as after a mail server was mended."""
    prepare_django(make_keys=True)
    from sala.commons.correspondence import outbox
    from sala.core import clock

    typer.echo(f"{outbox.try_again(now=clock.now())} letters are tried again.")
