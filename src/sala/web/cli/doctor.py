"""`sala doctor`: looks at everything a real deployment needs, and says how to mend what is wrong."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from sala.web.cli.site import prepare_django

app = typer.Typer(rich_markup_mode=None)

MARKS = {"ok": "ok     ", "warning": "warning", "failure": "FAILURE"}


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """Look at everything a real deployment needs. Exit code 1 if something must be mended."""
    try:
        prepare_django()
    except (RuntimeError, ValueError) as error:  # a secret is missing, or an address cannot be read
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    from sala.web.health import probes  # only now is Django ready

    findings = probes.examine()
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            typer.echo(f"{MARKS[finding.level]}  {finding.name}: {finding.says}")
            if finding.mend:
                typer.echo(f"         → {finding.mend}")
    raise typer.Exit(any(finding.level == "failure" for finding in findings))
