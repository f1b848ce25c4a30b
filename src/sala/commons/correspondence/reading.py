"""Reads a letter as it came over the wire (RFC 5322, MIME): who, for which matter, what is new in it. Never raises."""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses
from html.parser import HTMLParser
from typing import Any

from sala.core import mailboxes
from sala.core.characters import clean

LARGEST_BYTES = 30_000_000
LONGEST_TEXT = 4000
# What the reading costs is the sender's choice without these: headers are read by a grammar, parts one by one, and
# in the first words of a letter its quotation begins. Mail servers take headers of a hundred kilobytes at the most.
LARGEST_HEADERS = 64_000
MOST_BOUNDARIES = 2000
MOST_NESTED = 100
# Encodings that Python knows and no letter is written in: one of them takes hours for a large text.
_NOT_OF_LETTERS = frozenset({"punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape"})
LONGEST_READ = 200_000
MOST_FILES = 5
# Where mail servers write to whom a letter was handed, the surest first: "To" may name a list.
_RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
# Everything from such a line on is what the letter answers: "On … wrote:", "เมื่อ … เขียนว่า:", Outlook's rule.
_QUOTED = re.compile(
    r"^[ \t]*(>|On .{4,200}wrote:\s*$|เมื่อ.{4,200}เขียน(ว่า)?\s*:?\s*$"
    r"|-{3,} ?(Original Message|ข้อความเดิม) ?-{3,}|_{20,}\s*$)",
    re.MULTILINE,
)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Read:
    """What a letter says; `plus` is (reference, secret) of the address it came to, None if it carries none.

    `addresses` are all it came to, the surest first, as they are written.
    """

    plus: tuple[str, str] | None
    sender: str
    subject: str
    text: str
    message_id: str
    is_automatic: bool
    files: tuple[tuple[str, bytes], ...]
    addresses: tuple[str, ...] = ()


def read_letter(raw: bytes, *, recipient: str = "") -> Read | None:
    """A letter in parts; `recipient` is the envelope's, if the server told. None for what is no letter or too large."""
    if not _is_in_bounds(raw):
        return None
    try:
        return _read(message_from_bytes(raw, policy=policy.default), recipient)
    except RecursionError:  # parts within parts within parts: the library goes down by calling itself
        return None


def _is_in_bounds(raw: bytes) -> bool:
    if len(raw) > LARGEST_BYTES or raw.count(b"\n--") > MOST_BOUNDARIES:
        return False
    if raw.lower().count(b"multipart/") > MOST_NESTED:
        return False
    ends = [at for blank in (b"\n\n", b"\r\n\r\n") if (at := raw.find(blank, 0, LARGEST_HEADERS)) >= 0]
    return bool(ends) or len(raw) <= LARGEST_HEADERS


def _read(message: object, recipient: str) -> Read | None:
    if not isinstance(message, EmailMessage) or not message.keys():
        return None
    senders = _addresses(message, "From")
    addresses = _recipients(message, recipient)
    return Read(
        plus=next((plus for address in addresses if (plus := mailboxes.read_plus(address))), None),
        sender=senders[0] if senders else "",
        subject=clean(_header(message, "Subject"))[:200],
        text=clean(_new_words(_body(message)))[:LONGEST_TEXT],
        message_id=_header(message, "Message-ID").strip(),
        is_automatic=_is_automatic(message),
        files=tuple(_files(message))[:MOST_FILES],
        addresses=addresses,
    )


def _header(message: EmailMessage, name: str) -> str:
    """A header as text, "" if it is missing or written so that the parser gives up on it."""
    try:
        return str(message.get(name, "") or "")
    except Exception:  # noqa: BLE001  # the library raises anything for headers that break its grammar
        return ""


def _addresses(message: EmailMessage, name: str) -> list[str]:
    try:
        values = [str(value) for value in message.get_all(name, [])]
    except Exception:  # noqa: BLE001  # as above
        return []
    return [address for _, address in getaddresses(values) if "@" in address]


def _recipients(message: EmailMessage, recipient: str) -> tuple[str, ...]:
    found = (address for name in _RECIPIENTS for address in _addresses(message, name))
    return tuple(filter(None, (recipient, *found)))


def _is_automatic(message: EmailMessage) -> bool:
    """Whether a program wrote it (RFC 3834): away notices, failure notices, lists. Nobody answers those."""
    submitted = _header(message, "Auto-Submitted").strip().lower()
    precedence = _header(message, "Precedence").strip().lower()
    return (
        submitted not in ("", "no")
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or _header(message, "Return-Path").strip() == "<>"
        or message.get_content_type() == "multipart/report"
    )


def _body(message: EmailMessage) -> str:
    try:
        part = message.get_body(preferencelist=("plain", "html"))
    except Exception:  # noqa: BLE001  # a structure that is none
        part = None
    if part is None:
        return ""
    text = _decoded(part)
    return _without_tags(text[:LONGEST_READ]) if part.get_content_type() == "text/html" else text


def _decoded(part: "MIMEPart[Any, Any]") -> str:
    """The text of a part; a charset that is unknown or wrong costs letters, never the whole."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return str(part.get_payload())
    named = part.get_content_charset() or "utf-8"
    for charset in (named, "utf-8", "tis-620"):
        try:
            decode = _decoder(charset)
            return decode(content[:LONGEST_READ], len(content) <= LONGEST_READ)
        except (LookupError, UnicodeError):
            continue
    return content[:LONGEST_READ].decode("utf-8", "replace")


def _decoder(charset: str) -> Callable[[bytes, bool], str]:
    """What decodes the beginning of a text, of which the last sign may be cut. Raises LookupError."""
    known = codecs.lookup(charset)
    if not known._is_text_encoding or known.name.replace("_", "-") in _NOT_OF_LETTERS:
        raise LookupError(charset)
    return codecs.getincrementaldecoder(charset)().decode


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("style", "script", "blockquote")
        if tag in ("br", "p", "div", "tr", "li"):
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "script", "blockquote") and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def _without_tags(html: str) -> str:
    words = _Words()
    words.feed(html)
    return "".join(words.found)


def _new_words(text: str) -> str:
    """What is new in a letter: without what it quotes and without its signature, readable as text."""
    text = text[:LONGEST_READ].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    for mark in (_QUOTED, _SIGNATURE):
        if found := mark.search(text):
            text = text[: found.start()]
    lines = (line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _files(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    try:
        parts = list(message.iter_attachments())
    except Exception:  # noqa: BLE001  # a structure that is none has no files
        return
    for part in parts:
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            yield part.get_filename() or "", content
