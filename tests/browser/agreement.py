"""Whether a page holds what the service holds for its reader.

The page's own store is asked, without a door for tests in the page: Chromium's debugger finds the instances
of the page's module. What it holds must be the snapshot the service gives this reader now; and what stands on
the floor must be what the snapshot says, each contribution once, none missing.
"""

import time
from typing import Any, Final

from playwright.sync_api import Page

from tests.browser.person import Person

Fields = dict[str, Any]

# Of the moment, not of the debate: when it was asked, and who is connected just then. A view may skip numbers
# it has no right to, so its seq may stay behind the head.
_OF_THE_MOMENT: Final = ("now", "seq", "online")
# With two streams each stands for itself, where it came into its stream: static/js/streams.js.
_OF_THE_PAGE: Final = ("root", "seq")
_PATIENCE: Final = 5.0

_FLOOR: Final = """
() => [...document.querySelectorAll("#main [data-contribution]")].map((article) => {
  const {contribution, status} = article.dataset;
  const text = article.querySelector('[data-part="text"]');
  return [Number(contribution), status, text.hidden ? null : text.textContent];
})
"""
_API: Final = "() => document.body.dataset.api"
_SNAPSHOT: Final = "(api) => fetch(api, {cache: 'no-store'}).then((answer) => answer.json())"
_MODULE: Final = 'performance.getEntriesByType("resource").find(({name}) => name.endsWith("/store.js"))?.name'
_PROTOTYPE: Final = f"import({_MODULE}).then((module) => module.Store.prototype)"


def assert_agrees(person: Person) -> None:
    """A page of a debate that is in step; other pages hold nothing to compare."""
    page = person.page
    api = page.evaluate(_API)
    if not api or not page.evaluate(_MODULE):
        return
    deadline = time.monotonic() + _PATIENCE
    while (held := store_of(page)) != (stored := comparable(page.evaluate(_SNAPSHOT, api))):
        if time.monotonic() > deadline:
            assert held == stored, f"{person.who}'s store differs from the service's snapshot"
        page.wait_for_timeout(50)  # a record may be under way
    _assert_floor(person, stored)


def store_of(page: Page) -> Fields:
    """The state of the one store on the page, as far as it can be compared."""
    debugger = page.context.new_cdp_session(page)
    try:
        prototype = debugger.send(
            "Runtime.evaluate",
            {"expression": _PROTOTYPE, "awaitPromise": True},
        )
        found = debugger.send("Runtime.queryObjects", {"prototypeObjectId": prototype["result"]["objectId"]})
        states = debugger.send(
            "Runtime.callFunctionOn",
            {
                "objectId": found["objects"]["objectId"],
                "functionDeclaration": "function () { return this.map(({state}) => state); }",
                "returnByValue": True,
            },
        )
    finally:
        debugger.detach()
    (state,) = states["result"]["value"]
    return comparable(state)


def comparable(snapshot: Fields) -> Fields:
    """A snapshot without what is of the moment it was asked for."""
    kept = {key: value for key, value in snapshot.items() if key not in _OF_THE_MOMENT}
    if snapshot["debate"]["rules"]["posting"] == "two_stream":
        kept["contributions"] = [
            {key: value for key, value in one.items() if key not in _OF_THE_PAGE}
            for one in snapshot["contributions"]
        ]
    kept["questions"] = [
        {key: value for key, value in question.items() if key not in ("focus_seconds", "since")}
        for question in snapshot["questions"]
    ]
    return kept


def _assert_floor(person: Person, stored: Fields) -> None:
    shown = person.page.evaluate(_FLOOR)
    numbers = [number for number, _, _ in shown]
    assert len(numbers) == len(set(numbers)), f"{person.who} has a contribution twice: {numbers}"
    said = {one["contribution"]: (one["status"], one["text"]) for one in stored["contributions"]}
    wrong = [(number, status, text) for number, status, text in shown if said.get(number) != (status, text)]
    assert wrong == [], f"{person.who}'s floor differs from the service's snapshot"
    if person.page.url.split("/")[-1] != "wall":
        assert sorted(numbers) == sorted(said), f"{person.who} lacks contributions"
