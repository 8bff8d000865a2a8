"""A debate to walk through by keyboard, and who is there to say something meanwhile.

Made over HTTP: one speaker, an open seat, three questions, public, under way or about to be.
"""

from collections.abc import Callable
from itertools import count
from typing import Any, Final

from tests.browser.keyboard import Keyboard
from tests.browser.play import Play
from tests.e2e.client import Debate, Person
from tests.e2e.service import Service

SAID: Final = "The keys hang in a drawer nobody opens."
ANSWER: Final = "Then open the drawer together."
SPEAKER: Final = "Adaeze Obi"

_debates = count(1)


def walked(service: Service, phase: str = "live") -> Debate:
    """The debate in `phase`."""
    definition: dict[str, Any] = {
        "title": f"Who keeps the keys of hall {next(_debates)}?",
        "hashtags": ["hallkeys"],
        "language": "en",
        "introduction": "The hall stands empty five evenings a week.",
        "audience": "public",
        "starts_at": "2026-12-01T19:00:00+00:00",
        "speakers": [{"name": SPEAKER}],
        "rules": {"pace_per_minute": 0, "away_seconds": 600, "grace_seconds": 600},
        "questions": [{"text": "Who has them today?"}, {"text": "Who should?"}, {"text": "And at night?"}],
    }
    debate = Debate.create(service, definition)
    debate.move_on_to(phase)
    if phase == "live":
        debate.chair.must("focus", question=1)
    return debate


def fills(author: Person) -> None:
    """Say more than a page shows at first."""
    for number in range(205):
        author.must("post", text=f"Evening {number + 1} it stood empty.")


def speaks(author: Person) -> None:
    """Say what is walked to, and answer it."""
    number = author.must("post", text=SAID)["contribution"]
    author.must("post", text=ANSWER, reply_to=number)


def arrives(author: Person) -> Callable[[str], object]:
    """How something new arrives: `author` says it."""
    return lambda text: author.must("post", text=text)


def enters(play: Play, who: str, size: tuple[int, int] = (1366, 768), **context: object) -> Keyboard:
    """Somebody with a keyboard, and a screen of this size."""
    viewport = {"width": size[0], "height": size[1]}
    return play.enters(who, Keyboard, reduced_motion="reduce", viewport=viewport, **context)
