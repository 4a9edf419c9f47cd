"""Signatures: ours and those of ssh-keygen are the same thing, and what does not hold is told in words."""

import shutil
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenxiao.publishing.signing import (
    KeyFileError,
    SignatureError,
    fingerprint,
    private_key,
    public_key,
    sign,
    verify,
)

needs_keygen = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="openssh-client is not installed")
SUMS = "9c3b…  index.html\n".encode()

# A key pair made for these tests by ssh-keygen -t ed25519; it opens nothing.
PRIVATE = """-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
QyNTUxOQAAACCViwxK0NlYti4U0BOp2XDFZDNFbJKLKz9TfKxbd3Hh2gAAAIj3wwBm98MA
ZgAAAAtzc2gtZWQyNTUxOQAAACCViwxK0NlYti4U0BOp2XDFZDNFbJKLKz9TfKxbd3Hh2g
AAAECaHYpVPHOIExVKIwGoxGS1W3LU76l2FGXajbHLVhjcQJWLDErQ2Vi2LhTQE6nZcMVk
M0VskosrP1N8rFt3ceHaAAAABHRlc3QB
-----END OPENSSH PRIVATE KEY-----
"""
PUBLIC = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJWLDErQ2Vi2LhTQE6nZcMVkM0VskosrP1N8rFt3ceHa"
FINGERPRINT = "SHA256:s/R037ApWBp7uY1Vc/PODrFoUvszLBMPJ1Z9IuiTRSg"
SIGNATURE = """-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAglYsMStDZWLYuFNATqdlwxWQzRW
ySiys/U3ysW3dx4doAAAAHd2VueGlhbwAAAAAAAAAGc2hhNTEyAAAAUwAAAAtzc2gtZWQy
NTUxOQAAAEB3aVtgoMxLuItmgjlIk3NXG1BWivi1/7My0yrZhsQe67hJb0XfzB/2zfNqqq
/Xl3mpEq07SHJe3q5wUYzXioMH
-----END SSH SIGNATURE-----
"""


def keygen(*arguments, data=None):
    return subprocess.run(["ssh-keygen", *map(str, arguments)], input=data, capture_output=True, check=False)


@pytest.fixture
def keys(tmp_path):
    (tmp_path / "key").write_text(PRIVATE, encoding="ascii")
    (tmp_path / "key").chmod(0o600)
    (tmp_path / "key.pub").write_text(f"{PUBLIC} press office\n", encoding="ascii")
    return tmp_path


def test_the_same_data_and_key_give_the_same_text(keys):
    assert sign(SUMS, private_key(keys / "key")) == SIGNATURE
    assert fingerprint(public_key(keys / "key.pub")) == FINGERPRINT
    verify(SUMS, SIGNATURE, public_key(PUBLIC))


@needs_keygen
def test_ssh_keygen_verifies_what_we_sign(keys):
    (keys / "sums.sig").write_text(sign(SUMS, private_key(keys / "key")), encoding="ascii")
    (keys / "signers").write_text(f"press {PUBLIC}\n", encoding="ascii")
    order = ("-Y", "verify", "-f", keys / "signers", "-I", "press", "-n", "wenxiao", "-s", keys / "sums.sig")
    assert keygen(*order, data=SUMS).returncode == 0
    assert keygen(*order, data=SUMS + b" ").returncode != 0


@needs_keygen
@pytest.mark.parametrize("algorithm", ["sha512", "sha256"])
def test_we_verify_what_ssh_keygen_signs(keys, algorithm):
    done = keygen("-Y", "sign", "-f", keys / "key", "-n", "wenxiao", "-O", f"hashalg={algorithm}", data=SUMS)
    verify(SUMS, done.stdout.decode(), public_key(keys / "key.pub"))
    assert algorithm == "sha256" or done.stdout.decode() == SIGNATURE


@needs_keygen
def test_a_signature_made_for_something_else_is_none(keys):
    done = keygen("-Y", "sign", "-f", keys / "key", "-n", "git", data=SUMS)
    with pytest.raises(SignatureError, match="别的用途（'git'）"):
        verify(SUMS, done.stdout.decode(), public_key(PUBLIC))


def test_changed_data_do_not_pass():
    with pytest.raises(SignatureError, match="签名之后被改过"):
        verify(SUMS + b"\n", SIGNATURE, public_key(PUBLIC))


@needs_keygen
def test_another_key_is_named(keys):
    keygen("-q", "-t", "ed25519", "-N", "", "-f", keys / "other")
    other = public_key(keys / "other.pub")
    with pytest.raises(SignatureError) as told:
        verify(SUMS, SIGNATURE, other)
    assert FINGERPRINT in str(told.value)
    assert fingerprint(other) in str(told.value)


@given(st.integers(0, len(SIGNATURE) - 1), st.characters(codec="ascii"))
def test_no_changed_signature_passes(place, character):
    changed = SIGNATURE[:place] + character + SIGNATURE[place + 1 :]
    if changed.split() != SIGNATURE.split():
        with pytest.raises(SignatureError):
            verify(SUMS, changed, public_key(PUBLIC))


@given(st.one_of(st.text(), st.binary().map(lambda b: b.decode("latin-1"))))
def test_anything_else_is_no_signature(text):
    with pytest.raises(SignatureError, match="读不出"):
        verify(SUMS, text, public_key(PUBLIC))


@needs_keygen
def test_keys_that_can_not_be_used_say_why(keys):
    keygen("-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", keys / "rsa")
    keygen("-q", "-t", "ed25519", "-N", "secret", "-f", keys / "locked")
    (keys / "note").write_text("no key\n", encoding="ascii")
    (keys / "two").write_text(f"{PUBLIC}\n{(keys / 'locked.pub').read_text('ascii')}", encoding="ascii")
    for name, said in {
        "key.pub": "这是公钥", "rsa": "另一种钥匙", "locked": "私钥有口令", "note": "不是 SSH 的 Ed25519 钥匙", "none": "读不了",
    }.items():  # fmt: skip
        with pytest.raises(KeyFileError, match=said):
            private_key(keys / name)
    for name, said in {
        "key": "这是私钥", "rsa.pub": "另一种钥匙", "note": "不是 SSH 的 Ed25519 钥匙", "two": "几把公钥", "none": "读不了",
    }.items():  # fmt: skip
        with pytest.raises(KeyFileError, match=said):
            public_key(keys / name)
    with pytest.raises(KeyFileError, match="不是 SSH 的 Ed25519 钥匙"):
        public_key("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA")


@needs_keygen
def test_a_locked_key_asks_for_its_passphrase(keys):
    pytest.importorskip("bcrypt")
    keygen("-q", "-t", "ed25519", "-N", "secret", "-f", keys / "locked")
    verify(SUMS, sign(SUMS, private_key(keys / "locked", lambda: "secret")), public_key(keys / "locked.pub"))
    with pytest.raises(KeyFileError, match="口令不对"):
        private_key(keys / "locked", lambda: "guess")


def test_without_the_extra_the_remedy_is_named(keys, monkeypatch):
    monkeypatch.setitem(sys.modules, "cryptography", None)
    for use in (lambda: private_key(keys / "key"), lambda: public_key(PUBLIC)):
        with pytest.raises(KeyFileError, match=r'pip install "wenxiao\[publish\]"'):
            use()
