"""Who may sign a collection, and what tells one signer from another. See docs/rules/signatures.md."""

from dataclasses import dataclass
from enum import StrEnum

from sala.core.rates import Key, Policy, Rate

# A whole district may stand behind one address of a mobile network; one person has no reason to sign every second.
SIGN = Policy("participation.sign", {Key.ADDRESS: Rate(6000, 60), Key.PERSON: Rate(30, 60)})
# The purpose for which a citizen number is proven (`identity.rules.StepUp`), once for all collections: what stands
# for somebody in one of them is keyed anew, so that two cannot be joined.
PROOF = "signature"
# Rows that an officer can enter at once and still look over.
LONGEST_SHEET = 500


class TellsApart(StrEnum):
    """What makes two signatures one person's."""

    PERSON = "person"  # the account
    CITIZEN = "citizen"  # the citizen number, as a keyed digest: the same person on paper and online


class Finding(StrEnum):
    """What an outside register says of a signature; empty while it was not asked."""

    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"  # it knows no such person
    INELIGIBLE = "ineligible"  # it knows them, and they may not sign


@dataclass(frozen=True, slots=True)
class Signer:
    """What is known of whoever signs: their account, how surely they are it, the digest of a proven citizen number."""

    person_id: int | None
    level: int
    proof: str | None = None


def refusal_of_signer(signer: Signer, *, tells_apart: str, least_level: int) -> str | None:
    """Why somebody may not sign, as a refusal's code, or None if they may.

    A proof of the citizen number is asked for anew before such an act and lasts a quarter of an hour.
    """
    if not tells_apart:
        return "not_found"  # the service takes these signatures by an act of its own
    if signer.person_id is None:
        return "sign_in_first"
    if signer.level < least_level:
        return "level_too_low"
    if tells_apart == TellsApart.CITIZEN and signer.proof is None:
        return "proof_needed"
    return None


def who_signs(signer: Signer, *, tells_apart: str) -> str:
    """What stands for a signer whom nothing speaks against, before it is keyed for one collection."""
    if tells_apart == TellsApart.CITIZEN and signer.proof is not None:
        return citizen(signer.proof)
    return f"person {signer.person_id}"


def citizen(proof: str) -> str:
    """What stands for the bearer of a citizen number, online and on paper alike; `proof` is its digest."""
    return f"citizen {proof}"


def private_part(*, mark: bytes, area: str, channel: str, level: int | None) -> dict[str, str | int | None]:
    """What the entry of a signature commits to and does not say; whoever is shown it can hold it against the entry."""
    return {"mark": mark.hex(), "area": area, "channel": channel, "level": level}
