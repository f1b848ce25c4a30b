"""A file of signatures is checked by somebody who trusts one public key: every kind of lie in it is said."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from sala.core.canonical import canonical_json
from sala.engines import merkle, signatures
from sala.engines.signatures import Handed, Head

pytestmark = pytest.mark.req("LAW-3.2", "TRU-2")
SIGNER = merkle.Signer("log.example/sala", b"k" * 32)
HEAD = Head(collection="LP69-0000001-0", purpose="initiative", count=300, confirmed=2, log=SIGNER.name)


def row(number: int, position: int) -> Handed:
    """A signature as it is handed over."""
    finding = "confirmed" if number < 2 else ""
    return Handed(
        mark=hashlib.sha256(str(number).encode()).hexdigest(),
        area="40",
        channel="web",
        level=2,
        salt=f"{number:064x}",
        position=position,
        finding=finding,
    )


def entry(one: Handed, **more: object) -> bytes:
    """The entry that the ledger holds of it; made here as the format says, not by the site's own code."""
    private = {"mark": one.mark, "area": one.area, "channel": one.channel, "level": one.level}
    commitment = hmac.new(bytes.fromhex(one.salt), canonical_json(private), hashlib.sha256).hexdigest()
    values = {
        "v": 1,
        "kind": "participation.signed",
        "content": {"collection": HEAD.collection, "purpose": HEAD.purpose},
        "commitment": commitment,
    }
    return json.dumps(values | more).encode()


class Log:
    """A log that serves the entries of 300 signatures and some other facts."""

    def __init__(self, change: Callable[[list[bytes]], None] = lambda entries: None) -> None:
        self.rows = [row(number, number + 1) for number in range(300)]
        self.entries = [b'{"kind":"gong.struck"}', *(entry(one) for one in self.rows)]
        frontier = merkle.Frontier()
        self.tiles = frontier.append([merkle.leaf_hash(each) for each in self.entries])
        checkpoint = merkle.Checkpoint(SIGNER.name, frontier.size, frontier.root())
        self.checkpoint = merkle.sign_checkpoint(checkpoint, SIGNER)
        change(self.entries)

    def fetch(self, path: str) -> bytes:
        """What is served below the log's prefix."""
        if path == "checkpoint":
            return self.checkpoint.encode()
        _, level, rest = path.split("/", 2)
        index, width = merkle.parse_tile_path(rest)
        if level == "entries":
            first = index * merkle.WIDTH
            return merkle.write_bundle(self.entries[first : first + width])
        return self.tiles[int(level), index][: width * merkle.HASH_BYTES]


def written(rows: list[Handed], head: Head = HEAD, signer: merkle.Signer = SIGNER) -> list[bytes]:
    """The file's lines."""
    lines = [signatures.head_line(head), *(signatures.row_line(one) for one in rows)]
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    text = signatures.text_to_sign(head, digest)
    ended = signatures.trailer(merkle.write_note(text, [signer.sign(text)]))
    return "".join([*lines, ended]).encode().splitlines(keepends=True)


def check(lines: list[bytes], log: Log) -> signatures.Report:
    return signatures.check_file(lines, key=SIGNER.public, fetch=log.fetch, kind="participation.signed")


def test_a_file_as_it_was_handed_over_fits() -> None:
    log = Log()
    report = check(written(log.rows), log)
    assert report.head == HEAD
    assert report.by_channel == {"web": 300}


def swap(rows: list[Handed], place: int, **more: object) -> list[Handed]:
    """The rows, one of them told otherwise."""
    return [replace(one, **more) if number == place else one for number, one in enumerate(rows)]  # type: ignore[arg-type]  # the field's own values


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda rows: rows[:-1], "299 signatures are there, 300 are told"),
        (lambda rows: [*rows[:-1], rows[7]], "mark of another one"),
        (lambda rows: swap(rows, 5, position=9), "position of another one"),
        (lambda rows: swap(rows, 5, finding="confirmed"), "3 signatures are confirmed, 2 are told"),
        (lambda rows: swap(rows, 5, area="10"), "made for something else"),
        (lambda rows: swap(rows, 5, level=3), "made for something else"),
        (lambda rows: swap(rows, 5, mark="0" * 64), "made for something else"),
        (lambda rows: swap(rows, 5, position=0), "entry 0 is no signature"),
        (lambda rows: swap(rows, 5, position=5000), "not among the 301 entries"),
        (lambda rows: swap(rows, 5, number="1234567890123"), "no citizen's"),
    ],
)
def test_a_file_that_its_signer_made_wrong_is_told(
    change: Callable[[list[Handed]], list[Handed]], says: str
) -> None:
    log = Log()
    with pytest.raises(signatures.Contradiction, match=says):
        check(written(change(log.rows)), log)


def test_two_papers_with_one_citizen_number_are_told() -> None:
    log = Log()
    twice = swap(swap(log.rows, 5, number="1100000000016"), 6, number="1100000000016")
    with pytest.raises(signatures.Contradiction, match="number of another one"):
        check(written(twice), log)


def test_lines_changed_after_signing_and_signatures_of_others_are_told() -> None:
    log = Log()
    lines = written(log.rows)
    with pytest.raises(signatures.Contradiction, match="not those that were signed"):
        check([*lines[:3], lines[4], lines[3], *lines[5:]], log)
    stranger = merkle.Signer(SIGNER.name, b"x" * 32)
    with pytest.raises(signatures.Contradiction, match="not signed by this log"):
        check(written(log.rows, signer=stranger), log)


def test_a_log_that_changed_an_entry_after_signing_is_told() -> None:
    def change(entries: list[bytes]) -> None:
        entries[7] = entry(row(6, 7), at="elsewhere")

    log = Log(change)
    with pytest.raises(signatures.Contradiction, match="entry 7 is not in the tree"):
        check(written(log.rows), log)


def test_a_signature_of_another_collection_is_told() -> None:
    log = Log()
    with pytest.raises(signatures.Contradiction, match="another collection"):
        check(written(log.rows, replace(HEAD, collection="LP69-0000002-9")), log)


@pytest.mark.parametrize("cut", [0, 1, 2, 301])
def test_what_is_no_file_or_is_cut_off_is_no_contradiction(cut: int) -> None:
    log = Log()
    with pytest.raises(ValueError, match="no file of signatures|cut off"):
        check(written(log.rows)[:cut], log)
