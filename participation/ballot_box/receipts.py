"""Receipts bind a published list to ballots; people read one as a code (docs/verification-spec.md)."""

import hashlib
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OIL", "011")
CODE_LENGTH, GROUP = 20, 4


def receipt_of(box: UUID, rules_sha256: str, nonce: bytes, content: str) -> bytes:
    parts = (b"osp/receipt/v1", b"\0", box.bytes, bytes.fromhex(rules_sha256), nonce, content.encode())
    return hashlib.sha256(b"".join(parts)).digest()


def code_of(receipt: bytes) -> str:
    """Such as `7K2M4ABCD...C`: the first 100 bits and a check character, without groups."""
    return with_check(base32(int.from_bytes(receipt[:13], "big") >> 4, CODE_LENGTH))


def grouped(code: str) -> str:
    """For people: `7K2M-4ABC-...-C`."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def base32(value: int, length: int) -> str:
    return "".join(ALPHABET[value >> (5 * place) & 31] for place in reversed(range(length)))


def with_check(code: str) -> str:
    return code + ALPHABET[-luhn_sum(code + "0") % 32]


def is_whole(code: str) -> bool:
    """Whether the check character fits, for a code without groups."""
    return bool(code) and set(code) <= set(ALPHABET) and luhn_sum(code) % 32 == 0


def luhn_sum(code: str) -> int:
    """Luhn's sum modulo 32: from the right, every second value is doubled and its two digits are added."""
    total = 0
    for place, letter in enumerate(reversed(code)):
        value = ALPHABET.index(letter) * (1 + place % 2)
        total += value // 32 + value % 32
    return total


def as_typed(text: str) -> str:
    """A code as somebody typed it, without the groups and with look-alikes read as what they stand for."""
    return "".join(text.upper().split()).replace("-", "").translate(LOOKALIKES)
