"""Merkle trees: the test vectors of Certificate Transparency, and RFC 6962's own definition for everything else."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenxiao.publishing.merkle import (
    Tree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

INPUTS = (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)  # fmt: skip
LEAVES = [leaf_hash(bytes.fromhex(one)) for one in INPUTS]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def naive(leaves):
    """MTH of RFC 6962, section 2.1, word by word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(naive(leaves[:k]), naive(leaves[k:]))


@pytest.mark.parametrize("size", range(9))
def test_roots(size):
    assert root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_inclusion(index, size):
    assert [one.hex() for one in inclusion_proof(LEAVES[:size], index)] == INCLUSION[index, size]


@pytest.mark.parametrize(("old", "size"), CONSISTENCY)
def test_consistency(old, size):
    assert [one.hex() for one in consistency_proof(LEAVES[:size], old)] == CONSISTENCY[old, size]


leaves = st.integers(1, 70).map(lambda n: [leaf_hash(bytes([i])) for i in range(n)])


@given(leaves)
def test_a_growing_tree_has_the_root_of_the_definition_at_every_size(some):
    tree = Tree()
    for size, leaf in enumerate(some, 1):
        tree.add(leaf)
        assert (tree.size, tree.root()) == (size, naive(some[:size]))


@given(leaves, st.data())
def test_inclusion_is_shown_of_this_leaf_at_this_place_only(some, data):
    index = data.draw(st.integers(0, len(some) - 1))
    proof, top = inclusion_proof(some, index), naive(some)
    assert verify_inclusion(some[index], index, len(some), proof, top)
    wrong = data.draw(st.integers(-1, len(some)).filter(lambda other: other != index))
    assert not verify_inclusion(some[index], wrong, len(some), proof, top)
    assert not verify_inclusion(leaf_hash(b"another"), index, len(some), proof, top)
    assert not verify_inclusion(some[index], index, len(some), [*proof, top], top)
    assert not verify_inclusion(some[index], index, len(some) + 100, proof, top)
    if proof:
        assert not verify_inclusion(some[index], index, len(some), proof[:-1], top)


@given(leaves, st.data())
def test_consistency_is_shown_of_a_prefix_only(some, data):
    old = data.draw(st.integers(1, len(some)))
    proof, before, now = consistency_proof(some, old), naive(some[:old]), naive(some)
    assert verify_consistency(old, len(some), before, now, proof)
    changed = [leaf_hash(b"another"), *some[1:]]
    assert not verify_consistency(old, len(some), naive(changed[:old]), now, proof)
    assert not verify_consistency(old, len(some), before, naive(changed), proof)
    assert not verify_consistency(old, len(some), before, now, [*proof, now])
    assert not verify_consistency(len(some) + 1, len(some), before, now, proof)
    if proof:
        assert not verify_consistency(old, len(some), before, now, proof[:-1])


def test_what_is_not_there_can_not_be_shown():
    with pytest.raises(IndexError):
        inclusion_proof(LEAVES, 8)
    for size in (0, 9):
        with pytest.raises(IndexError):
            consistency_proof(LEAVES, size)
