"""The code of a room, which is typed, the teacher's key, which is not, and what a student's browser calls itself."""

import hashlib
import hmac
import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 and O, 1, I and L, and without U, which is read as V
LENGTH = 5
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{22}")


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str | None:
    """A code as people type it: in small letters, with spaces or hyphens."""
    if len(typed) > 4 * LENGTH:
        return None
    code = re.sub(r"[\s-]", "", typed).upper()
    return code if _CODE.fullmatch(code) else None


def new_secret() -> str:
    """128 random bits, for a teacher's key or a student's browser."""
    return secrets.token_urlsafe(16)


def is_secret(text: str) -> bool:
    return bool(_SECRET.fullmatch(text))


def digest(key: str) -> str:
    """Rooms keep this instead of the key."""
    return hashlib.sha256(key.encode()).hexdigest()


def fits(key: str, kept: str) -> bool:
    return hmac.compare_digest(digest(key), kept)
