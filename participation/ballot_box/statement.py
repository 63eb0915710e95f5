"""The auditor's statement on a vote: plain text whose first line names the vote, signed with the auditor's own key."""

import hashlib
import unicodedata
from uuid import UUID

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

FORMAT = "osp/statement/v1"
LONGEST = 64 * 1024
SIGNATURE = 64


def first_line(box: UUID, rules_sha256: str, receipts_sha256: str) -> str:
    """With its line break: so a statement on one vote is none on another."""
    return f"{FORMAT} {box} {rules_sha256} {receipts_sha256}\n"


def signing_key_of(private: bytes) -> SigningKey:
    """The key by which an auditor signs, from the one by which they open their file: one secret to keep."""
    return SigningKey(hashlib.sha256(b"osp/auditor-signing/v1\0" + private).digest())


def is_sound(statement: bytes, signature: bytes, public_key: str, line: str) -> bool:
    """Whether it is readable text about the vote of that first line, signed by the holder of the key."""
    if len(statement) > LONGEST or len(signature) != SIGNATURE or not public_key:
        return False
    try:
        text = statement.decode("utf-8")
        VerifyKey(bytes.fromhex(public_key)).verify(statement, signature)
    except (UnicodeDecodeError, BadSignatureError):
        return False
    said = text.removeprefix(line)
    return said != text and bool(said.strip()) and not any(map(is_control, said))


def is_control(letter: str) -> bool:
    return letter not in "\n\r\t" and unicodedata.category(letter) == "Cc"
