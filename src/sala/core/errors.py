"""Refusals that a person reads: a code and its values, never a sentence; the web turns codes into words."""

from collections.abc import Mapping


class SalaError(Exception):
    """Base of every refusal: `code` names the reason, `values` fills the sentence, `status` is for HTTP."""

    status = 400

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Invalid(SalaError):
    """What was sent cannot be taken; `fields` maps a field's name to the code of what is wrong with it."""

    status = 422

    def __init__(
        self, code: str = "invalid", fields: Mapping[str, str] | None = None, **values: object
    ) -> None:
        super().__init__(code, **values)
        self.fields = dict(fields or {})


class NoRoom(Invalid):
    """Nothing more can be kept just now, which is no fault of the sender: everything else of the form is taken back."""

    status = 503


class Refused(SalaError):
    """This actor may not do this (now)."""

    status = 403


class NotFound(SalaError):
    """There is no such thing, or this actor may not know that there is."""

    status = 404


class Conflict(SalaError):
    """The thing has moved on since it was read; nothing was changed."""

    status = 409


class WrongMethod(SalaError):
    """Nothing of that sort is done at this address."""

    status = 405


class NotAcceptable(SalaError):
    """The sender takes no form in which this can be told."""

    status = 406


class UnknownMedia(SalaError):
    """What was sent is in a form that is not read here."""

    status = 415


class TooLarge(SalaError):
    """What was sent is larger than anything we take; it was not read."""

    status = 413


class TooMany(SalaError):
    """A rate limit; `retry_after` is in seconds."""

    status = 429
