"""Which question a text puts: said whole, in part, with a word before it; and what puts none."""

import pytest

from fishbowl.tagging.asking import asked

QUESTIONS = {
    1: ["Who learns to swim in the old bath, and who never did?"],
    2: ["Who pays for heating the sauna?", "Wer bezahlt die Heizung der Sauna?"],
    3: ["What should the empty basin be used for?"],
}


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Who pays for heating the sauna?", 2),
        ("Q2: Who pays for heating the sauna?", 2),
        ("Next question: who pays for heating the sauna?", 2),
        ("Wer bezahlt die Heizung der Sauna?", 2),
        ("Who learns to swim in the old bath?", 1),
        ("OK, let us go on. What should the empty basin be used for?", 3),
        ("So: what should the basin be used for?", 3),
    ],
)
def test_a_question_is_put(text: str, question: int) -> None:
    """Its words make up the text, whole or in part, in any of its languages."""
    assert asked(text, QUESTIONS) == question


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Who pays?",
        "Heating the sauna costs more than the pool, and the town has paid for it ever since the fire.",
        "I would use the empty basin for skating in winter and for plays in summer, as other towns do.",
        "Thank you all, that was a good first half.",
        "What do you think?",
    ],
)
def test_none_is_put(text: str) -> None:
    """An answer, a word in passing, thanks: what holds few of a question's words, or much besides them."""
    assert asked(text, QUESTIONS) is None


def test_the_nearest_of_two() -> None:
    """Of two questions that are much alike it is the one said more of; of two alike, the first."""
    near = {1: ["Who pays for the sauna in winter?"], 2: ["Who pays for the sauna in summer?"]}
    assert asked("Who pays for the sauna in summer?", near) == 2
    assert asked("Who pays for the sauna?", near) == 1
    assert asked("Who pays for the sauna?", {}) is None
