"""A witness that refuses is heard: its reason is kept for doctor, /readyz and /metrics until it cosigns again."""

import httpx
import pytest

from sala.commons.ledger import keys, sequencer, witnesses
from sala.commons.ledger.models import Head, Witness
from sala.engines import merkle
from sala.serving.health import probes, verdicts

pytestmark = [pytest.mark.django_db, pytest.mark.req("TRU-2")]
NAMES = ("w1.example/sala", "w2.example/sala")
SIGNERS = {name: merkle.Signer(name, name.encode().ljust(32, b"."), merkle.COSIGNATURE) for name in NAMES}


@pytest.fixture(autouse=True)
def log(settings, ring):
    """A log of two entries, and two witnesses."""
    asked = [f"{SIGNERS[name].public} http://{name.partition('/')[0]}" for name in NAMES]
    settings.LEDGER_WITNESSES = "; ".join(asked)
    ring(0)
    ring(1)
    sequencer.sequence_now()


@pytest.fixture
def ring(ring_many):
    """Record one fact inside the test's own transaction."""
    return lambda mark: ring_many([("rung", {"mark": mark})])


def client(answers: dict[str, httpx.Response | None]) -> httpx.Client:
    """Witnesses that answer so, by the beginning of their name; None is away, "sign" cosigns."""

    def answer(request: httpx.Request) -> httpx.Response:
        given = answers[request.url.host.partition(".")[0]]
        if given is None:
            raise httpx.ConnectError("away")
        if given == "sign":
            signer = SIGNERS[f"{request.url.host}/sala"]
            note = Head.objects.get().checkpoint
            return httpx.Response(200, text=signer.cosign(merkle.parse_note(note).text, 1_800_000_000))
        return given

    return httpx.Client(transport=httpx.MockTransport(answer))


def state(name: str) -> witnesses.WitnessState:
    return next(found for found in witnesses.list_states() if found.name.startswith(name))


SEEN_MORE = httpx.Response(409, text="99\n")


@pytest.mark.parametrize(
    ("answer", "is_contradiction", "says"),
    [
        (SEEN_MORE, True, "seen 99 entries"),
        (httpx.Response(409, text="2\n"), True, "another history"),
        (httpx.Response(422, text="no"), True, "two histories"),
        (httpx.Response(404, text="no"), False, "does not know the log"),
        (httpx.Response(403, text="no"), False, "another key"),
        (httpx.Response(500, text="no"), False, "status 500"),
        (httpx.Response(200, text="no line"), False, ""),
    ],
)
def test_what_a_witness_refuses_is_kept_in_words(answer, is_contradiction, says):
    assert witnesses.submit_once(client({"w1": answer, "w2": "sign"})) == 1
    found = state("w1")
    assert found.refusal
    assert says in found.refusal
    assert found.is_contradiction == is_contradiction
    assert not state("w2").refusal


def test_one_that_is_away_refuses_nothing_and_one_that_cosigns_takes_its_refusal_back():
    witnesses.submit_once(client({"w1": None, "w2": SEEN_MORE}))
    assert (state("w1").refusal, state("w2").is_contradiction) == ("", True)
    witnesses.submit_once(client({"w1": None, "w2": "sign"}))
    assert (state("w2").refusal, state("w2").is_contradiction) == ("", False)
    assert Witness.objects.get(name=NAMES[1]).size == 2


def test_one_witness_alone_warns_and_all_of_them_fail():
    witnesses.submit_once(client({"w1": SEEN_MORE, "w2": "sign"}))
    finding = probes.look_at_witnesses()
    assert finding.level == verdicts.Level.WARNING
    assert "w1.example/sala refuses" in finding.says
    witnesses.submit_once(client({"w1": SEEN_MORE, "w2": httpx.Response(404)}))
    assert probes.look_at_witnesses().level == verdicts.Level.FAILURE


def test_readyz_and_the_metrics_tell_of_it():
    from django.test import Client

    from sala.serving.health import metrics

    witnesses.submit_once(client({"w1": SEEN_MORE, "w2": "sign"}))
    told = Client().get("/readyz")
    assert told.status_code == 200
    assert told.content.startswith(b"ok\nwitnesses: w1.example/sala refuses")
    witnesses.submit_once(client({"w1": SEEN_MORE, "w2": SEEN_MORE}))
    told = Client().get("/readyz")
    assert told.status_code == 503
    assert b"set back" in told.content
    text = "".join(str(metric.samples) for metric in metrics._look())
    assert "sala_ledger_witness_contradicting" in text


def test_a_log_of_another_key_is_said_by_readyz_and_doctor_in_plain_words(settings):
    from django.test import Client

    assert probes.look_at_signing().level == verdicts.Level.OK
    settings.LEDGER_KEY = "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="
    told = Client().get("/readyz")
    assert told.status_code == 503
    assert b"signing: the newest checkpoint was signed by another key" in told.content
    assert probes.look_at_signing().level == verdicts.Level.FAILURE


@pytest.mark.parametrize(
    ("answer", "size"), [(SEEN_MORE, 99), ("sign", 2), (None, None), (httpx.Response(404, text="no"), None)]
)
def test_a_restore_asks_each_witness_how_much_it_saw(answer, size):
    assert witnesses.ask_sizes(client({"w1": answer, "w2": "sign"})) == {NAMES[0]: size, NAMES[1]: 2}


def test_who_never_was_asked_refuses_nothing():
    assert [found.refusal for found in witnesses.list_states()] == ["", ""]
    assert verdicts.judge_witnesses({}, contradicting=[], asked=0).says == "none is asked"
    assert str(keys.log_key())
