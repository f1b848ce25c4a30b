"""Signed notes, checkpoints and witnesses: what is not exactly right is refused, with the right status."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.engines import merkle

pytestmark = pytest.mark.req("TRU-2")

ORIGIN = "log.example/sala"
LOG = merkle.Signer(ORIGIN, b"l" * 32)
OTHER = merkle.Signer(ORIGIN, b"o" * 32)
WITNESS = merkle.Signer("witness.example/w1", b"w" * 32, merkle.COSIGNATURE)
HASHES = [merkle.leaf_hash(bytes([number])) for number in range(20)]

# From the specification texts: the example note and key id of signed-note, and the example checkpoint.
EXAMPLE_CHECKPOINT = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2"
    "q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)


def root(size):
    return merkle.root_over(HASHES[:size])


def nodes(height, index):
    return merkle.root_over(HASHES[index << height : (index + 1) << height])


def checkpoint(size, *, origin=ORIGIN, signer=LOG, root_hash=None):
    return merkle.sign_checkpoint(merkle.Checkpoint(origin, size, root_hash or root(size)), signer)


def request(old, size, *, proof=None, **changes):
    if proof is None:
        proof = merkle.consistency_proof(nodes, old, size) if old <= size else []
    return merkle.write_request(old=old, proof=proof, checkpoint=checkpoint(size, **changes))


def answer(body, latest=None):
    """The status a witness gives, and the size it tells."""
    try:
        parsed = merkle.read_request(body)
        merkle.require_known(parsed, {ORIGIN: [LOG.public]})
        merkle.require_consistent(parsed, latest and merkle.Checkpoint(ORIGIN, latest, root(latest)))
    except merkle.Refusal as refusal:
        return refusal.status, refusal.size
    return 200, None


def test_the_checkpoint_of_the_specification_is_read():
    parsed = merkle.parse_checkpoint(merkle.parse_note(EXAMPLE_CHECKPOINT).text)
    assert (parsed.origin, parsed.size) == ("example.com/behind-the-sofa", 20852163)
    assert merkle.parse_note(EXAMPLE_CHECKPOINT).signatures[0].key_id.hex() == "033de0ae"


@given(st.integers(0, 20))
def test_a_checkpoint_is_opened_with_the_logs_key_alone(size):
    assert merkle.open_checkpoint(checkpoint(size), LOG.public) == merkle.Checkpoint(ORIGIN, size, root(size))
    assert merkle.parse_verifier_key(str(LOG.public)) == LOG.public
    assert merkle.parse_verifier_key(str(WITNESS.public)) == WITNESS.public


@pytest.mark.parametrize(
    "note",
    [
        "",
        "no signatures\n",
        checkpoint(3).replace("\n3\n", "\n4\n"),
        checkpoint(3).replace("\u2014", "-"),
        checkpoint(3)[:-1],
        checkpoint(3, signer=OTHER),
        checkpoint(3, signer=merkle.Signer("log.example/other", b"l" * 32)),
        checkpoint(3, origin="log.example/other"),
        checkpoint(3).replace("log.example/sala\n3", "log.example/sala\n03"),
        checkpoint(3) + "\u2014 x\n",
        checkpoint(3) + checkpoint(3).splitlines()[-1] + "\n" * 1 + "\u2014 a AAAA\n",
        checkpoint(3).replace("\n3\n", "\n3\n\t"),
        "a\n" * 3 + "\n" + LOG.sign("a\n" * 3) * 101,
    ],
)
def test_a_note_that_is_not_exactly_right_is_refused(note):
    with pytest.raises(merkle.BadNote):
        merkle.open_checkpoint(note, LOG.public)


def test_a_known_keys_wrong_signature_spoils_the_note():
    wrong = base64.b64encode(LOG.public.key_id + bytes(64)).decode()
    with pytest.raises(merkle.BadNote, match="wrong"):
        merkle.open_checkpoint(checkpoint(3) + f"\u2014 {ORIGIN} {wrong}\n", LOG.public)
    short = base64.b64encode(LOG.public.key_id + bytes(5)).decode()
    with pytest.raises(merkle.BadNote, match="wrong"):
        merkle.open_checkpoint(checkpoint(3) + f"\u2014 {ORIGIN} {short}\n", LOG.public)


def test_signatures_of_strangers_are_ignored():
    stranger = merkle.Signer("stranger.example", b"s" * 32).sign("another text\n")
    assert merkle.open_checkpoint(checkpoint(3) + stranger, LOG.public).size == 3


def test_a_cosignature_tells_when_and_is_bound_to_the_checkpoint():
    note = checkpoint(5)
    text = merkle.parse_note(note).text
    signed = merkle.parse_note(note + WITNESS.cosign(text, 1_781_000_000))
    assert merkle.verify_note(signed, [WITNESS.public, LOG.public]) == {
        WITNESS.public: 1_781_000_000,
        LOG.public: None,
    }
    stale = merkle.parse_note(checkpoint(6) + WITNESS.cosign(text, 1_781_000_000))
    with pytest.raises(merkle.BadNote, match="wrong"):
        merkle.verify_note(stale, [WITNESS.public])


@pytest.mark.parametrize(
    "text", ["", "name", "a+00000000+AQ==", str(LOG.public)[:-4], "b" + str(LOG.public), "a b+1+2"]
)
def test_a_malformed_public_key_is_refused(text):
    with pytest.raises(merkle.BadNote):
        merkle.parse_verifier_key(text)


@pytest.mark.parametrize("text", ["x", "x\n", "\u2014 a b\n", LOG.sign("a\n") + "\n"])
def test_a_malformed_answer_of_a_witness_is_refused(text):
    with pytest.raises(merkle.BadNote):
        merkle.signature_lines(text)


@given(st.integers(0, 20), st.integers(0, 20))
def test_a_witness_cosigns_what_continues_what_it_saw(old, new):
    old, new = sorted([old, new])
    assert answer(request(old, new), latest=old) == (200, None)


@pytest.mark.parametrize(
    ("body", "latest", "status"),
    [
        (b"", None, 400),
        (b"\xff\n\n", None, 400),
        (b"old x\n\n" + checkpoint(3).encode(), None, 400),
        (b"old 03\n\n" + checkpoint(3).encode(), None, 400),
        (b"old 0\nAAAA\n\n" + checkpoint(3).encode(), None, 400),
        (b"old 0\n" + b"%s\n" % base64.b64encode(bytes(32)) * 64 + b"\n" + checkpoint(3).encode(), None, 400),
        (request(9, 5), 9, 400),
        (request(0, 5, signer=OTHER), None, 403),
        (request(0, 5, origin="log.example/other"), None, 404),
        (request(3, 8), 5, 409),
        (request(0, 8), 5, 409),
        (request(5, 8), None, 409),
        (request(8, 8, root_hash=merkle.leaf_hash(b"fork")), 8, 409),
        (request(5, 8, root_hash=merkle.leaf_hash(b"fork")), 5, 422),
        (request(5, 8, proof=[]), 5, 422),
        (request(8, 8, proof=[root(8)]), 8, 422),
        (request(0, 8, proof=[root(8)]), None, 422),
        (request(0, 0, root_hash=root(1)), None, 422),
    ],
)
def test_a_witness_refuses_with_the_status_of_the_protocol(body, latest, status):
    assert answer(body, latest)[0] == status


def test_a_conflict_tells_the_size_that_is_known():
    assert answer(request(0, 8), latest=5) == (409, 5)


def test_a_log_that_went_back_is_refused():
    assert answer(request(8, 5), latest=8)[0] == 400
    assert answer(request(5, 5), latest=8) == (409, 8)


@given(st.integers(1, 20), st.data())
def test_a_proof_to_keep_is_read_back(size, data):
    position = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(nodes, position, size)
    kept = merkle.write_proof(position=position, proof=proof, checkpoint=checkpoint(size))
    assert merkle.read_proof(kept) == (position, proof, checkpoint(size))
    with_extra = kept.replace("\nindex", "\nextra AAAA\nindex", 1)
    assert merkle.read_proof(with_extra) == (position, proof, checkpoint(size))


@pytest.mark.parametrize(
    "text", ["", "c2sp.org/tlog-proof@v1\n\n", "x\nindex 1\n\ny", "c2sp.org/tlog-proof@v1\nindex x\n\n"]
)
def test_what_is_no_proof_is_refused(text):
    with pytest.raises(merkle.BadNote):
        merkle.read_proof(text)
