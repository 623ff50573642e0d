"""Dragging: by finger where the screen feels fingers, else by mouse."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator

INTO_SIGHT = "node => node.scrollIntoView({block: 'center', inline: 'nearest'})"
STEPS = 8


@contextmanager
def dragged(thing: Locator, *, right: int, up: int) -> Iterator[None]:
    """Hold something so many pixels away; it is let go at the end."""
    thing.evaluate(INTO_SIGHT)
    box = thing.bounding_box()
    assert box is not None
    start = box["x"] + 30, box["y"] + box["height"] / 2
    way = [(start[0] + right * n / STEPS, start[1] - up * n / STEPS) for n in range(STEPS + 1)]
    by = _by_finger if thing.page.evaluate("navigator.maxTouchPoints") else _by_mouse
    with by(thing, way):
        yield


@contextmanager
def _by_mouse(thing: Locator, way: list[tuple[float, float]]) -> Iterator[None]:
    mouse = thing.page.mouse
    mouse.move(*way[0])
    mouse.down()
    for point in way[1:]:
        mouse.move(*point)
    yield
    mouse.up()


@contextmanager
def _by_finger(thing: Locator, way: list[tuple[float, float]]) -> Iterator[None]:
    tab = thing.page
    screen = tab.context.new_cdp_session(tab)

    def feel(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    feel("touchStart", way[0])
    for point in way[1:]:
        feel("touchMove", point)
    yield
    feel("touchEnd")
