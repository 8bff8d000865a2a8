"""Forced colours: what grounds and shadows tell elsewhere is told where the reader's own colours are drawn.

Whatever the browser draws anyway does not count here: words, weight, size, and every colour that is replaced.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chair import Chair
from tests.browser.crowded import crowded
from tests.browser.keyboard import Keyboard
from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.client import Debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

# How an element is told apart when colours are forced: edges, lines, and a ground that was kept on purpose.
_DRAWN: Final = """
(element, before) => {
  const style = getComputedStyle(element, before ? "::before" : null);
  const edge = (name) => ["top", "right", "bottom", "left"].map((side) => {
    const width = style.getPropertyValue(`${name}-${side}-width`);
    return parseFloat(width) ? [width, style.getPropertyValue(`${name}-${side}-style`)] : null;
  });
  const kept = style.forcedColorAdjust === "none";
  return JSON.stringify([edge("border"), style.textDecorationLine, kept && style.backgroundColor]);
}
"""
_MARK: Final = """
(element, [mark, value]) => {
  if (value === null) element.removeAttribute(mark);
  else element.setAttribute(mark, value);
}
"""
_GROUND: Final = "::before"
# The fault planted below: as if there were no rule for forced colours.
_WITHOUT: Final = """
() => {
  for (const {cssRules, ownerNode} of document.styleSheets) {
    const sheet = ownerNode.sheet;
    for (let n = cssRules.length - 1; n >= 0; n--) {
      if (cssRules[n].conditionText === "(forced-colors: active)") sheet.deleteRule(n);
    }
  }
}
"""


class Told(NamedTuple):
    """What one has to see, the mark that says so in the page, and what it looks like without."""

    what: str
    selector: str
    mark: str
    plain: str | None = None
    of: str = ""
    """The part of it that is drawn otherwise; "": itself; `_GROUND`: what is drawn behind it."""


DEBATE: Final = (
    Told("the question in focus", ".question[data-focus]", "data-focus", of=".to-question"),
    Told("the filter that is on", ".filter[aria-current]", "aria-current"),
    Told("reading on hold", "#pause", "aria-pressed", "false"),
    Told("endorsed", "[data-act=endorse][aria-pressed=true]", "aria-pressed", "false"),
    Told("highlighted", ".contribution[data-highlighted]", "data-highlighted", of=_GROUND),
    Told("inner", ".contribution[data-circle=inner]", "data-circle", "outer", of=".face"),
    Told("one's own contribution", ".contribution[data-own]", "data-own", of=".name"),
    Told("one's own hand", ".hand[data-own]", "data-own", of=".name"),
    Told("a seat that is not taken", ".seat[data-state=free]", "data-state", "taken", of=".face"),
    Told("a seat that is being left", ".seat[data-state=leaving]", "data-state", "taken", of=".face"),
)
CONSOLE: Final = (
    Told("the phase", ".track [aria-current=step]", "aria-current"),
    Told("the chosen contribution", ".contribution[aria-current=true]", "aria-current"),
    Told("the question in focus", ".to-focus[aria-pressed=true]", "aria-pressed", "false"),
    Told("the question it belongs to", ".chip[aria-pressed=true]", "aria-pressed", "false"),
    Told("highlighted", ".contribution[data-highlighted]", "data-highlighted", of=_GROUND),
    Told("the door", "#door [aria-pressed=true]", "aria-pressed", "false"),
    Told("a seat that is being left", "#seats [data-state=leaving]", "data-state", "taken", of=".dot"),
)


class Scene(NamedTuple):
    """A busy debate with something of everything in it, before a participant and before its chair."""

    debate: Debate
    participant: Person
    chair: Chair


@pytest.fixture
def scene(play: Play, service: Service) -> Iterator[Scene]:
    debate, somebody = crowded(service, "live")
    somebody.must("post", text="My own.")
    somebody.must("endorse", contribution=3, on=True)
    debate.chair.must("close_seat", seat=1)
    with play:
        participant = play.enters("participant", Person, forced_colors="active", reduced_motion="reduce")
        participant.opens_link(f"{service.base}/join/{debate.slug}#{somebody.token}").sees("My own.")
        expect(participant.page.locator("#phase")).to_contain_text("left")  # its scripts are at work
        participant.page.get_by_role("button", name="Pause").click()
        chair = play.enters("chair", Chair, forced_colors="active", reduced_motion="reduce")
        chair.opens_link(debate.made["links"]["chair"]).sees_phase("Live")
        chair.chooses("Another, after a pause.")
        yield Scene(debate, participant, chair)


def told_alike(page: Page, told: tuple[Told, ...]) -> list[str]:
    """Of what the page tells, that which looks the same when its mark is taken off."""
    return [one.what for one in told if not _differs(page.locator(one.selector).first, one)]


def _differs(marked: Locator, told: Told) -> bool:
    expect(marked, told.what).to_be_attached()
    behind = told.of == _GROUND
    drawn = marked.locator(told.of).first if told.of and not behind else marked
    element = marked.element_handle()
    part = drawn.element_handle()
    before = part.evaluate(_DRAWN, behind)
    was = element.get_attribute(told.mark)
    element.evaluate(_MARK, [told.mark, told.plain])
    after = part.evaluate(_DRAWN, behind)
    element.evaluate(_MARK, [told.mark, was])
    return bool(before != after)


def test_nothing_is_told_by_colour_alone(scene: Scene) -> None:
    """Where one is, what is on, whose it is and what stands out is drawn by edges or in their colours."""
    assert told_alike(scene.participant.page, DEBATE) == []
    assert told_alike(scene.chair.page, CONSOLE) == []


def test_without_its_rules_it_would_be(scene: Scene) -> None:
    """The check above can fail: without the rules for forced colours, what they tell looks like the rest."""
    for person in (scene.participant, scene.chair):
        person.page.evaluate(_WITHOUT)
    lost = told_alike(scene.participant.page, DEBATE)
    assert {"the question in focus", "reading on hold", "highlighted", "inner", "one's own hand"} <= set(lost)
    lost = told_alike(scene.chair.page, CONSOLE)
    assert {"the phase", "the chosen contribution", "the question in focus", "the door"} <= set(lost)


def test_the_focus_is_drawn(play: Play, service: Service) -> None:
    """At every stop of the keyboard the focus is a line, also on what is filled in the reader's colour."""
    debate, somebody = crowded(service, "live")
    with play:
        dan = play.enters("dan", Keyboard, forced_colors="active", reduced_motion="reduce")
        dan.opens_link(f"{service.base}/join/{debate.slug}#{somebody.token}").sees_phase("Live")
        dan.page.locator("#phase").click()
        assert len(dan.walks_around()) > 20
        pause = dan.page.get_by_role("button", name="Pause")
        pause.click()
        dan.page.keyboard.press("Shift+Tab")
        dan.page.keyboard.press("Tab")
        inside: Any = dan.page.locator("#pause").evaluate(
            "button => parseFloat(getComputedStyle(button).outlineOffset)"
        )
        assert inside < 0
