"""The one place that holds the keys: seals contact data at rest, makes digests."""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from sala.core import digests


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """`text` encrypted for storage under the newest key; the empty text stays empty."""
    return _fernet(tuple(settings.DATA_KEYS)).encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """The text that was sealed. Raises ValueError if none of the keys we hold opens it."""
    if not sealed:
        return ""
    try:
        return _fernet(tuple(settings.DATA_KEYS)).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ValueError("sealed under a key that SALA_DATA_KEYS does not hold") from error


def reseal(sealed: str) -> str:
    """The same text under the newest key, for a change of keys."""
    return _fernet(tuple(settings.DATA_KEYS)).rotate(sealed.encode()).decode() if sealed else ""


def digest(purpose: str, *parts: str) -> str:
    """A keyed digest that is good for one purpose alone; see `core.digests.purpose_digest`."""
    return digests.purpose_digest(settings.DIGEST_KEY.encode(), purpose, *parts)
