"""How often a chair who goes on to a question is understood, in real meetings.

The messages with which these chairs went on are not in the data, for they were the questions' texts. So each
question gone on to is put as its text, and in the ways chairs put one besides; every other message of a chair
that is taken for a question counts as wrong, though some of them did put it again.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping

from fishbowl.tagging.asking import asked
from tests.benchmarks.tagging.sets import read

FORMS: Mapping[str, Callable[[int, str], str]] = {
    "as it is": lambda number, text: text,
    "numbered": lambda number, text: f"{number}. {text}",
    "with a word before it": lambda number, text: f"OK, moving on. Next question: {text}",
    "without its last third": lambda number, text: " ".join(
        text.split()[: max(1, len(text.split()) * 2 // 3)]
    ),
    "its first sentence": lambda number, text: re.split(r"(?<=[.?!])\s", text)[0],
}


def print_asking() -> None:
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    moves = others = taken = 0
    for meeting in read("meetings"):
        questions = {number: [text] for number, text in enumerate(meeting["questions"], 1)}
        for _, number in meeting["chair_moves"]:
            moves += 1
            for form, put in FORMS.items():
                found = asked(put(number, questions[number][0]), questions)
                right[form] += found == number
                wrong[form] += found not in (None, number)
        for item in meeting["items"]:
            if item["chair"]:
                found = asked(item["text"], questions)
                others += 1
                taken += found is not None and found != item["focus"]
    print(f"{moves} moves to a question; {taken} of {others} other messages of chairs offered another one\n")
    print(f"{'':24}{'found':>8}{'wrong':>8}{'precision':>11}")
    for form in FORMS:
        precision = right[form] / (right[form] + wrong[form] + taken)
        print(f"{form:24}{right[form] / moves:8.3f}{wrong[form]:8d}{precision:11.3f}")
