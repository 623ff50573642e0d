"""Settings, read from the environment or from a file named by POL_CONFIG (KEY=value lines)."""

import os
import secrets
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parent


def _read_file(path: str | None) -> dict[str, str]:
    if not path:
        return {}
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {key.strip(): value.strip() for key, value in pairs}


_values = {**_read_file(os.environ.get("POL_CONFIG")), **os.environ}


def _on(name: str) -> bool:
    return _values.get(name, "") in {"1", "true", "yes", "on"}


def _secret(folder: Path) -> str:
    """Return the secret from the settings, or one that is made once and kept beside the data."""
    if "SECRET_KEY" in _values:
        return _values["SECRET_KEY"]
    kept = folder / "secret_key"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        kept.chmod(0o600)
    return kept.read_text(encoding="utf-8")


PRODUCTION = _on("POL_PRODUCTION")
INSTANCE = Path(_values.get("POL_INSTANCE", str(ROOT / "instance")))
INSTANCE.mkdir(parents=True, exist_ok=True)
if PRODUCTION and len(_values.get("SECRET_KEY", "")) < 32:
    raise SystemExit("In production SECRET_KEY must be set, 32 letters or more.")

SECRET_KEY = _secret(INSTANCE)
SQLALCHEMY_DATABASE_URI = _values.get("DATABASE_URL", f"sqlite:///{INSTANCE / 'pol.sqlite3'}")
PICTURE_FOLDER = _values.get("POL_PICTURES", str(INSTANCE / "pictures"))
CACHE_STAMP = str(INSTANCE / "cache.stamp")
TEMPLATE_FOLDER = INSTANCE / "templates"  # as Python keeps them, so that no process compiles twice
TEMPLATE_FOLDER.mkdir(exist_ok=True)
PUBLIC_URL = _values.get("POL_PUBLIC_URL", "http://localhost:8000")
PUBLIC_CACHE = _values.get("POL_PUBLIC_CACHE", "1") == "1"
STYLE_PAGE = _on("POL_STYLE_PAGE")
DEMO = _on("POL_DEMO")

SMTP_HOST = _values.get("POL_SMTP_HOST")
SMTP_PORT = int(_values.get("POL_SMTP_PORT", "587"))
SMTP_USER = _values.get("POL_SMTP_USER")
SMTP_PASSWORD = _values.get("POL_SMTP_PASSWORD")
SMTP_STARTTLS = not _on("POL_SMTP_PLAIN")
MAIL_FROM = _values.get("POL_MAIL_FROM", "pol@localhost")

QRIS_LEAST = int(_values.get("POL_QRIS_LEAST", "1"))
QRIS_MOST = int(_values.get("POL_QRIS_MOST", "10000000"))
PAYOUT_MINIMUM = int(_values.get("POL_PAYOUT_MINIMUM", "10000"))
PAYOUT_COOL_DOWN_HOURS = int(_values.get("POL_PAYOUT_COOL_DOWN_HOURS", "48"))
MIDTRANS_SERVER_KEY = _values.get("POL_MIDTRANS_SERVER_KEY")
MIDTRANS_URL = _values.get("POL_MIDTRANS_URL", "https://api.sandbox.midtrans.com")

MAX_CONTENT_LENGTH = 40 * 1024 * 1024
MAX_FORM_MEMORY_SIZE = 1024 * 1024
SESSION_COOKIE_NAME = "__Host-pol" if PRODUCTION else "pol"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
PERMANENT_SESSION_LIFETIME = timedelta(days=60)
SESSION_REFRESH_EACH_REQUEST = False
WTF_CSRF_TIME_LIMIT = None
WTF_CSRF_CHECK_DEFAULT = False  # pol.web.csrf decides, see there
BABEL_DEFAULT_LOCALE = "id"
BABEL_DEFAULT_TIMEZONE = "Asia/Jakarta"
SEND_FILE_MAX_AGE_DEFAULT = timedelta(days=365)  # addresses of static files carry a fingerprint
