"""Somebody who uses the keyboard alone: Tab, Enter, Space, and letters.

At every stop the focus must be visible: drawn, on the screen, and not covered by anything. It is never lost,
and what others do meanwhile does not move it.
"""

import re
import time
from collections.abc import Callable
from typing import Any, Final, Self

from playwright.sync_api import BrowserContext, Error, Locator, WebSocket, expect

from tests.browser.line import Line
from tests.browser.person import Person

_STOP: Final = """
async () => {
  // The browser brings what has the focus into view with its next picture.
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const element = document.activeElement;
  // The content as a whole, where a skip link leads, is a place to go on from: nothing is done there.
  if (!element || element.matches("body, main")) return null;
  const {left, top, right, bottom} = element.getBoundingClientRect();
  const [x, y] = [
    (Math.max(left, 0) + Math.min(right, innerWidth)) / 2,
    (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2,
  ];
  const there = document.elementFromPoint(x, y);
  const styles = [element, ...(element.labels ?? [])].map((one) => getComputedStyle(one));
  const drawn = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return {
    said: (element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.innerText).trim(),
    around: element.closest("article, li")?.textContent ?? "",
    tag: element.outerHTML.slice(0, 120),
    drawn: styles.some((style) => drawn(style) || style.boxShadow !== "none"),
    whole: (left >= -1 || right > innerWidth) && (right <= innerWidth + 1 || left < 0),
    uncovered: element.contains(there),
    there: there?.outerHTML.slice(0, 120),
  };
}
"""


_PLACE: Final = """
async (element) => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const [{left, right, top}] = element.getClientRects();
  const [edges, held] = [[left, right].map(Math.round), document.activeElement === element];
  return {held, edges, top: Math.round(top)};
}
"""

_FOCUSED: Final = """
(name) => {
  const element = document.activeElement;
  if (element === document.body) return false;
  return (element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.innerText).trim().startsWith(name);
}
"""


class Keyboard(Person):
    """A person without a mouse."""

    def __init__(self, who: str, context: BrowserContext, line: Line) -> None:
        super().__init__(who, context, line)
        self._heard: list[str] = []
        self.page.on("websocket", self._listen)

    def reaches(self, name: str, *, within: str = "", back: bool = False, stops: int = 120) -> Self:
        """Press Tab, or Shift and Tab, until on what is called `name`, in a row that says `within`."""
        passed: list[str] = []
        for _ in range(stops):
            stop = self._stop()
            if stop is not None:
                if stop["said"].startswith(name) and within in stop["around"]:
                    return self
                passed.append(stop["said"])
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"no {name!r} among {passed}")

    def is_on(self, name: str) -> Self:
        """The focus comes to what is called `name` by itself, and can be seen there."""
        self.page.wait_for_function(_FOCUSED, arg=name)
        assert self._stop() is not None
        return self

    def has_the_focus(self) -> Self:
        """What had it is gone: it is somewhere else by now, in sight, and not nowhere."""
        self.page.wait_for_function("() => document.activeElement !== document.body")
        assert self._stop() is not None
        return self

    def stays_put(
        self, while_: Callable[[str], object], text: str = "Meanwhile, somebody says this."
    ) -> Self:
        """Somebody says `text`; what has the focus keeps it, and its place on the screen."""
        focused = self.page.evaluate_handle("() => document.activeElement")
        before = self.page.evaluate(_PLACE, focused)
        self._heard.clear()
        while_(text)
        self._hears(text)
        after = self.page.evaluate(_PLACE, focused)
        assert before["held"], "the focus is nowhere"
        assert after["held"], "what arrived took the focus"
        # A button that counts may grow, to one side.
        edges = zip(before["edges"], after["edges"], strict=True)
        assert any(was == now for was, now in edges), (before, after)
        assert before["top"] == after["top"], "what arrived moved the focus"
        return self

    def shows_new_until(self, thing: Locator) -> Self:
        """Nothing is pressed by mouse: what is looked for is there, or comes by itself."""
        expect(thing).to_be_visible()
        return self

    def catches_up(self) -> Self:
        """Go to the end of what is said: what waits is let in."""
        self.reaches("Contributions").presses("End")
        expect(self.page.get_by_role("button", name=re.compile(r"^\d+ new"))).to_be_hidden()
        return self

    def walks_around(self, *, stops: int = 200) -> list[str]:
        """Press Tab until the page is at its end; what was passed."""
        passed: list[str] = []
        for _ in range(stops):
            self.page.keyboard.press("Tab")
            stop = self._stop()
            if stop is None:
                return passed
            passed.append(stop["said"])
        raise AssertionError(f"no end after {passed}")

    def presses(self, *keys: str) -> Self:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def types(self, text: str) -> Self:
        self.page.keyboard.type(text)
        return self

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda said: self._heard.append(str(said)))

    def _hears(self, text: str) -> None:
        deadline = time.monotonic() + 20
        while not any(text in said for said in self._heard):
            assert time.monotonic() < deadline, f"{self.who} never heard {text!r}"
            self.page.wait_for_timeout(20)  # it comes from another process

    def _stop(self) -> dict[str, Any] | None:
        try:
            stop: dict[str, Any] | None = self.page.evaluate(_STOP)
        except Error as gone:
            if "navigation" not in gone.message:
                raise
            self.page.wait_for_load_state()  # a link was followed: the focus begins anew
            return None
        if stop is not None:
            assert stop["drawn"], f"the focus cannot be seen: {stop['tag']}"
            assert stop["uncovered"], f"not to be seen: {stop['tag']}, but {stop['there']}"
            assert stop["whole"], f"the focus is cut off at the side: {stop['tag']}"
        return stop
