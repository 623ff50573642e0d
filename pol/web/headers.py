"""Security headers on every answer, errors included."""

import secrets
from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, g, request

NONCE_PLACEHOLDER = "@@csp-nonce@@"
BASE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=()",
    "X-Frame-Options": "DENY",
}


def csp(nonce: str) -> str:
    """Return the content security policy: our own files, and scripts only with the nonce."""
    return (
        "default-src 'none'; img-src 'self' data: blob:; style-src 'self'; font-src 'self'; "
        f"script-src 'nonce-{nonce}'; connect-src 'self'; manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def nonce() -> str:
    """Return this answer's nonce; public pages get theirs each time they are sent."""
    if g.get("public_page"):
        return NONCE_PLACEHOLDER
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    value: str = g.nonce
    return value


def _send_with(app: Any) -> Any:
    """Return the application with what every answer says alike, put there once it is finished."""
    alike = tuple(BASE.items())

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, [*headers, *alike], *error)

        sent: Iterable[bytes] = app(environ, start)
        return sent

    return answer


def _add(response: Response) -> Response:
    headers = response.headers
    if "Content-Security-Policy" not in headers:
        headers.add("Content-Security-Policy", csp(nonce()))
    if "Cache-Control" not in headers and request.endpoint != "static":
        headers.add("Cache-Control", "no-cache" if g.get("public_page") else "no-store")
    return response


def register(app: Flask) -> None:
    """Add them after every request."""
    if app.config["PRODUCTION"]:
        BASE["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    app.wsgi_app = _send_with(app.wsgi_app)  # type: ignore[method-assign]
    app.after_request(_add)
    app.jinja_env.globals["csp_nonce"] = nonce
