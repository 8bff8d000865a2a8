"""A debate with everything in it that may break a page: long words, deep threads, several scripts, hands.

Made over HTTP, as fast as the service answers, and then brought to a phase.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

from tests.e2e.client import Debate, Person
from tests.e2e.service import Service

_numbers = count(1)

TEXTS = (
    "Good evening. #latelibrary #openuntilmidnight",
    "A2: see https://library.example/opening/hours/" + "very-long-" * 9 + "address?season=winter#late",
    "Donaudampfschifffahrtsgesellschaftskapitän" * 3,
    "مساء الخير، متى تفتح المكتبة؟ #مكتبة",
    "図書館は夜も開いていますか。 #図書館",
    "One line.\n\nAnother, after a pause. Q3 and #q4 at once. @Chair knows.",
)
# A phase, and the moves that lead there from live, where it is filled.
_MOVES: dict[str, tuple[str, ...]] = {
    "lobby": ("lobby",),
    "live": (),
    "paused": ("paused",),
    "wrap_up": ("wrap_up",),
    "correction": ("wrap_up", "correction"),
    "archived": ("wrap_up", "correction", "archived"),
}


def crowded(service: Service, phase: str) -> tuple[Debate, Person]:
    """The debate in `phase`, and a participant; the chair, where nobody may join yet."""
    debate = Debate.create(service, _definition(phase))
    if phase not in _MOVES:
        debate.move_on_to(phase)
        return debate, debate.chair
    debate.move_on_to("live")
    participant = _fill(debate)
    for move in _MOVES[phase]:
        debate.chair.must("move_to", phase=move)
    return debate, participant


def _definition(phase: str) -> dict[str, Any]:
    return {
        "title": "What is a town library for after dark, and who would rather have it shut at six?",
        "slug": f"crowded-{phase.replace('_', '-')}-{next(_numbers)}",
        "hashtags": ["latelibrary", "openuntilmidnight", "fishbowl"],
        "language": "en",
        "introduction": "The council wants to keep it open until midnight. " * 3,
        "starts_at": "2026-12-01T19:00:00Z",
        "organisation": "Friends of the Late Library",
        "help_contact": "friends@library.example",
        "rules": {"pace_per_minute": 0},
        "questions": [
            {"text": "Who comes to a library at night, and what for?", "minutes": 10},
            {"text": "What should it cost?", "gloss": "Counting heating, people and the last bus."},
            {"text": "Who closes up?"},
            {"text": "What would we give up for it, if the council cannot pay for both?"},
            {"text": "Would you come?"},
            {"text": "And on Sundays?"},
            {"text": "What if nobody comes?"},
        ],
        "speakers": [
            {"name": "Adaeze Obi-Featherstonehaugh", "affiliation": "Night porter"},
            {"name": "Marek Lindqvist", "bio": "Has closed the doors at six for thirty years."},
            {"name": "Hanneke Prys"},
        ],
        "seats": {"open": 2},
    }


def _fill(debate: Debate) -> Person:
    cleo, dan, participant = debate.join(), debate.join(), debate.join()
    for speaker in debate.speakers[:2]:
        speaker.snapshot()  # whoever is present sits down
    cleo.must("take_seat")
    _say(cleo, dan, debate.chair)
    debate.chair.must("focus", question=4)
    debate.chair.must("announce", text="The bar closes at ten, the debate at half past.")
    dan.must("raise_hand")
    participant.must("raise_hand", note="About the last bus.")
    return participant


def _say(cleo: Person, dan: Person, chair: Person) -> None:
    post: Callable[..., Any] = cleo.must
    numbers = [post("post", text=text)["contribution"] for text in TEXTS]
    above = numbers[0]
    for depth in range(6):
        answer = (dan, cleo)[depth % 2].must("post", text=f"Answer {depth + 1} levels down.", reply_to=above)
        above = answer["contribution"]
    dan.must("endorse", contribution=numbers[0], on=True)
    dan.must("post", text="This goes too far.")
    chair.must("highlight", contribution=numbers[1], on=True)
    chair.must("hide", contribution=above + 1, reason="insult")
    dan.must("withdraw", contribution=dan.must("post", text="Never mind.")["contribution"])
