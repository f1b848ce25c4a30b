"""The tree: published vectors, agreement with another implementation, and every proof of every small tree."""

import base64
import json

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.engines import merkle

pytestmark = pytest.mark.req("TRU-2")


def leaves(count):
    return [merkle.leaf_hash(b"entry %d" % number) for number in range(count)]


def plain_root(hashes):
    """RFC 6962, section 2.1, as the text defines it."""
    if not hashes:
        return merkle.EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << ((len(hashes) - 1).bit_length() - 1)
    return merkle.node_hash(plain_root(hashes[:split]), plain_root(hashes[split:]))


def nodes_of(hashes):
    return lambda height, index: plain_root(hashes[index << height : (index + 1) << height])


def stored_tiles(sizes, hashes):
    """The tiles a log holds after growing to each of `sizes`."""
    frontier, stored = merkle.Frontier(), {}
    for size in sizes:
        stored |= frontier.append(hashes[frontier.size : size])
    return frontier, stored


def reader(stored):
    return lambda level, index, width: stored[level, index][: width * 32]


@pytest.mark.data
def test_published_vectors(shared_data):
    path = shared_data / "transparency-log" / "merkle_proof_vectors.jsonl"
    wrong = []
    for line in path.read_text().splitlines():
        vector = json.loads(line)
        decoded = [base64.b64decode(part) for part in vector["proof"] or []]
        try:
            if "leafIdx" in vector:
                merkle.verify_inclusion(
                    leaf=base64.b64decode(vector["leafHash"]),
                    position=vector["leafIdx"],
                    size=vector["treeSize"],
                    proof=decoded,
                    root=base64.b64decode(vector["root"]),
                )
            else:
                merkle.verify_consistency(
                    old=vector["size1"],
                    new=vector["size2"],
                    old_root=base64.b64decode(vector["root1"]),
                    new_root=base64.b64decode(vector["root2"]),
                    proof=decoded,
                )
            refused = False
        except merkle.BadProof:
            refused = True
        if refused != vector["wantErr"]:
            wrong.append(vector["case"])
    assert wrong == []


def test_every_proof_of_every_small_tree_holds():
    hashes = leaves(40)
    nodes = nodes_of(hashes)
    for size in range(1, 41):
        root = plain_root(hashes[:size])
        for position in range(size):
            proof = merkle.inclusion_proof(nodes, position, size)
            merkle.verify_inclusion(
                leaf=hashes[position], position=position, size=size, proof=proof, root=root
            )
        for old in range(1, size + 1):
            proof = merkle.consistency_proof(nodes, old, size)
            merkle.verify_consistency(
                old=old, new=size, old_root=plain_root(hashes[:old]), new_root=root, proof=proof
            )


@given(st.integers(1, 70), st.data())
def test_the_tree_agrees_with_pymerkle(size, data):
    theirs = pymerkle.InmemoryTree(algorithm="sha256")
    for number in range(size):
        theirs.append_entry(b"entry %d" % number)
    hashes = leaves(size)
    nodes = nodes_of(hashes)
    assert theirs.get_root() == plain_root(hashes)
    position = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    path = merkle.inclusion_proof(nodes, position, size)
    assert theirs.get_leaf(position + 1) == hashes[position]
    their_path = theirs.prove_inclusion(position + 1, size).path
    assert sorted(path) == sorted(part for part in their_path if part != hashes[position])
    base = theirs.get_root(old)
    merkle.verify_consistency(
        old=old,
        new=size,
        old_root=base,
        new_root=theirs.get_root(),
        proof=merkle.consistency_proof(nodes, old, size),
    )


@given(st.integers(2, 200), st.data())
def test_a_proof_of_something_else_is_refused(size, data):
    hashes = leaves(size)
    nodes, root = nodes_of(hashes), plain_root(leaves(size))
    position = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(nodes, position, size)
    broken = data.draw(
        st.sampled_from(
            [
                {"leaf": merkle.leaf_hash(b"another")},
                {"position": (position + 1) % size},
                {"position": size},
                {"root": merkle.leaf_hash(b"another")},
                {"proof": proof[:-1]},
                {"proof": [*proof, root]},
                {"proof": [proof[0][:-1], *proof[1:]]},
                {"proof": [merkle.leaf_hash(b"another"), *proof[1:]]},
            ]
        )
    )
    right = {"leaf": hashes[position], "position": position, "size": size, "proof": proof, "root": root}
    merkle.verify_inclusion(**right)
    with pytest.raises(merkle.BadProof):
        merkle.verify_inclusion(**(right | broken))


