"""SNAP BI: how requests between banks, providers and merchants are signed.

After "Standar Nasional Open API Pembayaran, Standar Teknis dan Keamanan" (Bank Indonesia, ASPI):
an asymmetric signature for the access token, a symmetric one for each transaction.
"""

import base64
import hashlib
import hmac
import re
from datetime import datetime, timedelta, timezone

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

WIB = timezone(timedelta(hours=7))
_STRING_OR_SPACE = re.compile(r'("(?:\\.|[^"\\])*")|[ \t\r\n]+')


def timestamp(now: datetime) -> str:
    """Return a moment as X-TIMESTAMP wants it: ISO 8601 to the second, in +07:00."""
    return now.astimezone(WIB).isoformat(timespec="seconds")


def external_id(now: datetime, number: int) -> str:
    """Return X-EXTERNAL-ID for the n-th request of a local day: digits, unique on that day.

    :raises ValueError: the number does not fit
    """
    if not 0 <= number < 10**12:
        raise ValueError(number)
    return f"{now.astimezone(WIB):%Y%m%d}{number:012}"


def sign_token(*, key: RSAPrivateKey, client_id: str, at: str) -> str:
    """Return X-SIGNATURE of a request for an access token: SHA256withRSA, in Base64."""
    signature = key.sign(f"{client_id}|{at}".encode(), PKCS1v15(), SHA256())
    return base64.b64encode(signature).decode()


def is_token_genuine(*, key: RSAPublicKey, client_id: str, at: str, signature: str) -> bool:
    """Answer whether the owner of the key asks for an access token."""
    try:
        raw = base64.b64decode(signature, validate=True)
        key.verify(raw, f"{client_id}|{at}".encode(), PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


def sign_transaction(*, secret: str, method: str, path: str, token: str, body: str, at: str) -> str:
    """Return X-SIGNATURE of a transaction: HMAC-SHA512, in Base64.

    `path` is the address without the host, with its query; `body` the JSON as it is sent.
    """
    digest = hashlib.sha256(minify(body).encode()).hexdigest().lower()
    text = f"{method.upper()}:{path}:{token}:{digest}:{at}"
    return base64.b64encode(hmac.digest(secret.encode(), text.encode(), "sha512")).decode()


def is_transaction_genuine(
    *, secret: str, method: str, path: str, token: str, body: str, at: str, signature: str
) -> bool:
    """Answer whether a transaction was signed with the secret; compared in constant time."""
    expected = sign_transaction(
        secret=secret, method=method, path=path, token=token, body=body, at=at
    )
    return hmac.compare_digest(expected.encode(), signature.encode())


def minify(body: str) -> str:
    """Return JSON without the white space between its tokens; nothing else may change."""
    return _STRING_OR_SPACE.sub(lambda found: found[1] or "", body)
