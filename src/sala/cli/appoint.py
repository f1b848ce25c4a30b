"""`sala appoint`: gives a role to someone who has signed in, above all to an agency's first administrator."""

from typing import Annotated

import typer

from sala.cli.site import prepare_django
from sala.core import clock
from sala.core.actors import SYSTEM, Role
from sala.core.errors import SalaError

app = typer.Typer(rich_markup_mode=None)


@app.command()
def appoint(
    contact: Annotated[
        str, typer.Argument(help="The e-mail address or telephone the person gave when signing in.")
    ],
    agency: Annotated[str, typer.Argument(help="Code of the agency.")],
    role: Annotated[Role, typer.Argument(help="The role.")] = Role.ADMINISTRATOR,
) -> None:
    """Give a person a role for an agency from now on. It is recorded, and the person sees it on their page."""
    prepare_django(make_keys=True)
    from sala.commons.agencies import actions  # Django is ready only now
    from sala.commons.identity import queries

    found = queries.list_person_ids_of_contact(contact)
    if len(found) != 1:
        words = (
            "Nobody has signed in with this contact yet."
            if not found
            else "Several people gave this contact."
        )
        typer.echo(f"{words} Let the person sign in once with an e-mail address of their own.", err=True)
        raise typer.Exit(2)
    try:
        actions.grant_role(actor=SYSTEM, now=clock.now(), person_id=found[0], agency=agency, role=role)
    except SalaError as refusal:
        typer.echo(f"Not done: {refusal.code}", err=True)
        raise typer.Exit(2) from None
    typer.echo(f"Appointed: {role.value} for {agency}.")
