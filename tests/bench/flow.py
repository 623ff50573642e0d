"""A whole checkout, over and over: add, add, add, (the form,) place, thank-you.

Goods are fetched at the post of each market and paid there, which is what the bare program writes.
"""

import http.client
import re
import time
from itertools import count
from threading import Thread
from urllib.parse import urlencode

CUSTOMERS = 4
FIELDS = re.compile(r'<input[^>]*name="(csrf_token|key|seen_goods|seen_fee)"[^>]*value="([^"]*)"')
WAYS = re.compile(
    r'<select[^>]*name="(cara_\d+)".*?<option[^>]*value="(pickup_post:[^"]+)"', re.DOTALL
)
_numbers = count(1)


class Customer:
    """A browser with a cookie that can fill in our forms."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookie = ""

    def get(self, path: str) -> str:
        return self._ask("GET", path, None)[1]

    def post(self, path: str, **fields: str) -> str:
        """Send a form and return where it leads."""
        return self._ask("POST", path, urlencode(fields))[0]

    def _ask(self, method: str, path: str, body: str | None) -> tuple[str, str]:
        headers = {"Cookie": self._cookie, "Sec-Fetch-Site": "same-origin"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        text = answer.read().decode()
        if answer.status not in {200, 303}:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        if cookie := answer.headers["Set-Cookie"]:
            self._cookie = cookie.split(";")[0]
        return answer.headers["Location"] or "", text


def order(port: int, products: int, *, has_form: bool) -> None:
    """Order three things once, as a new customer."""
    customer, first = Customer(port), next(_numbers)
    for step in range(3):
        slug = f"produk-{(first * 7 + step * 331) % products + 1}"
        customer.post("/keranjang/tambah", product=slug, quantity="1", note="")
    fields: dict[str, str] = {}
    if has_form:
        form = customer.get("/pesan")
        fields = dict(FIELDS.findall(form)) | dict(WAYS.findall(form))
        fields |= {"name": "Contoh", "phone": "081234567890", "method": "cash"}
    customer.get(customer.post("/pesan", **fields))


def run(port: int, products: int, seconds: float, *, has_form: bool) -> float:
    """Let some customers order one thing after another; return orders a second."""
    until = time.perf_counter() + seconds
    done: list[float] = []

    def shop() -> None:
        while time.perf_counter() < until:
            order(port, products, has_form=has_form)
            done.append(time.perf_counter())

    customers = [Thread(target=shop) for _ in range(CUSTOMERS)]
    began = time.perf_counter()
    for customer in customers:
        customer.start()
    for customer in customers:
        customer.join()
    return len(done) / (time.perf_counter() - began)
