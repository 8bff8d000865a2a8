"""Views of pages, each held to axe-core in every size and colour; what was found is told at the end, at once.

What axe could not decide is a finding too, unless somebody looked at it: `LOOKED_AT` says what they saw.
`VIEWS_TO=/some/folder tests/run tests/browser/test_axe.py` keeps a picture of every view, and lists in
incomplete.txt every place axe could not decide on.
"""

import os
import re
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.person import Person
from tests.browser.play import Play

SIZES: Final = ((1366, 768), (320, 640))
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")

# Two pictures of the browser's: what was resized or shown has its place, and what follows sizes has followed.
_SETTLED: Final = """
() => matchMedia("(scripting: none)").matches
  || new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
"""


class LookedAt(NamedTuple):
    """Where axe could not decide, and what somebody saw there."""

    within: str
    """A class of the element or of something it stands in; "": anywhere."""
    why: str
    """A pattern in axe's reason."""
    seen: str
    rule: str = "color-contrast"


_UNDER = "overlapped by another|partially obscured|partially overlaps"

# Contrast: tests/web/test_markup.py counts it for every ink on every ground there is.
LOOKED_AT: Final = (
    LookedAt("", "too short", "one letter or digit, in the ink of its neighbours"),
    LookedAt("disc", "overlapped", "initials, the clock's arc around them; the name stands below"),
    LookedAt(
        "label", "image node|partially overlaps", "a seat's name on the drawn water: counted on all of it"
    ),
    LookedAt("centre", "image node", "the question in focus on the drawn water: counted on all of it"),
    LookedAt("threads", _UNDER, "scrolled beneath a bar, and whole when scrolled to"),
    LookedAt("contribution", "pseudo element", "on the ground of what is highlighted: counted on all of it"),
    LookedAt("threads", "partially obscured", "likewise; 24 pixels and more when whole", "target-size"),
    LookedAt("newest", _UNDER, "cut off by the edge of its list, which scrolls; whole when scrolled to"),
    LookedAt("stream-heads", "partially overlaps", "stands above the streams that scroll beneath it"),
    LookedAt("tools", _UNDER, "scrolled beneath a bar, and whole when scrolled to"),
    LookedAt("composer", "partially overlaps", "stands above the floor that scrolls beneath it"),
    LookedAt("moves", "partially overlaps", "stands above the floor that scrolls beneath it"),
    LookedAt("reading", "partially overlaps", "stands above the floor that scrolls beneath it"),
    LookedAt("hands", "partially obscured", "at the edge of a side that scrolls"),
    LookedAt("here", "partially obscured", "at the edge of a side that scrolls"),
    LookedAt("how", "partially obscured", "at the edge of a side that scrolls"),
    LookedAt("plot", "image node|overlapped", "words of a picture, on the page or on a bar of one colour"),
    LookedAt("scrolled", _UNDER, "at the edge of a table that scrolls; whole when scrolled to"),
    LookedAt("wall-foot", "overlapped", "the list of the newest is cut off above it, and not over it"),
)
_COVERED: Final = LookedAt("", _UNDER, "beneath a menu that was opened; looked at without it in another view")


class Inspection:
    """Looks at views; `is_clear` at the end says everything that was wrong."""

    def __init__(self) -> None:
        self.views = 0
        self._found: dict[str, list[str]] = {}

    def sees(
        self, person: Person, view: str, *, sizes: tuple[tuple[int, int], ...] = SIZES, covered: bool = False
    ) -> None:
        """Hold the page in front of `person` to every rule, as it stands now; `covered`: by an open menu."""
        for width, height in sizes:
            person.page.set_viewport_size({"width": width, "height": height})
            for scheme in SCHEMES:
                person.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                person.page.evaluate(_SETTLED)
                where = f"{view} as {person}, {width} {scheme}"
                found = axe.run(person.page)
                self._take(found, where, (*LOOKED_AT, _COVERED) if covered else LOOKED_AT)
                if folder := os.environ.get("VIEWS_TO"):
                    keep(Path(folder), where, person, found)
                self.views += 1
        width, height = sizes[0]
        person.page.set_viewport_size({"width": width, "height": height})

    def is_clear(self) -> None:
        told = [f"{finding}\n    in {len(views)} views: {views[0]}" for finding, views in self._found.items()]
        assert not told, f"{len(told)} findings\n" + "\n".join(sorted(told))

    def _take(self, found: axe.Found, view: str, seen: tuple[LookedAt, ...]) -> None:
        for kind, findings in (("violation", found.violations), ("not looked at", found.incomplete)):
            for one in findings:
                if not looked_at(one, seen):
                    self._found.setdefault(f"{kind}: {one}", []).append(view)


def keep(folder: Path, view: str, person: Person, found: axe.Found) -> None:
    """A picture of the view, and what axe left to be looked at."""
    person.pictured(folder / f"{view.replace(' ', '_')}.png")
    with (folder / "incomplete.txt").open("a", encoding="utf-8") as file:
        file.writelines(f"{view}: {one}\n" for one in found.incomplete)


def looked_at(finding: axe.Finding, seen: tuple[LookedAt, ...]) -> bool:
    """Whether somebody looked at this place, or one like it, and found it well."""
    return any(
        finding.rule == one.rule and one.within in ("", *finding.within) and re.search(one.why, finding.why)
        for one in seen
    )


def opens(play: Play, who: str, link: str, **context: Any) -> Person:
    """Somebody opens a link and is where it leads, with the page's scripts at work."""
    person = play.enters(who, Person, reduced_motion="reduce", **context).opens_link(link)
    expect(person.page).not_to_have_url(re.compile("#"))
    return person
