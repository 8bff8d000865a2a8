"""What people say in the debates we invent for tests: words of our own about an invented town's library.

Knows no debate. Every list is only taken from, never changed, so that the same choice is the same text.
"""

from __future__ import annotations

from random import Random

__all__ = ["ANNOUNCEMENTS", "REASONS", "library_text", "plain_text"]

BEGINNINGS = (
    "I work shifts, so",
    "In our street everybody says that",
    "Honestly,",
    "As a parent of two I find that",
    "Look at the numbers from last winter:",
    "My neighbour is 81 and",
    "The pupils I teach tell me that",
    "Before we vote on anything,",
    "It sounds small, but",
    "From the front desk it looks different:",
)
MIDDLES = (
    "the library closes when people come home",
    "nobody reads the notice on the door",
    "an hour in the evening is worth three in the morning",
    "Sunday is the only day we are all in town",
    "the heating costs more than the staff that day",
    "a key for volunteers would change everything",
    "the reading room is the last warm place after six",
    "the bus leaves ten minutes before the doors open",
    "children do their homework there because home is loud",
    "we never asked those who do not come",
)
ENDINGS = (
    "and that can be changed.",
    "and nobody has to pay for it.",
    "but only if two people are there.",
    "so why not try it for a month?",
    "and I would help to carry it.",
    "- or have I misread the plan?",
    "which is what the survey said, too.",
    "and yes, I have counted.",
    "but the insurance says no.",
    "so let us begin with Thursdays.",
)
OTHER_LANGUAGES = (
    ("de", "Abends um sieben ist die Bücherei zu, und genau dann hätten wir Zeit."),
    ("de", "Ein Schlüssel für Ehrenamtliche wäre billiger als jede Umfrage."),
    ("cy", "Mae'r llyfrgell yn cau cyn i mi orffen gweithio."),
    ("cy", "Beth am agor ar fore Sul?"),
    ("fr", "Ouvrir le dimanche, oui, mais avec qui ?"),
)
HASHTAGS = ("#lateshift", "#keys", "#sundays", "#warmplace", "#homework")
ANNOUNCEMENTS = (
    "Welcome. Say what you came to say; the circle listens.",
    "Ten minutes left for this question.",
    "The minutes of last year's meeting are pinned to the door of the reading room.",
    "Please answer one another, not only the question.",
)
REASONS = ("off_topic", "personal_data", "insult", "spam")
PLAIN = (
    "A first thought on this.",
    "I agree with what was said before.",
    "I see it differently.",
    "Could somebody give an example?",
    "That depends on who is asked.",
    "We tried this once; it took two years.",
)


def library_text(dice: Random, questions: int, handles: list[str]) -> tuple[str, str | None]:
    """A text about the library's opening hours, and its language where it is not the debate's."""
    if dice.random() < 0.06:
        language, text = dice.choice(OTHER_LANGUAGES)
        return text, language
    text = f"{dice.choice(BEGINNINGS)} {dice.choice(MIDDLES)} {dice.choice(ENDINGS)}"
    chance = dice.random()
    if chance < 0.10:
        text = f"Q{dice.randint(1, questions)}: {text}"
    elif chance < 0.18:
        text = f"@{dice.choice(handles)} {text}"
    elif chance < 0.22:
        text += " The figures: https://library.example/opening-hours?year=2025"
    elif chance < 0.26:
        text += "\n\n- one evening a week\n- two people, one key"
    if dice.random() < 0.25:
        text += " " + dice.choice(HASHTAGS)
    return text, None


def plain_text(dice: Random, questions: int, handles: list[str]) -> tuple[str, str | None]:
    """A text that says nothing in particular, for debates whose speakers are real people."""
    return dice.choice(PLAIN), None
