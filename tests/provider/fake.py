"""A payment provider on a socket of this machine, which follows Midtrans' public documentation.

Nothing of our own code is used: what it signs and how it answers is written down here again.
"""

import base64
import hashlib
import json
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

KEY = "SB-Mid-server-contoh"
WIB = timezone(timedelta(hours=7))
PAID_CODE, PENDING_CODE, ENDED_CODE = "200", "201", "202"
SLOW_SECONDS = 1.2


@dataclass
class Transaction:
    """What the provider knows of an order."""

    order_id: str
    gross: int
    bank: str | None
    expiry: str
    status: str = "pending"
    refunds: list[dict[str, Any]] = field(default_factory=list)

    @property
    def fields(self) -> dict[str, Any]:
        """Return what every answer and notification about it says."""
        code = {"pending": PENDING_CODE, "expire": ENDED_CODE, "deny": ENDED_CODE}
        return {
            "transaction_id": f"tx-{self.order_id}",
            "order_id": self.order_id,
            "gross_amount": f"{self.gross}.00",
            "currency": "IDR",
            "payment_type": "bank_transfer" if self.bank else "qris",
            "transaction_status": self.status,
            "fraud_status": "accept",
            "status_code": code.get(self.status, PAID_CODE),
            "expiry_time": self.expiry,
            **(
                {"va_numbers": [{"bank": self.bank, "va_number": self.number}]} if self.bank else {}
            ),
            **({"refunds": self.refunds} if self.refunds else {}),
        }

    @property
    def account(self) -> dict[str, Any]:
        numbers = [{"bank": self.bank, "va_number": self.number}]
        return {"va_numbers": numbers} if self.bank else {}

    @property
    def number(self) -> str:
        return f"88{int(hashlib.sha256(self.order_id.encode()).hexdigest(), 16) % 10**12:012}"


class FakeMidtrans:
    """The provider with its orders, and the faults that its next answers have."""

    def __init__(self) -> None:
        self.orders: dict[str, Transaction] = {}
        self.faults: deque[str] = deque()
        self.asked: list[str] = []
        self.may_refund = True
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = False
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @contextmanager
    def running(self) -> Iterator["FakeMidtrans"]:
        thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield self
        self._server.shutdown()
        self._server.server_close()
        thread.join()

    def pay(self, order_id: str) -> bytes:
        """Let the customer pay; return the notification."""
        return self.turn(order_id, "settlement")

    def turn(self, order_id: str, status: str) -> bytes:
        """Bring an order into a state; return the notification about it."""
        self.orders[order_id].status = status
        return self.notification(order_id)

    def notification(self, name: str, **changed: Any) -> bytes:
        """Return the signed message about an order as it stands, then changed by somebody."""
        return json.dumps({**signed(self.orders[name].fields), **changed}).encode()

    def answer(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Return what the Core API answers."""
        _, _, name, *action = path.split("/")
        if name == "charge":
            return self._charge(body)
        if name not in self.orders:
            return {"status_code": "404", "status_message": "Transaction doesn't exist."}
        order = self.orders[name]
        if method == "GET":
            return signed(order.fields)
        return self._cancel(order) if action == ["cancel"] else self._refund(order, body)

    def _charge(self, body: dict[str, Any]) -> dict[str, Any]:
        details = body["transaction_details"]
        if details["order_id"] in self.orders:
            return {"status_code": "406", "status_message": "The order_id has been used."}
        if details["gross_amount"] < 1_000:
            return {"status_code": "400", "status_message": "gross_amount is too small"}
        until = datetime.now(WIB) + timedelta(minutes=body["custom_expiry"]["expiry_duration"])  # noqa: TID251
        order = Transaction(
            order_id=details["order_id"],
            gross=details["gross_amount"],
            bank=body.get("bank_transfer", {}).get("bank"),
            expiry=f"{until:%Y-%m-%d %H:%M:%S}",
        )
        self.orders[order.order_id] = order
        qr = {} if order.bank else {"qr_string": f"00020101021226{order.order_id}6304ABCD"}
        return {**order.fields, **qr, "status_message": "transaction is created"}

    def _cancel(self, order: Transaction) -> dict[str, Any]:
        if order.status != "pending":
            return {"status_code": "412", "status_message": "Transaction status cannot be updated."}
        order.status = "cancel"
        return order.fields

    def _refund(self, order: Transaction, body: dict[str, Any]) -> dict[str, Any]:
        if not self.may_refund or order.bank:
            return {"status_code": "412", "status_message": "Refund is not supported."}
        if body["refund_key"] in {one["refund_key"] for one in order.refunds}:
            return {"status_code": "406", "status_message": "The refund_key has been used."}
        order.refunds.append(
            {"refund_key": body["refund_key"], "refund_amount": f"{body['amount']}.00"}
        )
        whole = sum(float(one["refund_amount"]) for one in order.refunds) >= order.gross
        order.status = "refund" if whole else "partial_refund"
        return order.fields


def signed(fields: dict[str, Any]) -> dict[str, Any]:
    """Return a message with Midtrans' signature."""
    text = f"{fields['order_id']}{fields['status_code']}{fields['gross_amount']}{KEY}"
    return {**fields, "signature_key": hashlib.sha512(text.encode()).hexdigest()}


def _handler(fake: FakeMidtrans) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (_Handler,), {"fake": fake})


class _Handler(BaseHTTPRequestHandler):
    fake: FakeMidtrans
    timeout = 5

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self._answer(json.loads(self.rfile.read(length) or b"{}"))

    def _answer(self, body: dict[str, Any]) -> None:
        self.fake.asked.append(f"{self.command} {self.path}")
        fault = self.fake.faults.popleft() if self.fake.faults else ""
        if fault == "slow":
            time.sleep(SLOW_SECONDS)
        elif fault.isdecimal():
            self._send(int(fault), b"<h1>Bad Gateway</h1>")
        elif not self._is_known():
            self._send(401, b'{"status_code": "401", "status_message": "Access denied."}')
        else:
            self._tell(self.fake.answer(self.command, self.path, body), fault)

    def _tell(self, said: dict[str, Any], fault: str) -> None:
        if fault == "lost":
            return  # done, but nobody hears of it
        status = int(said["status_code"])
        data = b"<html>maintenance</html>" if fault == "garbage" else json.dumps(said).encode()
        self._send(status if status >= 400 else 200, data)

    def _is_known(self) -> bool:
        wanted = base64.b64encode(f"{KEY}:".encode()).decode()
        return self.headers.get("Authorization") == f"Basic {wanted}"

    def _send(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
