"""How a whole public answer is told to one reader: as it is, packed, a part of it, or "you have it already".

Pure functions over headers (RFC 9110 sections 8.8, 12.5.3, 13 and 14); nothing here knows the site.
"""

import gzip
import hashlib
import re
from collections.abc import Mapping
from functools import cached_property, lru_cache

Headers = list[tuple[str, str]]

# Below this a packed answer saves no packet on the way; what shrinks by less than a tenth is sent as it is.
LEAST_PACKED = 600
WORTH_PACKING = 0.9
# Level 6 packs a page of 40 KB in about a millisecond, once for all who read it while it is kept.
LEVEL = 6
_PACKED_TYPES = re.compile(
    # Octets are the ledger's bundles (JSON entries with lengths between them) and tiles (hashes, which do not shrink).
    r"(text/(?!event-stream).*|application/(json|.*\+json|.*\+xml|xml|javascript|octet-stream)|image/svg\+xml)"
)
# What a 304 leaves out: it describes content, and there is none (RFC 9110, 15.4.5).
_OF_CONTENT = {
    "content-length",
    "content-type",
    "content-encoding",
    "content-language",
    "content-disposition",
}
_RANGE = re.compile(r"bytes\s*=\s*(?:([0-9]{1,18})\s*-\s*([0-9]{1,18})?|-\s*([0-9]{1,18}))", re.IGNORECASE)
_QUALITY = re.compile(r"q=(0(\.[0-9]{0,3})?|1(\.0{0,3})?)")


class Representation:
    """A whole answer of status 200 that anybody may be sent, as the site made it.

    Only such an answer is ever packed. What is somebody's own may hold secrets (the hidden value of a form, the key
    of a filing) beside words taken from the address; packed together, their length would give the secret away bit by
    bit (the BREACH attack, 2013). An answer for everybody has no secret to give away.
    """

    def __init__(self, headers: Headers, body: bytes) -> None:
        self.body = body
        named = {name.lower(): value for name, value in headers}
        self._is_text = "content-encoding" not in named and bool(
            _PACKED_TYPES.match(named.get("content-type", "").lower())
        )
        given = named.get("etag", "")
        # A tag of the site's own stays, if it stands for these very bytes (no "W/").
        self.tag = (
            given if given.startswith('"') else f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        )
        dropped = {"etag", "content-length", "vary", "accept-ranges"}
        self.headers = [(name, value) for name, value in headers if name.lower() not in dropped]
        self.headers.append(("Accept-Ranges", "bytes"))
        varied = [part.strip() for part in named.get("vary", "").split(",") if part.strip()]
        if self._is_text:
            varied.append("Accept-Encoding")
        if varied:
            self.headers.append(("Vary", ", ".join(dict.fromkeys(varied))))

    @cached_property
    def packed(self) -> bytes | None:
        """The body in gzip, made when first asked for; None where packing is of no use."""
        if not self._is_text or len(self.body) < LEAST_PACKED:
            return None
        packed = gzip.compress(self.body, LEVEL, mtime=0)
        return packed if len(packed) < WORTH_PACKING * len(self.body) else None

    @property
    def packed_tag(self) -> str:
        """Other bytes, so another tag: one who holds the packed ones must not be sent a part of the plain ones."""
        return f'{self.tag[:-1]}-gzip"'

    def answer(self, asked: Mapping[str, str], age: int = 0) -> tuple[str, Headers, bytes]:
        """Status line, headers and body for a reader whose request has these headers, named as WSGI names them.

        `age`: for how many seconds it has been kept. Of several wishes the order is RFC 9110's (13.2.2): first
        whether the reader has it already, then which part.
        """
        part = asked.get("HTTP_RANGE", "")
        # A part is counted in the bytes as they are, whichever way the reader would take the whole.
        is_packed = not part and takes_gzip(asked.get("HTTP_ACCEPT_ENCODING", "")) and self.packed is not None
        tag = self.packed_tag if is_packed else self.tag
        headers = [*self.headers, ("ETag", tag), *([("Age", str(age))] if age else [])]
        if "HTTP_IF_NONE_MATCH" in asked and self._is_known(asked["HTTP_IF_NONE_MATCH"]):
            left = [(name, value) for name, value in headers if name.lower() not in _OF_CONTENT]
            return "304 Not Modified", left, b""
        if part and asked.get("HTTP_IF_RANGE", self.tag) == self.tag and (found := range_of(part)):
            return self._part(headers, found)
        if is_packed and self.packed is not None:
            length = ("Content-Length", str(len(self.packed)))
            return "200 OK", [*headers, ("Content-Encoding", "gzip"), length], self.packed
        return "200 OK", [*headers, ("Content-Length", str(len(self.body)))], self.body

    def _is_known(self, tags: str) -> bool:
        """Whether a reader with these tags holds this very page, packed or not (weak comparison)."""
        if tags.strip() == "*":
            return True
        given = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return not given.isdisjoint({self.tag, self.packed_tag})

    def _part(self, headers: Headers, wanted: tuple[int | None, int | None]) -> tuple[str, Headers, bytes]:
        size = len(self.body)
        first, last = wanted
        if first is None:
            first, last = max(0, size - (last or 0)), size - 1
        last = size - 1 if last is None else min(last, size - 1)
        if first >= size or first > last:
            left = [(name, value) for name, value in headers if name.lower() not in _OF_CONTENT]
            added = [("Content-Range", f"bytes */{size}"), ("Content-Length", "0")]
            return "416 Range Not Satisfiable", [*left, *added], b""
        body = self.body[first : last + 1]
        added = [("Content-Range", f"bytes {first}-{last}/{size}"), ("Content-Length", str(len(body)))]
        return "206 Partial Content", [*headers, *added], body


@lru_cache(maxsize=256)  # browsers of one kind all send the same words
def takes_gzip(accepted: str) -> bool:
    """Whether a reader with this Accept-Encoding takes gzip (RFC 9110, 12.5.3); one who says nothing does not."""
    wishes: dict[str, bool] = {}
    for part in accepted.lower().split(","):
        coding, _, quality = part.partition(";")
        found = _QUALITY.fullmatch(quality.replace(" ", "")) if quality else None
        is_wanted = not quality or (found is not None and float(found[1]) > 0)
        wishes[coding.strip()] = is_wanted
    return wishes.get("gzip", wishes.get("x-gzip", wishes.get("*", False)))


def range_of(text: str) -> tuple[int | None, int | None] | None:
    """First and last byte that are asked for; (None, n): the last n. None: not one range of bytes, so all is sent.

    Several ranges in one request are allowed to be answered with the whole (RFC 9110, 14.2), which costs less than
    the parts that overlap in known attacks.
    """
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        return None
    if found[3] is not None:
        return None, int(found[3])
    first, last = int(found[1]), int(found[2]) if found[2] else None
    return None if last is not None and last < first else (first, last)
