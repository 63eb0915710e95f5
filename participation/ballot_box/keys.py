"""The secrets of the ballot box, in a folder outside of the database, its backups and the media.

Each is a file of 64 hexadecimal digits that its owner alone may read. A box's key is never made anew: the ballots of
one box belong to one key.
"""

import base64
import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings
from nacl.public import PublicKey, SealedBox
from nacl.signing import SigningKey

CODES, CENSUS, SIGNING = "codes.key", "census.key", "signing.key"
SPKI_ED25519 = bytes.fromhex("302a300506032b6570032100")
OTHERS = 0o077


class KeyUnusable(Exception):
    """A key is missing, wrong or readable by others. Voting answers 503; the message is for the operator."""


def folder() -> Path:
    return Path(settings.BALLOT_KEY_DIR)


def box_file(box: UUID) -> Path:
    return folder() / f"{box}.key"


def read_key(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise KeyUnusable(f"The key {path.name} cannot be read: {error.strerror}.") from None
    with os.fdopen(descriptor, "rb") as file:
        if os.fstat(file.fileno()).st_mode & OTHERS:
            raise KeyUnusable(f"The key {path.name} may be read by others: allow its owner alone (mode 0600).")
        text = file.read(80)
    try:
        key = bytes.fromhex(text.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != 32:
        raise KeyUnusable(f"The key {path.name} is damaged: it must be 64 hexadecimal digits.")
    return key


def write_key(path: Path, key: bytes) -> None:
    """Whole or not at all. Raises FileExistsError where there is one: no key is ever replaced."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.hex().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)
    finally:
        aside.unlink()
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def create_box_key(box: UUID) -> bytes:
    key = secrets.token_bytes(32)
    write_key(box_file(box), key)
    return key


def shared_key(name: str) -> bytes:
    """A key that serves all boxes; made when it is first needed."""
    path = folder() / name
    if not path.exists():
        with suppress(FileExistsError):
            write_key(path, secrets.token_bytes(32))
    return read_key(path)


def key_check(key: bytes) -> str:
    """What a box keeps of its key: it tells the right one from a wrong one, and nothing else."""
    return hmac.new(key, b"osp/key-check/v1", hashlib.sha256).hexdigest()


def box_key(box: UUID, check: str) -> bytes:
    """The key of a box, known to be the right one. Raises KeyUnusable."""
    key = read_key(box_file(box))
    if not hmac.compare_digest(key_check(key), check):
        raise KeyUnusable(f"The key {box}.key is not the one of this ballot box.")
    return key


def is_at_hand(box: UUID, check: str) -> bool:
    """Whether this machine holds the key of a box."""
    try:
        return bool(box_key(box, check))
    except KeyUnusable:
        return False


def destroy_box_key(box: UUID) -> None:
    """Overwrites and removes the file on this machine. Fine where it is gone already."""
    path = box_file(box)
    if path.exists():
        with path.open("r+b") as file:
            file.write(b"0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync_folder(path.parent)


def sealed_copy(key: bytes, trustee: str) -> bytes:
    """The key, readable by the holder of a trustee's private key alone. `trustee` is X25519, 64 hexadecimal digits."""
    return SealedBox(PublicKey(bytes.fromhex(trustee))).encrypt(key)


def voter_key(key: bytes, box: UUID, person_ref: bytes) -> bytes:
    return hmac.new(key, b"osp/ballot-key/v1\0" + box.bytes + person_ref, hashlib.sha256).digest()


def code_hash(code: str) -> bytes:
    return hmac.new(shared_key(CODES), b"osp/code/v1\0" + code.encode(), hashlib.sha256).digest()


def census_hash(document: str, born: str) -> bytes:
    """`document` as in the register without spaces, upper case; `born` as YYYY-MM-DD."""
    said = f"{''.join(document.split()).upper()}\0{born}".encode()
    return hmac.new(shared_key(CENSUS), b"osp/census/v1\0" + said, hashlib.sha256).digest()


def address_hash(email: str) -> bytes:
    said = email.strip().lower().encode()
    return hmac.new(shared_key(CENSUS), b"osp/address/v1\0" + said, hashlib.sha256).digest()


def signing_key() -> SigningKey:
    return SigningKey(shared_key(SIGNING))


def public_key() -> str:
    return signing_key().verify_key.encode().hex()


def public_key_pem() -> str:
    return as_pem(public_key())


def as_pem(public: str) -> str:
    """An Ed25519 key, 64 hexadecimal digits, as openssl reads it."""
    der = SPKI_ED25519 + bytes.fromhex(public)
    return f"-----BEGIN PUBLIC KEY-----\n{base64.b64encode(der).decode()}\n-----END PUBLIC KEY-----\n"
