"""`sala doctor`: looks at everything a real deployment needs, and says how to mend what is wrong."""

import json
import os
from dataclasses import asdict
from typing import Annotated

import typer

from sala.cli.site import prepare_django

app = typer.Typer(rich_markup_mode=None)

MARKS = {"ok": "ok     ", "warning": "warning", "failure": "FAILURE"}


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """Look at everything a real deployment needs. Exit code 1 if something must be mended."""
    # Without a pool each look hears at once, and in the server's own words, that there is no database; a pool tries for
    # ten seconds each time and then says only that it got no connection.
    os.environ["SALA_DB_POOL"] = "0"
    try:
        # Whose key signed the log is a finding like others; without any keys there is nothing to look with.
        prepare_django(is_own=False)
    except typer.Exit:
        raise typer.Exit(1) from None
    except (RuntimeError, ValueError) as error:  # a secret is missing, or an address cannot be read
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    from sala.serving.health import probes  # only now is Django ready

    findings = probes.examine()
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            typer.echo(f"{MARKS[finding.level]}  {finding.name}: {finding.says}")
            if finding.mend:
                typer.echo(f"         → {finding.mend}")
    raise typer.Exit(any(finding.level == "failure" for finding in findings))
