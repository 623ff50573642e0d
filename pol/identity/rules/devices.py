"""What a device is called, and how long it stays logged in."""

from datetime import timedelta

LASTS = timedelta(days=60)
IDLE = timedelta(days=14)
TOUCH_EVERY = timedelta(minutes=10)
REMEMBER_CLOSED = timedelta(days=30)

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Return what its owner would call the device: "Chrome di Android"."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "Peramban")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), None)
    return f"{browser} di {system}" if system else browser