@given(st.integers(2, 200), st.data())
def test_a_forked_log_is_refused(size, data):
    hashes = leaves(size)
    old = data.draw(st.integers(1, size - 1))
    forked = [*hashes[: old - 1], merkle.leaf_hash(b"rewritten"), *hashes[old:]]
    proof = merkle.consistency_proof(nodes_of(forked), old, size)
    with pytest.raises(merkle.BadProof):
        merkle.verify_consistency(
            old=old,
            new=size,
            old_root=plain_root(hashes[:old]),
            new_root=plain_root(forked),
            proof=proof,
        )


@given(st.lists(st.integers(0, 900), min_size=1, max_size=6), st.data())
def test_tiles_give_the_root_and_every_proof_however_the_log_grew(steps, data):
    sizes = sorted(steps)
    hashes = leaves(sizes[-1])
    frontier, stored = stored_tiles(sizes, hashes)
    size = sizes[-1]
    root = plain_root(hashes)
    assert frontier.root() == root
    assert merkle.Frontier.from_tiles(size, reader(stored)) == merkle.Frontier(
        size=size, edges=frontier.edges
    )
    for (level, index), tile in stored.items():
        assert len(tile) == 32 * merkle.tile_width(level, index, size)
        step = 256**level
        for offset, value in enumerate(merkle.split_tile(tile)):
            begin = (index * 256 + offset) * step
            assert value == plain_root(hashes[begin : begin + step])
    if size:
        nodes = merkle.TileNodes(size, reader(stored))
        position, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
        merkle.verify_inclusion(
            leaf=hashes[position],
            position=position,
            size=size,
            proof=merkle.inclusion_proof(nodes, position, size),
            root=root,
        )
        merkle.verify_consistency(
            old=old,
            new=size,
            old_root=merkle.subtree_root(nodes, 0, old),
            new_root=root,
            proof=merkle.consistency_proof(nodes, old, size),
        )


def test_the_example_of_the_standard_has_the_tiles_it_names():
    _, stored = stored_tiles([70_000], leaves(70_000))
    widths = {key: len(tile) // 32 for key, tile in stored.items()}
    assert sum(1 for (level, _), width in widths.items() if level == 0 and width == 256) == 273
    assert [widths[0, 273], widths[1, 0], widths[1, 1], widths[2, 0]] == [112, 256, 17, 1]
    assert len(stored) == 277


def test_a_truncated_tile_is_noticed():
    _, stored = stored_tiles([300], leaves(300))
    short = {key: tile[:-1] for key, tile in stored.items()}
    with pytest.raises(ValueError, match="cut off"):
        merkle.Frontier.from_tiles(300, reader(short))
    with pytest.raises(ValueError, match="cut off"):
        merkle.inclusion_proof(merkle.TileNodes(300, reader(short)), 299, 300)
    with pytest.raises(ValueError, match="hashes"):
        merkle.split_tile(b"")


@given(st.integers(0, 10**12), st.integers(1, 256))
def test_tile_paths_are_read_back(index, width):
    assert merkle.parse_tile_path(merkle.tile_path(index, width)) == (index, width)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "1",
        "0000",
        "x001",
        "001/x234",
        "x000/001",
        "001.p/0",
        "001.p/256",
        "001.p/01",
        "001.p/257",
        "-01",
        "١٢٣",
    ],
)
def test_only_the_one_way_to_write_a_path_is_taken(path):
    with pytest.raises(ValueError, match="not the path"):
        merkle.parse_tile_path(path)


def test_the_path_of_the_standard():
    assert merkle.tile_path(1234067) == "x001/x234/067"
    assert merkle.tile_path(273, 112) == "273.p/112"


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_bundles_are_read_back_and_cut_ones_noticed(entries):
    bundle = merkle.write_bundle(entries)
    assert merkle.read_bundle(bundle) == entries
    if bundle:
        with pytest.raises(ValueError, match="cut off"):
            merkle.read_bundle(bundle[:-1])


def test_an_entry_that_is_too_long_for_a_bundle_is_refused():
    with pytest.raises(ValueError, match="too long"):
        merkle.write_bundle([bytes(65_536)])


@pytest.mark.parametrize(("position", "size"), [(0, 0), (3, 3), (-1, 2)])
def test_there_is_no_proof_of_what_is_not_there(position, size):
    with pytest.raises(ValueError, match="not in a tree"):
        merkle.inclusion_proof(nodes_of(leaves(5)), position, size)
    with pytest.raises(ValueError, match="begin with"):
        merkle.consistency_proof(nodes_of(leaves(5)), 4, 3)
