"""Sign-in with an OpenID provider such as ThaID: the authorization code flow; nothing of it is kept.

OpenID Connect Core 1.0, PKCE (RFC 7636), issuer check (RFC 9207). Tokens live in local variables only.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils.http import urlencode
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from joserfc.jws import JWSRegistry

from sala.commons.identity import rules
from sala.core.errors import Conflict, NotFound, Refused
from sala.core.national_ids import parse_national_id

FLOWS = "openid_flows"
FLOWS_KEPT = 3  # a few tabs
FLOW_LIFE = timedelta(minutes=15)
METADATA_LIFE = timedelta(hours=1)
LEEWAY_SECONDS = 60
# Asymmetric only: "none" and the HMAC family would let the wrong party sign.
ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
)


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider as the environment names it: SALA_OIDC_PROVIDERS=thaid, SALA_OIDC_THAID_ISSUER and so on."""

    name: str
    issuer: str
    client_id: str
    client_secret: str
    title_th: str
    title_en: str
    scope: str = "openid ial"
    pid_scope: str = "pid"


@dataclass(frozen=True, slots=True)
class Flow:
    """A sign-in under way, kept in the session from leaving to coming back."""

    provider: str
    nonce: str
    verifier: str
    following: str
    purpose: str
    is_for: int | None  # the person who adds this way to sign in to their account
    language: str
    started_at: int


@dataclass(slots=True)
class _Known:
    metadata: dict[str, Any]
    keys: KeySetSerialization
    fetched_at: datetime


_known: dict[str, _Known] = {}


def list_providers() -> tuple[Provider, ...]:
    """The providers that are set up, in the order named."""
    return tuple(Provider(name=name, **values) for name, values in settings.OIDC.items())


def get_provider(name: str) -> Provider:
    """The provider of that name. Raises NotFound."""
    for provider in list_providers():
        if provider.name == name:
            return provider
    raise NotFound("not_found")


def begin(
    session: SessionBase,
    provider: Provider,
    *,
    back: str,
    following: str,
    step_up: rules.StepUp | None,
    is_for: int | None,
    language: str,
    now: datetime,
) -> str:
    """The provider's address to go to; what must be checked on return is put into the session.

    `back` is our absolute address to return to. The citizen number is asked for only if `step_up` needs it,
    and then with a fresh authentication. Raises Conflict if the provider does not answer.
    """
    metadata = _discover(provider, now=now).metadata
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    flow = Flow(
        provider=provider.name,
        nonce=nonce,
        verifier=verifier,
        following=following,
        purpose=step_up.code if step_up else "",
        is_for=is_for,
        language=language,
        started_at=int(now.timestamp()),
    )
    kept = dict(list(session.get(FLOWS, {}).items())[-(FLOWS_KEPT - 1) :])
    session[FLOWS] = {**kept, state: {name: getattr(flow, name) for name in Flow.__slots__}}
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": provider.scope,
        "state": state,
        "nonce": nonce,
        "code_challenge": create_s256_code_challenge(verifier),
        "code_challenge_method": "S256",
        "ui_locales": language,
    }
    if step_up is not None:
        asked |= {"prompt": "login", "max_age": "0"}
        if step_up.needs_pid:
            asked["scope"] = f"{provider.scope} {provider.pid_scope}"
    endpoint = str(metadata["authorization_endpoint"])
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def sign_out_address(provider: Provider, *, back: str, now: datetime) -> str:
    """Where a person also signs out of the provider (RP-Initiated Logout 1.0); empty if it has no such place.

    No ID token is kept to send as a hint, so the provider asks the person. Raises Conflict if it does not answer.
    """
    endpoint = str(_discover(provider, now=now).metadata.get("end_session_endpoint") or "")
    if urlsplit(endpoint).scheme not in ("https", "http"):
        return ""
    asked = {"client_id": provider.client_id, "post_logout_redirect_uri": back}
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def take_flow(session: SessionBase, provider: Provider, *, state: str, now: datetime) -> Flow:
    """The flow that `state` belongs to; it is used up. Raises Refused if this browser did not begin it."""
    flows = dict(session.get(FLOWS, {}))
    kept = flows.pop(state, None)
    session[FLOWS] = flows
    if kept is None or kept["provider"] != provider.name:
        raise Refused("sign_in_failed")
    flow = Flow(**kept)
    if now - datetime.fromtimestamp(flow.started_at, UTC) > FLOW_LIFE:
        raise Refused("sign_in_took_too_long")
    return flow


