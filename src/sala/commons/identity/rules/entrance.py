"""Signing in: the ways, what providers say of assurance, codes sent by e-mail, where to go afterwards."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

CODE_DIGITS = 6
CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
PROOF_LIFE = timedelta(minutes=15)
SIGN_INS_KEPT = timedelta(days=90)

_LEVEL = re.compile(r"(?:ial)?\s*([1-3])(?:\.\d)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CodeSent:
    """A login code to be put into a letter; `code` is nowhere else in clear."""

    code_id: int
    email: str
    code: str


class Way(StrEnum):
    """How a person signs in. An OpenID provider is written `openid:NAME`."""

    EMAIL = "email"
    DEMO = "demo"

    @staticmethod
    def openid(provider: str) -> str:
        """The way's name for one OpenID provider."""
        return f"openid:{provider}"


def is_sure_enough_to_work(*, way: str, level: int, least: int) -> bool:
    """Whether a sign-in of this assurance level may use the roles its person holds.

    NIST SP 800-63A asks a higher level of those who see others' data; which one is the installation's choice
    (`least`, 0 for none). The invented people of the demonstration prove nothing and need nothing.
    """
    return level >= least or way == Way.DEMO


@dataclass(frozen=True, slots=True)
class StepUp:
    """What an upper box needs proven before one kind of act, such as signing an initiative.

    `code` names the purpose (it keys the digest), `least_level` is the IAL. With `needs_pid` the citizen
    number is asked for once, turned into the purpose's digest, and dropped; someone without one is refused
    if `is_for_citizens`, else known for this purpose by the provider's own subject.
    """

    code: str
    least_level: int = 0
    needs_pid: bool = False
    is_for_citizens: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """What a provider proved, and all that we take of it; `pid` lives only until its digest is made."""

    provider: str
    issuer: str
    subject: str
    assurance_level: int
    authenticated_at: datetime
    pid: str | None = None


def refusal_of_proof(proof: Proof, step_up: StepUp, *, now: datetime) -> str | None:
    """Why a proof is not enough for a purpose, as a refusal code, or None if it is."""
    if proof.assurance_level < step_up.least_level:
        return "level_too_low"
    if now - proof.authenticated_at > PROOF_LIFE:
        return "proof_too_old"
    if step_up.needs_pid and step_up.is_for_citizens and proof.pid is None:
        return "citizens_only"
    return None


def parts_of_proof(proof: Proof, step_up: StepUp) -> tuple[str, ...]:
    """What the purpose's digest is made of: the citizen number if the purpose needs it, else the subject."""
    if step_up.needs_pid and proof.pid is not None:
        return ("pid", proof.pid)
    return ("subject", proof.issuer, proof.subject)


def assurance_of(claims: Mapping[str, object]) -> int:
    """The identity assurance level (IAL 1–3) an OpenID provider states; 0 if it states none we know.

    ThaID and the DGS 1-2:2564 sub-levels write "2.3" or 2.3 for level 2.
    """
    match = _LEVEL.fullmatch(str(claims.get("ial", "")).strip())
    return int(match.group(1)) if match else 0


def safe_return(address: str | None, *, fallback: str = "/") -> str:
    """`address` if it is a path of this site, else `fallback`: nobody is sent elsewhere after signing in."""
    if not address or len(address) > 2000 or re.search(r"[\x00-\x20\x7f\\]", address):
        return fallback
    try:
        parts = urlsplit(address)
    except ValueError:
        return fallback
    if parts.scheme or parts.netloc or not address.startswith("/") or address.startswith("//"):
        return fallback
    return address


@dataclass(frozen=True, slots=True)
class CodeState:
    """What is known of a login code when someone tries one."""

    expires_at: datetime
    tries_left: int
    is_used: bool


def refusal_of_code(state: CodeState, *, is_right: bool, now: datetime) -> str | None:
    """Why this try is refused, as a refusal code, or None if it is accepted."""
    if state.is_used or now >= state.expires_at:
        return "code_expired"
    if state.tries_left <= 0:
        return "code_tried_too_often"
    return None if is_right else "code_wrong"
