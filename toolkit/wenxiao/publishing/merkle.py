"""Merkle trees as in RFC 6962 (Certificate Transparency), over SHA-256: roots and proofs of a list that only grows.

Everything is told in leaf hashes, in the order in which the leaves were added; the leaves themselves are not needed.
The checks of proofs follow RFC 9162, sections 2.1.3.2 and 2.1.4.2.
"""

import hashlib
from collections.abc import Iterable, Sequence


def leaf_hash(content: bytes) -> bytes:
    """Give the hash of a leaf."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Give the hash of a node over two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf and gives its root at every size; it holds no more than log₂ n hashes."""

    def __init__(self, leaves: Iterable[bytes] = ()):
        self.size = 0
        self._peaks: list[bytes] = []  # roots of the full trees that the binary digits of ``size`` stand for
        for leaf in leaves:
            self.add(leaf)

    def add(self, leaf: bytes) -> None:
        """Add a leaf hash."""
        size, node = self.size, leaf
        while size & 1:
            node, size = node_hash(self._peaks.pop(), node), size >> 1
        self._peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Give the root; of no leaves, the hash of nothing."""
        if not self._peaks:
            return hashlib.sha256().digest()
        *rest, node = self._peaks
        for peak in reversed(rest):
            node = node_hash(peak, node)
        return node


def root(leaves: Iterable[bytes]) -> bytes:
    """Give the root over leaf hashes."""
    return Tree(leaves).root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Give the hashes that lead from leaf ``index`` to the root over all leaves.

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*inclusion_proof(leaves[:k], index), root(leaves[k:])]
    return [*inclusion_proof(leaves[k:], index - k), root(leaves[:k])]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether a proof shows that leaf ``index`` of the ``size`` leaves under ``root`` is ``leaf``."""
    if not 0 <= index < size:
        return False
    here, last, node = index, size - 1, leaf
    for other in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            node = node_hash(other, node)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            node = node_hash(node, other)
        here, last = here >> 1, last >> 1
    return last == 0 and node == root


def consistency_proof(leaves: Sequence[bytes], size: int) -> list[bytes]:
    """Give the hashes that show that the root over all leaves goes on from the root over the first ``size``.

    Raises:
        IndexError: there are not that many leaves, or ``size`` is 0, of which nothing can be shown.
    """
    if not 0 < size <= len(leaves):
        raise IndexError(size)
    return _consistency(leaves, size, whole=True)


def _consistency(leaves: Sequence[bytes], size: int, whole: bool) -> list[bytes]:
    if size == len(leaves):
        return [] if whole else [root(leaves)]
    k = _split(len(leaves))
    if size <= k:
        return [*_consistency(leaves[:k], size, whole), root(leaves[k:])]
    return [*_consistency(leaves[k:], size - k, whole=False), root(leaves[:k])]


def verify_consistency(
    old_size: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Tell whether a proof shows that the ``size`` leaves under ``root`` begin with the ``old_size`` under ``old_root``."""
    if not 0 < old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == root
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        return False
    here, last = old_size - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            new = node_hash(new, other)
        here, last = here >> 1, last >> 1
    return last == 0 and old == old_root and new == root


def _split(size: int) -> int:
    """Give the largest power of two below ``size`` (≥ 2)."""
    return 1 << (size - 1).bit_length() - 1