def finish(
    provider: Provider, flow: Flow, answer: Mapping[str, str], *, back: str, needs_pid: bool, now: datetime
) -> rules.Proof:
    """What the provider proved, from the parameters it sent the browser back with.

    Raises Refused("sign_in_cancelled") if the person said no there, Refused("sign_in_failed") for anything
    that does not verify, Conflict if the provider does not answer.
    """
    if answer.get("error"):
        raise Refused("sign_in_cancelled" if answer["error"] == "access_denied" else "sign_in_failed")
    known = _discover(provider, now=now)
    if answer.get("iss", provider.issuer) != provider.issuer or not answer.get("code"):
        raise Refused("sign_in_failed")
    tokens = _exchange(provider, known, code=answer["code"], verifier=flow.verifier, back=back)
    claims = _verified(provider, known, tokens, nonce=flow.nonce, now=now)
    if flow.purpose and "auth_time" not in claims:  # owed to us, for we asked with max_age
        raise Refused("proof_too_old")
    if "ial" not in claims or (needs_pid and "pid" not in claims):
        claims = {**_userinfo(known, tokens, subject=str(claims["sub"])), **claims}
    return rules.Proof(
        provider=provider.name,
        issuer=provider.issuer,
        subject=str(claims["sub"]),
        assurance_level=rules.assurance_of(claims),
        authenticated_at=datetime.fromtimestamp(int(claims.get("auth_time", claims["iat"])), UTC),
        pid=_citizen_number(claims) if needs_pid else None,
    )


def _exchange(provider: Provider, known: _Known, *, code: str, verifier: str, back: str) -> dict[str, Any]:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    with _client() as client:
        try:
            response = client.post(
                str(known.metadata["token_endpoint"]),
                data=form,
                auth=httpx.BasicAuth(provider.client_id, provider.client_secret),
                headers={"Accept": "application/json"},
            )
        except httpx.HTTPError as error:
            raise Conflict("provider_unreachable") from error
    tokens = _json(response) if response.status_code == 200 else {}
    if not isinstance(tokens.get("id_token"), str) or not isinstance(tokens.get("access_token"), str):
        raise Refused("sign_in_failed")
    return tokens


def _verified(
    provider: Provider, known: _Known, tokens: Mapping[str, Any], *, nonce: str, now: datetime
) -> dict[str, Any]:
    """The ID token's claims, once signature, issuer, audience, times, nonce and token hash are right."""
    registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
    try:
        try:
            token = jwt.decode(tokens["id_token"], KeySet.import_key_set(known.keys), registry=registry)
        except InvalidKeyIdError:  # the provider changed its keys since we asked
            known = _discover(provider, now=now, anew=True)
            token = jwt.decode(tokens["id_token"], KeySet.import_key_set(known.keys), registry=registry)
        expected = {
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client_id},
        }
        known_values = {
            "nonce": nonce,
            "client_id": provider.client_id,
            "access_token": tokens["access_token"],
        }
        claims = CodeIDToken(token.claims, token.header, expected, known_values)
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError) as error:
        raise Refused("sign_in_failed") from error
    if not claims.get("sub"):
        raise Refused("sign_in_failed")
    return dict(claims)


def _userinfo(known: _Known, tokens: Mapping[str, Any], *, subject: str) -> dict[str, Any]:
    """Claims that are only at the userinfo address; {} if there is none. It must be the same subject."""
    address = known.metadata.get("userinfo_endpoint")
    if not address:
        return {}
    with _client() as client:
        try:
            response = client.get(str(address), headers={"Authorization": f"Bearer {tokens['access_token']}"})
        except httpx.HTTPError as error:
            raise Conflict("provider_unreachable") from error
    claims = _json(response) if response.status_code == 200 else {}
    if claims and claims.get("sub") != subject:
        raise Refused("sign_in_failed")
    return claims


def _discover(provider: Provider, *, now: datetime, anew: bool = False) -> _Known:
    """The provider's metadata and keys, asked for once an hour. Raises Conflict if it does not answer."""
    known = _known.get(provider.issuer)
    if known is not None and not anew and now - known.fetched_at < METADATA_LIFE:
        return known
    try:
        with _client() as client:
            address = provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
            metadata = _json(client.get(address).raise_for_status())
            if metadata.get("issuer") != provider.issuer:
                raise Conflict("provider_unreachable")
            keys = cast(KeySetSerialization, _json(client.get(str(metadata["jwks_uri"])).raise_for_status()))
    except (httpx.HTTPError, KeyError) as error:
        raise Conflict("provider_unreachable") from error
    _known[provider.issuer] = known = _Known(metadata, keys, now)
    return known


def _citizen_number(claims: Mapping[str, Any]) -> str | None:
    """The citizen number, if the provider gave a right one; people without one are people too."""
    try:
        return parse_national_id(str(claims.get("pid") or ""))
    except ValueError:
        return None


def _client() -> httpx.Client:
    return httpx.Client(timeout=8, follow_redirects=False, trust_env=False)


def _json(response: httpx.Response) -> dict[str, Any]:
    """The JSON object of a response; {} for anything else."""
    try:
        value = response.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def forget_providers() -> None:
    """Ask providers anew for their metadata and keys."""
    _known.clear()
