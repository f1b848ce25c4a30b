"""How a command of the engines ends: one sentence, one prefix, an exit code that means one thing.

0 done; 1 what the command is for says no (a recount that differs, a standard that is broken); 2 something could
not be read, written or used; 130 and 143 stopped by a signal; 141 nobody listens any more; 70 a fault of ours.
"""

import errno
import io
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from types import FrameType
from typing import Any, Final, NoReturn

import typer
import typer.core

from sala.engines.files.encodings import not_utf8
from sala.engines.files.errors import STANDARD_OUTPUT, FileError, label_of, words_of

CANNOT: Final = 2
FAULT: Final = 70
CLOSED_PIPE: Final = 128 + signal.SIGPIPE
_SPEAKER: Final[ContextVar[str]] = ContextVar("speaker", default="sala")
# what stops a program politely; an interrupt from the keyboard is an exception already
_STOPS: Final = (signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """A signal asked the program to end: an exception, so that temporary files go away on the way out."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def tell(sentence: str) -> None:
    """One sentence on standard error, under the name of the command that runs."""
    typer.echo(f"{_SPEAKER.get()}: {sentence}", err=True)


def refuse(sentence: str) -> NoReturn:
    """End the command with status 2 and one sentence on standard error."""
    tell(sentence)
    raise typer.Exit(CANNOT)


class _Closed(io.TextIOBase):
    """Stands for a standard output that was closed before we began: nobody can write to it."""

    @property
    def buffer(self) -> "_Closed":
        return self

    def write(self, text: object) -> NoReturn:
        raise OSError(errno.EBADF, "it is closed")


class _Ends:
    """What a command or a group of commands gets: `engine` is the prefix of all its messages."""

    engine = "sala"

    def invoke(self, ctx: Any) -> Any:
        with ending(self.engine):
            return super().invoke(ctx)  # type: ignore[misc]  # the command that this is mixed into


class EngineGroup(_Ends, typer.core.TyperGroup):
    """The commands of one engine."""


class EngineCommand(_Ends, typer.core.TyperCommand):
    """The only command of an engine."""


@contextmanager
def ending(engine: str) -> Iterator[None]:
    """Run a command so that whatever goes wrong in it ends in a sentence and the right exit code."""
    speaker = _SPEAKER.set(engine)
    if sys.stdout is None:  # the shell closed it: `>&-`
        sys.stdout = _Closed()
    # A lone surrogate or a terminal without Thai letters must not end a command; in JSON such an escape is read back.
    with suppress(AttributeError, ValueError):
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a plain stream has none
    try:
        with _stopping():
            try:
                yield
            finally:
                # Here, not at exit: there Python would only remark that it failed, and the code would be wrong.
                sys.stdout.flush()
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except BaseException as problem:
        raise typer.Exit(_code_of(problem)) from None
    finally:
        _SPEAKER.reset(speaker)


def _code_of(problem: BaseException) -> int:
    """Say what happened, and give the exit code of it. Raises again what is not about ending."""
    match problem:
        case BrokenPipeError():
            _let_go()
            return CLOSED_PIPE
        case Stopped(number=number):
            return 128 + number
        case KeyboardInterrupt():
            return 128 + signal.SIGINT
        case Exception() if not _is_about_usage(problem):
            return _told(problem)
    raise problem


def _told(problem: Exception) -> int:
    match problem:
        case FileError():
            tell(str(problem))
        case OSError():
            _let_go()
            tell(f"{problem.filename or STANDARD_OUTPUT}: cannot be written ({words_of(problem)})")
        case RecursionError():
            tell("the input is nested too deeply")
        case MemoryError():
            tell("there is not enough memory for this input")
        case _:
            traceback.print_exception(problem)
            tell("this is a fault in Sala, not in your file; please report the lines above")
            return FAULT
    return CANNOT


def _is_about_usage(problem: Exception) -> bool:
    """Whether it is the command line's own way to say that a word is wrong; it ends with status 2 itself."""
    return hasattr(problem, "exit_code") and hasattr(problem, "show")


def _let_go() -> None:
    """Send what is still to be written nowhere, so that Python does not try again at its end."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@contextmanager
def _stopping() -> Iterator[None]:
    """Turn signals that ask for an end into `Stopped`, where nobody else listens to them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours = [number for number in _STOPS if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise Stopped(number)


@contextmanager
def telling(name: str, *refusals: type[Exception]) -> Iterator[None]:
    """Name the input in what an engine refuses about it, and in text that is not UTF-8."""
    try:
        yield
    except refusals as problem:
        refuse(f"{label_of(name)}: {problem}")
    except UnicodeDecodeError as problem:
        refuse(
            f"{label_of(name)}: {not_utf8(problem.object[max(0, problem.start - 64) : problem.start + 4096])}"
        )
    except RecursionError:
        refuse(f"{label_of(name)}: objects and lists are nested too deeply")
