"""A detached signature in the format of SSH (SSHSIG), so that ``ssh-keygen -Y verify`` checks what we sign, and the
other way round.

Keys are as ``ssh-keygen -t ed25519`` makes them; only Ed25519 is taken, whose signatures hold no chance: the same data
and key give the same text. A signature is bound to the namespace ``wenxiao``: none that was made for a commit, a mail
or another file passes here. Format: OpenSSH, PROTOCOL.sshsig; cryptography by the package of that name.
"""

import base64
import hashlib
import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wenxiao.errors import SpokenError, reason, shown_path
from wenxiao.words import Words

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAMESPACE: Final = "wenxiao"
_MAGIC: Final = b"SSHSIG"
_KIND: Final = b"ssh-ed25519"
_HASHES: Final = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}
_HASH: Final = b"sha512"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_LARGEST: Final = 64 * 1024
_MAKE: Final = Words("用 ssh-keygen -t ed25519 可以制作一把。", "ssh-keygen -t ed25519 makes one.")


class KeyFileError(SpokenError):
    """A key can't be used: missing, of another kind, locked, or the package for signatures is not installed."""


class SignatureError(SpokenError):
    """A signature does not show that this key's holder signed this data; says why."""


def private_key(path: Path, passphrase: Callable[[], str] | None = None) -> "Ed25519PrivateKey":
    """Give a private key from a file as ssh-keygen writes it.

    ``passphrase`` is asked only where the file is locked with one; without it a locked key is refused.

    Raises:
        KeyFileError: it can't be used, and what to do.
    """
    content = _key_file(path)
    if content.lstrip().startswith(_KIND):
        raise KeyFileError(_refusal(path, "这是公钥，签名要用私钥（文件名没有 .pub 的那个）。",
                                    "this is a public key; signing needs the private one (without .pub)."))  # fmt: skip
    _need_cryptography()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    try:
        try:
            key = load_ssh_private_key(content, None)
        except TypeError:  # locked
            if passphrase is None:
                raise KeyFileError(_locked(path)) from None
            key = load_ssh_private_key(content, passphrase().encode())
    except UnsupportedAlgorithm:
        if b"OPENSSH PRIVATE KEY" not in content:
            raise KeyFileError(_no_key(path)) from None
        raise KeyFileError(_locked(path)) from None
    except ValueError as error:
        if "password" in str(error).lower() or "checksum" in str(error).lower():
            raise KeyFileError(_refusal(path, "口令不对。", "wrong passphrase.")) from None
        raise KeyFileError(_no_key(path)) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(_other_kind(path))
    return key


def public_key(given: str | Path) -> "Ed25519PublicKey":
    """Give a public key from a file (``….pub``), or from its text ``ssh-ed25519 AAAA…``.

    Raises:
        KeyFileError: it can't be used, and what to do.
    """
    text = str(given) if _in_text(str(given)) else _key_file(Path(given)).decode(errors="replace")
    shown = Path("--key" if _in_text(str(given)) else given)
    if "PRIVATE KEY" in text:
        raise KeyFileError(_refusal(shown, "这是私钥，核对要用公钥（.pub 文件）；私钥不要交给别人。",
                                    "this is a private key; give the public one (.pub), and keep this one to yourself."))  # fmt: skip
    found = set(_in_text(text))
    if len(found) > 1:
        raise KeyFileError(
            _refusal(shown, "里面有几把公钥，请只留一把。", "it holds several keys; leave one.")
        )
    if not found:
        others = re.search(r"^(ssh-|ecdsa-|sk-)", text, re.M)
        raise KeyFileError(_other_kind(shown) if others else _no_key(shown))
    _need_cryptography()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        reader = _Reader(base64.b64decode(found.pop(), validate=True))
        kind, raw = reader.string(), reader.string()
        if kind != _KIND or reader.rest:
            raise ValueError(kind)
        return Ed25519PublicKey.from_public_bytes(raw)
    except ValueError:
        raise KeyFileError(_no_key(shown)) from None


def fingerprint(key: "Ed25519PublicKey") -> str:
    """Give a key's fingerprint as ``ssh-keygen -l`` shows it: ``SHA256:…``."""
    return _fingerprint(_blob(key))


def sign(data: bytes, key: "Ed25519PrivateKey") -> str:
    """Give the armored signature of data; the same data and key give the same text."""
    signed = key.sign(_to_be_signed(data, _HASH))
    parts = (_blob(key.public_key()), NAMESPACE.encode(), b"", _HASH, _string(_KIND) + _string(signed))
    content = _MAGIC + (1).to_bytes(4, "big") + b"".join(map(_string, parts))
    return "\n".join((_BEGIN, *textwrap.wrap(base64.b64encode(content).decode(), 70), _END, ""))


