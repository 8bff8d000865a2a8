"""Somebody who uses the keyboard alone: Tab, Enter, Space, and letters.

At every stop the focus must be visible: drawn, on the screen, and not covered by anything.
"""

from typing import Any, Final, Self

from tests.browser.person import Person

_STOP: Final = """
async () => {
  // The browser brings what has the focus into view with its next picture.
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const {left, top, right, bottom} = element.getBoundingClientRect();
  const [x, y] = [
    (Math.max(left, 0) + Math.min(right, innerWidth)) / 2,
    (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2,
  ];
  const there = document.elementFromPoint(x, y);
  const style = getComputedStyle(element);
  return {
    said: (element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.innerText).trim(),
    tag: element.outerHTML.slice(0, 120),
    drawn: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none",
    whole: (left >= -1 || right > innerWidth) && (right <= innerWidth + 1 || left < 0),
    uncovered: element.contains(there),
  };
}
"""


class Keyboard(Person):
    """A person without a mouse."""

    def reaches(self, name: str, *, stops: int = 80) -> Self:
        """Press Tab until the focus is on what is called `name`."""
        passed: list[str] = []
        for _ in range(stops):
            stop = self._stop()
            if stop is not None:
                if stop["said"].startswith(name):
                    return self
                passed.append(stop["said"])
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no {name!r} among {passed}")

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

    def presses(self, key: str) -> Self:
        self.page.keyboard.press(key)
        return self

    def types(self, text: str) -> Self:
        self.page.keyboard.type(text)
        return self

    def _stop(self) -> dict[str, Any] | None:
        stop: dict[str, Any] | None = self.page.evaluate(_STOP)
        if stop is not None:
            assert stop["drawn"], f"the focus cannot be seen: {stop['tag']}"
            assert stop["uncovered"], f"the focus is covered, or not on the screen: {stop['tag']}"
            assert stop["whole"], f"the focus is cut off at the side: {stop['tag']}"
        return stop
