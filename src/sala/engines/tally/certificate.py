"""A count certificate: what was counted, how, by which engine, with what result; anyone can count again."""

import json
from dataclasses import fields
from fractions import Fraction
from typing import Any

from sala.engines.tally.counting import Settings, count, resolve
from sala.engines.tally.election import Election, ElectionError
from sala.engines.tally.report import report

# Raised when a change of the engine may change what it prints for the same ballots and settings.
ENGINE = "sala-tally 2"
FORMAT = "sala-tally-certificate/1"


class CertificateError(ValueError):
    """A certificate that cannot be read; the sentence says why."""


def certify(election: Election, settings: Settings, *, sha256: str) -> dict[str, Any]:
    """The certificate of a count. `sha256` is that of the counted file's bytes (unpacked), in hex.

    It says when nothing: no date and no machine, so that two honest counts give the same bytes.
    """
    # Nothing is left open: who recounts need not know what the file's own terms fill in.
    settings = resolve(election, settings)
    return {
        "format": FORMAT,
        "engine": ENGINE,
        "input": {
            "sha256": sha256,
            "projects": len(election.projects),
            "ballots": len(election.ballots),
            "voters": election.ballots.electorate,
        },
        "settings": {
            one.name: str(value) if isinstance(value := getattr(settings, one.name), Fraction) else value
            for one in fields(settings)
        },
        "result": report(election, settings, count(election, settings)),
    }


def read_certificate(text: str) -> dict[str, Any]:
    """A certificate from its JSON text. Raises CertificateError with the line where it cannot be read."""
    try:
        certificate = json.loads(text, object_pairs_hook=_without_repeats)
    except json.JSONDecodeError as error:
        raise CertificateError(f"line {error.lineno}: this is not JSON ({error.msg}).") from error
    if not isinstance(certificate, dict) or certificate.get("format") != FORMAT:
        raise CertificateError(f"line 1: this is not a certificate of the format {FORMAT}.")
    for key in ("engine", "input", "settings", "result"):
        if key not in certificate:
            raise CertificateError(f"line 1: the certificate has no {key}.")
    read_settings(certificate)
    return certificate


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A reader sees the first of two equal names, a program takes the last: neither is certified."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise CertificateError(f"line 1: the certificate gives {twice!r} twice.")
    return found


def read_settings(certificate: dict[str, Any]) -> Settings:
    """The settings of a certificate. Raises CertificateError for settings this engine does not know."""
    try:
        given = dict(certificate["settings"])
        for name in ("step", "min_score"):
            if given.get(name) is not None:
                given[name] = Fraction(given[name])
        return Settings(**given)
    except (TypeError, KeyError, ValueError, ElectionError) as error:
        raise CertificateError(f"line 1: the settings cannot be used: {error}") from error


def find_differences(certificate: dict[str, Any], recount: dict[str, Any]) -> list[str]:
    """The parts in which a certificate and a recount differ, as dotted names; none when they agree."""
    return _differences("", certificate, recount)


def _differences(path: str, left: object, right: object) -> list[str]:
    if isinstance(left, dict) and isinstance(right, dict):
        found = []
        for key in [*left, *(key for key in right if key not in left)]:
            inner = f"{path}.{key}".lstrip(".")
            found += _differences(inner, left[key], right[key]) if key in left and key in right else [inner]
        return found
    return [] if _written(left) == _written(right) else [path]


def _written(value: object) -> str:
    """As JSON, so that 1, 1.0 and true are three things."""
    return json.dumps(value, sort_keys=True)
