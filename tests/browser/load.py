"""A debate page under load: somebody types and scrolls while many post, and the browser tells what that cost.

Knows how to fill a debate and how to ask Chromium. Says nothing of what would be good: that is the tests'.

    python -m tests.browser.load [CONTRIBUTIONS [RATE]]     # 5000 and 50 a second, unless told otherwise
"""

import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any, Final

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.browser.debates import LIBRARY
from tests.e2e.client import Debate, Person, new_id
from tests.e2e.service import Service

_IN_ONE: Final = 100  # commands in a request, as many as it takes
_BREATH: Final = 0.1  # seconds between two requests of the crowd

# Long tasks are those the browser calls so: more than 50 ms. An input's delay: from the key to the frame that
# shows it; the browser tells it in steps of 8 ms, and only from 16 ms on.
_WATCH: Final = """
() => {
  window.told = { tasks: [], inputs: [], since: performance.now() };
  const keep = (kind) => (list) => window.told[kind].push(...list.getEntries().map(({duration}) => duration));
  new PerformanceObserver(keep("tasks")).observe({type: "longtask"});
  new PerformanceObserver(keep("inputs")).observe({type: "event", durationThreshold: 16});
}
"""
_TOLD: Final = "() => ({...window.told, lasted: performance.now() - window.told.since})"
_TYPED: Final = "() => document.querySelector('#composer textarea').value"
_SHOWN: Final = "() => document.querySelectorAll('#threads [data-contribution]').length"


TEXT: Final = "What is typed while fifty others post every second stands there, every letter, in order, once."


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What came out; times in milliseconds."""

    shown: int
    nodes: int
    heap: int
    long_tasks: int
    share: float
    slowest_input: float
    slow_inputs: int


class Crowd(threading.Thread):
    """Posts `rate` a second in a thread of its own, until told to stop."""

    def __init__(self, debate: Debate, rate: int) -> None:
        super().__init__(name="crowd")
        self.posted = 0
        self._author = debate.join()
        self._rate = rate
        self._enough = threading.Event()

    def run(self) -> None:
        began = time.monotonic()
        while not self._enough.wait(_BREATH):
            due = int((time.monotonic() - began) * self._rate) - self.posted
            if due > 0:
                post(
                    self._author, [f"Posted under load, {self.posted + n}." for n in range(min(due, _IN_ONE))]
                )
                self.posted += min(due, _IN_ONE)

    def stops(self) -> None:
        self._enough.set()
        self.join()


def post(author: Person, texts: list[str]) -> None:
    """Post, in as few requests as can be."""
    for first in range(0, len(texts), _IN_ONE):
        some = texts[first : first + _IN_ONE]
        replies = author.commands([{"do": "post", "id": new_id(), "text": text} for text in some])
        assert all(reply["ok"] for reply in replies)


def long_debate(service: Service, slug: str, contributions: int) -> Debate:
    """Live, with so many contributions."""
    definition: dict[str, Any] = {**LIBRARY, "slug": slug, "rules": {"pace_per_minute": 0}}
    debate = Debate.create(service, definition)
    debate.move_on_to("live")
    debate.chair.must("focus", question=1)
    post(debate.join(), [f"Number {n}. #latelibrary" for n in range(1, contributions + 1)])
    return debate


def typed_under_load(page: Page, debate: Debate, text: str, rate: int) -> tuple[Figures, int]:
    """Type `text` into the composer and scroll, while a crowd posts: what it cost, how many posts came."""
    crowd = Crowd(debate, rate)
    page.evaluate(_WATCH)
    crowd.start()
    try:
        page.get_by_role("textbox", name="Your contribution").focus()
        for word in text.split(" "):
            page.keyboard.type(word, delay=10)
            page.keyboard.type(" ", delay=10)
            page.mouse.wheel(0, -40)
            page.mouse.wheel(0, 400)
    finally:
        crowd.stops()
    return figures(page), crowd.posted


def figures(page: Page) -> Figures:
    """What the browser tells of this page since it is watched."""
    told = page.evaluate(_TOLD)
    debugger = page.context.new_cdp_session(page)
    debugger.send("HeapProfiler.collectGarbage")
    debugger.send("Performance.enable")
    metrics = {one["name"]: one["value"] for one in debugger.send("Performance.getMetrics")["metrics"]}
    debugger.detach()
    return Figures(
        shown=page.evaluate(_SHOWN),
        nodes=int(metrics["Nodes"]),
        heap=int(metrics["JSHeapUsedSize"]),
        long_tasks=len(told["tasks"]),
        share=sum(told["tasks"]) / told["lasted"],
        slowest_input=max(told["inputs"], default=0),
        slow_inputs=sum(duration > 200 for duration in told["inputs"]),
    )


def main(contributions: int = 5_000, rate: int = 50) -> None:
    """Print what typing costs in a debate of so many contributions, with so many posts a second."""
    with TemporaryDirectory() as data, sync_playwright() as playwright:
        service = Service(Path(data) / "data").start()
        try:
            debate = long_debate(service, "under-load", contributions)
            browser = playwright.chromium.launch(executable_path=which("chromium"), args=ARGUMENTS)
            page = browser.new_page(locale="en-GB")
            page.goto(f"{service.base}/join/{debate.slug}#{debate.join().token}")
            page.locator(f"#c{contributions}").wait_for()
            began = time.monotonic()
            cost, posted = typed_under_load(page, debate, TEXT, rate)
            lasted = time.monotonic() - began
            typed = page.evaluate(_TYPED)
            browser.close()
        finally:
            service.stop()
    sys.stdout.write(
        f"{contributions} contributions, then {posted} posts in {lasted:.0f} s, {len(TEXT)} letters typed\n"
        f"typed text stands there whole: {typed.strip() == TEXT}\n"
        f"inputs shown later than 200 ms: {cost.slow_inputs}, the slowest after {cost.slowest_input:.0f} ms\n"
        f"long tasks: {cost.long_tasks}, {cost.share:.0%} of the time\n"
        f"contributions in the page: {cost.shown}, nodes {cost.nodes}, heap {cost.heap / 1e6:.1f} MB\n"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
