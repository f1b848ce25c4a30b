"""What a person chose that others may see, and the name in the ledger of what others may not."""

import hashlib
import hmac
from enum import StrEnum


class Privacy(StrEnum):
    """What the person chose that others may see."""

    PUBLIC = "public"
    AGENCY_ONLY = "agency_only"
    CONFIDENTIAL = "confidential"


def hidden_name(reference: str, opening: str) -> str:
    """The name in the ledger of what is not public: "~" and 32 letters that lead nowhere.

    HMAC-SHA256 of the reference under `opening` (64 hexadecimal digits, a secret of this matter alone). Once the
    opening is told, anyone can compute that the name was this reference's and no other's.
    """
    return "~" + hmac.new(bytes.fromhex(opening), reference.encode(), hashlib.sha256).hexdigest()[:32]
