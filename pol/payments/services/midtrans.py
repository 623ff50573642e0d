"""Speaking to Midtrans over HTTPS: bounded time-outs, bounded retries of what may be repeated."""

import json
from contextlib import closing
from typing import Any

from urllib3 import PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError
from urllib3.util import make_headers

from pol.payments.rules import midtrans as rules
from pol.payments.rules.midtrans import Message
from pol.payments.rules.provider import (
    Charge,
    Charged,
    MessageUnreadable,
    ProviderRefused,
    ProviderSilent,
    Seen,
)

LARGEST_ANSWER = 65_536
TRIES_AGAIN = 2
MISSING, DUPLICATE = "404", "406"
_ONCE = Retry(total=0, redirect=0)
_AGAIN = Retry(
    total=TRIES_AGAIN,
    redirect=0,
    allowed_methods=None,  # only what may be repeated comes here, also by POST
    status_forcelist={500, 502, 503, 504},
    backoff_factor=0.2,
    backoff_max=2,
    backoff_jitter=0.3,
    respect_retry_after_header=False,
)


class Midtrans:
    """The Core API of Midtrans."""

    name = rules.NAME

    def __init__(self, *, server_key: str, url: str, seconds: float = 8) -> None:
        self.server_key = server_key
        self._url = f"{url.rstrip('/')}/v2"
        self._http = PoolManager(
            timeout=Timeout(connect=min(3, seconds), read=seconds),
            headers={
                "Accept": "application/json",
                "Content-Type": "application/json",
                **make_headers(basic_auth=f"{server_key}:"),
            },
        )

    def close(self) -> None:
        """Let go of the connections that are kept open."""
        self._http.clear()

    def charge(self, charge: Charge) -> Charged:
        """Open a QRIS or virtual account charge."""
        answer = self._ask("POST", "charge", _ONCE, rules.charge_body(charge))
        if answer.status_code != "201" or answer.order_id != charge.reference:
            raise _refused(answer)
        charged = rules.read_charged(answer)
        if charged.code is None:
            raise ProviderSilent
        return charged

    def look(self, reference: str) -> Seen | None:
        """Return the state of a charge, None if Midtrans does not know it."""
        answer = self._ask("GET", f"{reference}/status", _AGAIN)
        if answer.status_code == MISSING:
            return None
        if answer.order_id != reference or not rules.fits_code(answer):
            raise _refused(answer)
        return rules.read_seen(answer)

    def cancel(self, reference: str) -> None:
        """Close a charge that is not paid yet."""
        answer = self._ask("POST", f"{reference}/cancel", _AGAIN)
        if answer.status_code not in {rules.DONE, MISSING}:
            raise _refused(answer)

    def refund(self, reference: str, *, key: str, amount: int, reason: str) -> None:
        """Give money back; a key that was used before is looked up instead."""
        body = {"refund_key": key, "amount": amount, "reason": reason}
        answer = self._ask("POST", f"{reference}/refund", _AGAIN, body)
        if answer.status_code == rules.DONE:
            return
        seen = self.look(reference) if answer.status_code == DUPLICATE else None
        if seen is None or key not in seen.refund_keys:
            raise _refused(answer)

    def _ask(
        self, method: str, path: str, retries: Retry, body: dict[str, Any] | None = None
    ) -> Message:
        data = json.dumps(body).encode() if body is not None else None
        try:
            response = self._http.request(
                method, f"{self._url}/{path}", body=data, retries=retries, preload_content=False
            )
            with closing(response):
                message = rules.read_message(response.read(LARGEST_ANSWER, decode_content=True))
        except (HTTPError, MessageUnreadable) as error:
            raise ProviderSilent from error
        if response.status >= 500 or not message.status_code:
            raise ProviderSilent
        return message


def _refused(answer: Message) -> ProviderRefused:
    said = answer.fields.get("status_message")
    return ProviderRefused(reason=str(said)[:200] if said else answer.status_code)
