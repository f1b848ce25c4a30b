"""Inclusion and consistency proofs: made as RFC 6962 (2.1) says, checked as RFC 9162 (2.1) says."""

from collections.abc import Callable, Sequence

from sala.engines.merkle.hashing import EMPTY_ROOT, HASH_BYTES, node_hash

# The hash of the complete subtree of 2^height leaves that starts at leaf index * 2^height.
Nodes = Callable[[int, int], bytes]


class BadProof(ValueError):
    """A proof does not prove what it should."""


def subtree_root(nodes: Nodes, begin: int, end: int) -> bytes:
    """The hash over leaves `begin` to `end` (excluded), where `begin` is where such a subtree may start.

    Costs as many nodes as `end - begin` has ones in binary.
    """
    if begin == end:
        return EMPTY_ROOT
    parts: list[bytes] = []
    while begin < end:
        height = (end - begin).bit_length() - 1
        parts.append(nodes(height, begin >> height))
        begin += 1 << height
    result = parts.pop()
    while parts:
        result = node_hash(parts.pop(), result)
    return result


def inclusion_proof(nodes: Nodes, position: int, size: int) -> list[bytes]:
    """The hashes that, with the leaf at `position`, give the root of a tree of `size` leaves; nearest first.

    Raises ValueError unless 0 <= position < size.
    """
    if not 0 <= position < size:
        raise ValueError(f"position {position} is not in a tree of {size}")
    proof: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if position < middle:
            proof.append(subtree_root(nodes, middle, end))
            end = middle
        else:
            proof.append(subtree_root(nodes, begin, middle))
            begin = middle
    proof.reverse()
    return proof


def consistency_proof(nodes: Nodes, old: int, new: int) -> list[bytes]:
    """The hashes that prove that the tree of `new` leaves begins with the tree of `old` leaves.

    Empty when `old` is 0 or equals `new`. Raises ValueError unless 0 <= old <= new.
    """
    if not 0 <= old <= new:
        raise ValueError(f"no tree of {new} can begin with {old} leaves")
    if old in (0, new):
        return []
    proof: list[bytes] = []
    begin, end, known = 0, new, True
    while old != end:
        middle = begin + _split(end - begin)
        if old <= middle:
            proof.append(subtree_root(nodes, middle, end))
            end = middle
        else:
            proof.append(subtree_root(nodes, begin, middle))
            begin, known = middle, False
    if not known:
        proof.append(subtree_root(nodes, begin, end))
    proof.reverse()
    return proof


def verify_inclusion(*, leaf: bytes, position: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raise BadProof unless `proof` shows leaf hash `leaf` at `position` in the tree (`size`, `root`).

    RFC 9162, section 2.1.3.2.
    """
    if not 0 <= position < size:
        raise BadProof("the position is not in the tree")
    _require_hashes([leaf, *proof])
    fn, sn, result = position, size - 1, leaf
    for sibling in proof:
        if sn == 0:
            raise BadProof("the proof is too long")
        if fn & 1 or fn == sn:
            result = node_hash(sibling, result)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            result = node_hash(result, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise BadProof("the proof is too short")
    if result != root:
        raise BadProof("the proof leads to another root")


def verify_consistency(
    *, old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Raise BadProof unless `proof` shows that the tree (`new`, `new_root`) begins with (`old`, `old_root`).

    RFC 9162, section 2.1.4.2. An empty old tree proves nothing and is refused; a caller that may start from
    nothing says so itself.
    """
    if not 0 < old <= new:
        raise BadProof("these sizes prove nothing")
    _require_hashes(proof)
    if old == new:
        if proof or old_root != new_root:
            raise BadProof("trees of one size must have one root and need no proof")
        return
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not proof:
        raise BadProof("the proof is empty")
    results = _walk(path, old - 1, new - 1)
    if results != (old_root, new_root):
        raise BadProof("the proof leads to other roots")


def _walk(path: Sequence[bytes], fn: int, sn: int) -> tuple[bytes, bytes]:
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    older = newer = path[0]
    for sibling in path[1:]:
        if sn == 0:
            raise BadProof("the proof is too long")
        if fn & 1 or fn == sn:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            newer = node_hash(newer, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise BadProof("the proof is too short")
    return older, newer


def _require_hashes(proof: Sequence[bytes]) -> None:
    if any(len(part) != HASH_BYTES for part in proof):
        raise BadProof("the proof holds something that is no hash")


def _split(count: int) -> int:
    """The largest power of two smaller than `count` (RFC 6962, section 2.1)."""
    return 1 << ((count - 1).bit_length() - 1)
