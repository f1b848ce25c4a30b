"""Who may sign, withdraw, enter sheets and set signatures aside."""

from sala.commons.participation import rules
from sala.core.errors import NotFound, Refused, SalaError


def refusal_to_sign(
    signer: rules.Signer, *, tells_apart: str, least_level: int, is_public: bool
) -> SalaError | None:
    """Why somebody may not sign here, or None if they may; whether it is open is for the database to say."""
    code = rules.refusal_of_signer(signer, tells_apart=tells_apart, least_level=least_level)
    if code == "not_found" or not is_public:
        return NotFound("not_found")
    return Refused(code) if code else None


def require_may_sign(signer: rules.Signer, *, tells_apart: str, least_level: int, is_public: bool) -> None:
    """Raises what `refusal_to_sign` finds."""
    if refusal := refusal_to_sign(
        signer, tells_apart=tells_apart, least_level=least_level, is_public=is_public
    ):
        raise refusal
