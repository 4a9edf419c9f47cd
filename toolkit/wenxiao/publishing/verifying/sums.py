"""SHA256SUMS of a site against the files that stand there, and the signature over it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from wenxiao.errors import reason
from wenxiao.publishing.building.tree import SIGNATURE, SUMS
from wenxiao.publishing.signing import SignatureError, fingerprint, public_key, signer, verify
from wenxiao.publishing.verifying.listing import hash_file, plain_file, read_file
from wenxiao.publishing.verifying.result import Difference, UnusableError
from wenxiao.words import Words

_LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)")
_NOT_PART: Final = (".wenxiao", ".wenxiao.lock", ".git")
"""At the top of a site: what publishing leaves for itself, and what a clone adds."""


@dataclass
class Sums:
    """Hashes of a site's files: ``listed`` by SHA256SUMS, ``present`` as they stand there; ``changed`` are those that
    stand there with other content.
    """

    listed: dict[str, str] = field(default_factory=dict)
    present: dict[str, str] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    @cached_property
    def changed(self) -> set[str]:
        """The files whose content is not what is listed."""
        return {path for path, found in self.present.items() if self.listed.get(path, found) != found}

    @cached_property
    def folders(self) -> dict[str, set[str]]:
        """Folder → paths of the files that stand in it, not of those further down."""
        return _by_folder(self.present)

    @cached_property
    def folders_listed(self) -> dict[str, set[str]]:
        """Folder → paths of the files listed in it, not of those further down."""
        return _by_folder(self.listed)

    def hashes(self, folder: str) -> dict[str, str]:
        """Give name → hash of the files that stand in a folder."""
        return {path[len(folder) + 1 :]: self.present[path] for path in self.folders[folder]}


def _by_folder(paths: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        found[path.rpartition("/")[0]].add(path)
    return found


def check_sums(root: Path) -> Sums:
    """Hash every file of a site and compare with its SHA256SUMS."""
    sums = Sums()
    sums.listed = dict(_listed(root, sums.differences))
    for path in _files(root, sums.differences):
        try:
            sums.present[path] = hash_file(root / path)
        except OSError as error:
            said = Words(f"读不了（{reason(error).zh}）。", f"It can't be read ({reason(error).en}).")
            sums.differences.append(Difference("unsafe", path, said=said))
    for path in sorted(sums.listed.keys() - sums.present.keys()):
        said = Words(
            "SHA256SUMS 里有，网站上没有：被删去了。", "SHA256SUMS has it, the site has not: it was removed."
        )
        sums.differences.append(Difference("missing", path, said=said))
    if sums.listed:
        for path in sorted(sums.present.keys() - sums.listed.keys()):
            said = Words("SHA256SUMS 里没有，网站上多出来的。", "It is not in SHA256SUMS: one file too many.")
            sums.differences.append(Difference("extra", path, said=said))
    return sums


def _listed(root: Path, found: list[Difference]) -> Iterator[tuple[str, str]]:
    if not plain_file(root / SUMS):
        said = Words(
            "网站没有 SHA256SUMS，不能核对各个文件。",
            "The site has no SHA256SUMS; its files can't be checked.",
        )
        found.append(Difference("missing", SUMS, said=said))
        return
    for n, line in enumerate(read_file(root / SUMS).decode("utf-8", "replace").split("\n"), 1):
        if not line:
            continue
        read = _LINE.fullmatch(line)
        if read and _inside(read[2]):
            yield read[2], read[1]
        else:
            where = Words(f"第 {n} 行", f"line {n}")
            said = Words(
                "这一行读不出，或指向网站以外。", "The line can't be read, or points outside the site."
            )
            found.append(Difference("unsafe", SUMS, where, said=said))


def _inside(path: str) -> bool:
    return not path.startswith("/") and "\\" not in path and ".." not in path.split("/")


def _files(root: Path, found: list[Difference]) -> Iterator[str]:
    """Give the files of a site; links, which could point anywhere on this machine, are told and not followed."""
    folders = [root]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            name = path.relative_to(root).as_posix()
            if name in (*_NOT_PART, SUMS, SIGNATURE):
                continue
            if path.is_symlink():
                said = Words(
                    "是链接，公布的网站不会有；没有打开。",
                    "It is a link, which no published site has; it was not followed.",
                )
                found.append(Difference("unsafe", name, said=said))
            elif path.is_dir():
                folders.append(path)
            elif path.is_file():
                yield name


@dataclass(frozen=True)
class Signed:
    """What is to be said of the signature: exactly one of the three."""

    same: Words | None = None
    unchecked: Words | None = None
    difference: Difference | None = None


def check_signature(root: Path, key: str | None) -> Signed:
    """Check the signature over SHA256SUMS with the publisher's public key.

    Raises:
        KeyFileError: the key can't be used.
    """
    holder = public_key(key) if key is not None else None
    signed = plain_file(root / SIGNATURE)
    if holder is None:
        return Signed(unchecked=_unchecked(root) if signed else Words(
            "签名：网站没有签名，所以不知道是谁公布的、公布后有没有整个换过。",
            "Signature: the site has none; who published it, and whether it was replaced as a whole, can't be told.",
        ))  # fmt: skip
    if not signed or not plain_file(root / SUMS):
        said = Words("给了公钥，网站上却没有签名。", "A public key was given, but the site is not signed.")
        return Signed(difference=Difference("signature", SIGNATURE, said=said))
    try:
        verify((root / SUMS).read_bytes(), read_file(root / SIGNATURE).decode("utf-8", "replace"), holder)
    except SignatureError as error:
        return Signed(difference=Difference("signature", SIGNATURE, said=error.words))
    shown = fingerprint(holder)
    return Signed(same=Words(
        f"签名：SHA256SUMS 由公钥 {shown} 的持有者签署。", f"Signature: SHA256SUMS was signed by the holder of {shown}.",
    ))  # fmt: skip


def _unchecked(root: Path) -> Words:
    try:
        shown = signer(read_file(root / SIGNATURE).decode("utf-8", "replace"))
    except (SignatureError, UnusableError) as error:
        return Words(f"签名：没有核对。{error.words.zh}", f"Signature: not checked. {error.words.en}")
    return Words(
        f"签名：网站有签名（自称公钥 {shown}），没有核对。从发布机构另外取得公钥后，加 --key 核对。",
        f"Signature: the site is signed (it claims {shown}), not checked. Get the public key from the publisher by another way, and give it with --key.",
    )