def verify(data: bytes, signature: str, key: "Ed25519PublicKey") -> None:
    """Make sure that the holder of a key signed the data.

    Raises:
        SignatureError: no such signature, and why.
    """
    from cryptography.exceptions import InvalidSignature

    holder, namespace, hash_name, signed = _read(signature)
    if namespace != NAMESPACE.encode():
        shown = namespace.decode(errors="replace")
        raise SignatureError(Words(
            f"签名是为别的用途（{shown!r}）做的，不是为这个网站。",
            f"The signature was made for another use ({shown!r}), not for this site.",
        ))  # fmt: skip
    if holder != _blob(key):
        raise SignatureError(Words(
            f"签名用的是另一把钥匙 {_fingerprint(holder)}，您给的是 {fingerprint(key)}。",
            f"It was signed with another key, {_fingerprint(holder)}; yours is {fingerprint(key)}.",
        ))  # fmt: skip
    try:
        key.verify(signed, _to_be_signed(data, hash_name))
    except InvalidSignature:
        raise SignatureError(
            Words("文件在签名之后被改过：签名对不上。", "The file was changed after it was signed.")
        ) from None


def signer(signature: str) -> str:
    """Give the fingerprint of the key that a signature claims to be from; that it is, only :func:`verify` shows.

    Raises:
        SignatureError: it can't be read.
    """
    return _fingerprint(_read(signature)[0])


def _read(signature: str) -> tuple[bytes, bytes, bytes, bytes]:
    """Give key, namespace, name of the hash and the Ed25519 signature of an armored signature."""
    try:
        text = signature.strip()
        inside = text.removeprefix(_BEGIN).removesuffix(_END)
        if len(text) != len(_BEGIN) + len(inside) + len(_END) or len(text) > _LARGEST:
            raise ValueError(signature)
        content = base64.b64decode("".join(inside.split()), validate=True)
        if content[:10] != _MAGIC + (1).to_bytes(4, "big"):
            raise ValueError(content)
        reader = _Reader(content[10:])
        key, namespace, _reserved, hash_name, blob = (reader.string() for _ in range(5))
        inner = _Reader(blob)
        kind, signed = inner.string(), inner.string()
        if reader.rest or inner.rest or kind != _KIND or hash_name not in _HASHES:
            raise ValueError(kind)
    except ValueError:
        raise SignatureError(Words(
            "签名文件读不出：不是 SSH 的 Ed25519 签名。", "The signature can't be read: it is no Ed25519 signature of SSH.",
        )) from None  # fmt: skip
    return key, namespace, hash_name, signed


class _Reader:
    """Reads the strings of SSH: four bytes of length, then the bytes."""

    def __init__(self, rest: bytes):
        self.rest = rest

    def string(self) -> bytes:
        size = int.from_bytes(self.rest[:4], "big")
        if len(self.rest) < 4 + size or len(self.rest) < 4:
            raise ValueError(size)
        found, self.rest = self.rest[4 : 4 + size], self.rest[4 + size :]
        return found


def _string(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


def _blob(key: "Ed25519PublicKey") -> bytes:
    return _string(_KIND) + _string(key.public_bytes_raw())


def _fingerprint(blob: bytes) -> str:
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def _to_be_signed(data: bytes, hash_name: bytes) -> bytes:
    parts = (NAMESPACE.encode(), b"", hash_name, _HASHES[hash_name](data).digest())
    return _MAGIC + b"".join(map(_string, parts))


def _in_text(text: str) -> list[str]:
    return re.findall(r"\bssh-ed25519[ \t]+([A-Za-z0-9+/=]+)", text)


def _key_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except OSError as error:
        raise KeyFileError(
            _refusal(path, f"读不了（{reason(error).zh}）。", f"can't be read ({reason(error).en}).")
        ) from None


def _need_cryptography() -> None:
    try:
        import cryptography  # noqa: F401
    except ImportError:
        raise KeyFileError(Words(
            '签名和核对签名需要另装一个包：pip install "wenxiao[publish]"',
            'Signatures need one more package: pip install "wenxiao[publish]"',
        )) from None  # fmt: skip


def _refusal(path: Path, zh: str, en: str) -> Words:
    return Words(f"{shown_path(path)}：{zh}", f"{shown_path(path)}: {en}")


def _locked(path: Path) -> Words:
    return _refusal(
        path,
        "私钥有口令，这里打不开。可以复制一份，用 ssh-keygen -p -N '' -f 副本 去掉口令，用完即删。",
        "the key is locked with a passphrase and can't be opened here. Make a copy, take the passphrase away with "
        "ssh-keygen -p -N '' -f COPY, and delete it after use.",
    )


def _no_key(path: Path) -> Words:
    return _refusal(path, f"不是 SSH 的 Ed25519 钥匙。{_MAKE.zh}", f"no Ed25519 key of SSH. {_MAKE.en}")


def _other_kind(path: Path) -> Words:
    return _refusal(
        path,
        f"是另一种钥匙，这里只用 Ed25519（ssh-ed25519）。{_MAKE.zh}",
        f"another kind of key; only Ed25519 (ssh-ed25519) is used here. {_MAKE.en}",
    )
