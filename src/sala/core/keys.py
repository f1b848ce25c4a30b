"""Compare secret keys, links and digests without telling by time how much of them was right."""

from hmac import compare_digest


def same_key(given: str | bytes, true: str | bytes) -> bool:
    """Whether `given`, which comes from outside and may hold anything, is the key `true`.

    Takes as long for a wrong key as for a right one of its length. Unlike `hmac.compare_digest` it never raises for
    text that is not ASCII. An empty `true` is no key: it opens nothing, whatever is given.
    """
    return compare_digest(_bytes(given), _bytes(true)) and bool(true)


def _bytes(key: str | bytes) -> bytes:
    # A lone surrogate, which JSON can carry, has no UTF-8 of its own; it must not match "?" or U+FFFD.
    return key.encode("utf-8", "surrogatepass") if isinstance(key, str) else key
