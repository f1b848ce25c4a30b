"""Proofs that an event was in a load, from the hashes kept over each 256 events and the 256 around the one asked."""

from collections.abc import Sequence

from sala.engines import merkle

HEIGHT = 8
SUBTREE = 1 << HEIGHT


def prove(*, position: int, size: int, subtrees: bytes, beside: Sequence[bytes]) -> list[bytes]:
    """The proof (RFC 6962, nearest first) for the event at `position` of a load of `size` events.

    `subtrees` are the hashes over each 256 events, `beside` the leaf hashes of the 256 (or fewer, at the end) among
    which it stands. Raises ValueError for a position that is not in the load.
    """
    first = position // SUBTREE * SUBTREE
    whole = [subtrees[at : at + merkle.HASH_BYTES] for at in range(0, len(subtrees), merkle.HASH_BYTES)]
    if not 0 <= position < size:
        raise ValueError(f"position {position} is not in a load of {size}")
    # 256 is a power of two: the tree over the events is that over the subtrees, with theirs below (RFC 6962, 2.1).
    inside = merkle.inclusion_proof(_nodes(beside), position - first, len(beside))
    return inside + merkle.inclusion_proof(_nodes(whole), position // SUBTREE, len(whole))


def _nodes(hashes: Sequence[bytes]) -> merkle.Nodes:
    return lambda height, index: merkle.root_over(hashes[index << height : (index + 1) << height])
