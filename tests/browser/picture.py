"""The README's picture, taken anew: `python -m tests.browser.picture docs/pictures/debate.png`.

A debate of our own invention, seen by a participant who has just been offered the free seat. A real service
and a real browser; what the picture shows is what the page shows.
"""

import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any, Final

from playwright.sync_api import ViewportSize, expect, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.e2e.client import Debate, Person
from tests.e2e.service import Service

SIZE: Final = ViewportSize(width=1280, height=860)

DEFINITION: Final[dict[str, Any]] = {
    "title": "Open until ten? A town and its library",
    "slug": "open-until-ten",
    "hashtags": ["latelibrary", "fishbowl"],
    "language": "en",
    "introduction": "The library closes at six. The council asks the town what it should be for after that.",
    "starts_at": "2026-11-20T19:00:00Z",
    "rules": {"pace_per_minute": 0},
    "questions": [
        {"text": "Who would come after six, and what for?", "minutes": 10},
        {"text": "What may it cost?", "minutes": 10},
        {"text": "Should a key card replace the librarian after six?", "minutes": 10},
        {"text": "Who looks after the last hour?", "minutes": 10},
        {"text": "What would you give up for it?", "minutes": 10},
    ],
    "speakers": [
        {"name": "Adwoa Mensah", "affiliation": "Librarian"},
        {"name": "Piotr Zielinski", "affiliation": "Night bus driver"},
        {"name": "Mererid Hughes", "affiliation": "Town council"},
        {"name": "Tomoko Arai", "affiliation": "Sixth form"},
    ],
    "seats": {"open": 1},
}

# The question in focus, then who says what, answering which of the lines before. A to D are the speakers, G
# the guest on the open seat, anything else is the audience.
SAID: Final[tuple[tuple[int, str, str, int | None], ...]] = (
    (1, "A", "After six it is not quieter, it is another library. People come to be somewhere.", None),
    (1, "-", "We come for the printer and stay for the radiator. No shame in that.", 0),
    (2, "C", "Two evenings a week cost what the town spends on its Christmas lights. #thinkaboutit", None),
    (3, "G", "I open up with a card at the rowing club. It works because we all know each other.", None),
    (3, "-", "And who knows the people in the reading room?", 3),
    (3, "B", "The driver does. Half of your late readers come home on my bus.", 4),
    (
        3,
        "-",
        "Q5 I would give up Saturday mornings. Nobody under thirty has ever seen one. #latelibrary",
        None,
    ),
    (3, "C", "A card opens a door. It does not notice who has been sitting outside it for an hour.", None),
    (3, "-", "Then put the librarian where the people are, and the card on the store room.", 7),
    (3, "D", "We revise there. If somebody faints over chemistry, a card is not much help.", None),
)
ENDORSED: Final = {0: 6, 1: 4, 3: 3, 5: 11, 6: 7, 7: 9}


def main(file: Path) -> None:
    """Take the picture and write it to `file`."""
    with TemporaryDirectory() as folder:
        service = Service(Path(folder) / "data").start()
        try:
            _take(service, file)
        finally:
            service.end()


def _take(service: Service, file: Path) -> None:
    debate = Debate.create(service, DEFINITION)
    debate.move_on_to("live")
    guest, *audience = (debate.join() for _ in range(24))
    for one in (*debate.speakers, *audience):
        one.snapshot()  # whoever asks for something is present, and a speaker who is present sits down
    guest.must("take_seat")
    talk(debate, guest, audience)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=ARGUMENTS)
        page = browser.new_page(viewport=SIZE, locale="en-GB", color_scheme="light", reduced_motion="reduce")
        page.goto(f"{service.base}/join/{debate.slug}#{audience[0].token}")
        expect(page.get_by_role("form", name="Your contribution")).to_be_visible()
        for one in audience[:3]:
            one.must("raise_hand")
        guest.must("leave_seat")
        expect(page.get_by_role("button", name="Take the seat")).to_be_visible()
        file.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=file)
        browser.close()


def talk(debate: Debate, guest: Person, audience: list[Person]) -> None:
    seated = dict(zip("ABCD", debate.speakers, strict=True)) | {"G": guest}
    others: Iterator[Person] = cycle(audience[4:])
    focus = 0
    for number, (question, who, text, answering) in enumerate(SAID):
        if question != focus:
            focus = question
            debate.chair.must("focus", question=focus)
        above = {} if answering is None else {"reply_to": answering + 1}
        author = seated.get(who) or next(others)
        author.must("post", text=text, **above)
        for one in [one for one in audience if one is not author][: ENDORSED.get(number, 0)]:
            one.must("endorse", contribution=number + 1, on=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
