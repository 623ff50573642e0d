"""Signatures of SNAP BI, against examples that OpenSSL worked out."""

import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st

from pol.payments.rules import snap

AT = "2026-03-02T12:00:00+07:00"
CLIENT = "POL-CONTOH"
PUBLIC = b"""\
-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAs3FCkpk/8cjF/2UzhjPn
I/PBJRtwl8463xl07EX9bLskCr6CoosJAoh27FCZ5wxOt1aV7DgxLzJIVnNOAwp9
r771yWWdkqgkmyz2AyJixyPFT4DvRVpNQoB0D5/n68U5Ag/6lS8FRZMfuUkXDM6N
Znz9IBV/BEMlFI239ER2Qv51CI2Iud4QTP1g7w677bH2A9RoFwpaAzdDpzgTrgYT
BHKRlIF4UH1CZ81+/xSk38VpEsKx5wDMJDX7BeuUMOsfzUk6WH3/DbwlbL/f/e6g
mYuHEOLD5I7Y9nZeGyatk5iToPKescLq9ZnSgouOPpfl0NYxwHsoJsm6AuseYJp+
zQIDAQAB
-----END PUBLIC KEY-----
"""
TOKEN_SIGNATURE = (
    "e95WQCVfrRYUY3/G/5XNzxXZufV4kMJ17EAZ59DfQbZMUvrDNDE1gapRcPXE/dALB2KNA02oNuiqxIS2n8jvYKUT"
    "848CeUOu2oE8pTpavmn87W+KvJcW1uTDQuC9s+j2KLsW/c1jQJFjMw8dx/F7bam2+lZtY29ylBs2xgaBoZlpWr+G"
    "cBnq2zOOZ/n4W8y6db3Ts3rPRtSn5Dn80EJpuQT1H5PXeoRcGYnFpb+jw2elt78e34xt7HQTZfqVc1qHUqrS2cu5"
    "JoR+rYxR3sMh0w6naZYjPHJqGGcEKg1qGRGubc3wHbHPkEUI3QBb7qGJnb0NQxgtc+WVJQ/3sxY46A=="
)
"""openssl dgst -sha256 -sign, over "POL-CONTOH|2026-03-02T12:00:00+07:00"."""

BODY = """{
  "partnerReferenceNo": "POL-17-ABCD",
  "amount": {"value": "12500.00", "currency": "IDR"},
  "note": "dua  spasi"
}"""
TRANSACTION = {
    "secret": "rahasia-contoh",
    "method": "post",
    "path": "/v1.0/qr/qr-mpm-generate",
    "token": "token-contoh",
    "body": BODY,
    "at": AT,
}
TRANSACTION_SIGNATURE = (
    "0SkWUismFkj3LTSFFomClu6CxkLaH4rKsR0N0IRIY0AoJk1GzZrtpQt2wR+LSpI3mIHzm5FTc3uGHoEC3UfWwg=="
)
"""openssl dgst -sha512 -hmac, over METHOD:path:token:sha256(minified body):timestamp."""


def public_key() -> RSAPublicKey:
    key = load_pem_public_key(PUBLIC)
    assert isinstance(key, RSAPublicKey)
    return key


def is_known(signature: str, client_id: str = CLIENT) -> bool:
    return snap.is_token_genuine(key=public_key(), client_id=client_id, at=AT, signature=signature)


def test_a_request_for_a_token_is_known_by_its_key() -> None:
    assert is_known(TOKEN_SIGNATURE)
    for wrong in ("", "x", "AAAA", TOKEN_SIGNATURE[:-8] + "AAAAAAA="):
        assert not is_known(wrong)
    assert not is_known(TOKEN_SIGNATURE, client_id="ORANG-LAIN")


def test_what_we_sign_can_be_checked() -> None:
    key = generate_private_key(65537, 2048)
    signature = snap.sign_token(key=key, client_id=CLIENT, at=AT)
    assert snap.is_token_genuine(key=key.public_key(), client_id=CLIENT, at=AT, signature=signature)
    assert not snap.is_token_genuine(key=public_key(), client_id=CLIENT, at=AT, signature=signature)


def test_a_transaction_is_signed_as_in_the_example() -> None:
    assert snap.sign_transaction(**TRANSACTION) == TRANSACTION_SIGNATURE
    assert snap.is_transaction_genuine(**TRANSACTION, signature=TRANSACTION_SIGNATURE)


@pytest.mark.parametrize("part", sorted(TRANSACTION))
def test_every_part_of_a_transaction_is_signed(part: str) -> None:
    changed = {**TRANSACTION, part: TRANSACTION[part] + "1"}
    assert not snap.is_transaction_genuine(**changed, signature=TRANSACTION_SIGNATURE)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_white_space_between_tokens_does_not_count(value: object) -> None:
    tight = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    for wide in (json.dumps(value, indent=3, ensure_ascii=False), tight):
        assert snap.minify(wide) == tight


def test_time_and_number_of_a_request() -> None:
    late = datetime(2026, 3, 2, 17, 30, 5, 999, tzinfo=UTC)
    assert snap.timestamp(late) == "2026-03-03T00:30:05+07:00"
    assert snap.external_id(late, 7) == "20260303000000000007"
    assert len({snap.external_id(late, number) for number in range(1_000)}) == 1_000
    for number in (-1, 10**12):
        with pytest.raises(ValueError, match=str(number)):
            snap.external_id(late, number)
