"""Kick-off questions from a pasted list: one question a line, numbered or not.

Knows no debate; the set-up form and `fishbowl tag --questions` read lists by it alike. Only the numbering is
taken off, every word of a question stays.
"""

import regex

# "1." "2)" "(3)" "4:" "5 -" "Q6" "Q7:" "Question 8" "Frage 9." "Cwestiwn 10"; a year at the start is none.
_NUMBERED = regex.compile(
    r"\s*(?:\(\p{Nd}{1,2}\)"
    r"|(?:Q|F|C|Question|Frage|Cwestiwn)[ ]?[#.]?[ ]?\p{Nd}{1,2}(?:[.):\]．、）：]|[ ]?[-–—](?=\s)|(?=\s|$))"
    r"|\p{Nd}{1,2}(?:[.):\]．、）：](?!\p{Nd})|[ ]?[-–—](?=\s)))\s*",
    regex.IGNORECASE,
)
_BULLET = regex.compile(r"\s*[-*•–—‣·](?=\s)\s*")


def questions_from_text(text: str) -> list[str]:
    """The questions of a pasted list, in order.

    Blank lines are skipped. Where the list is numbered (or else, bulleted), each such line begins a question
    and every other one goes on with the question before it; a heading above it ("Questions:") is left out.
    Otherwise each line is a question, and a line indented further than the first goes on with the one before.
    """
    lines = [line.expandtabs() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    for sign in (_NUMBERED, _BULLET):
        begun = [sign.match(line) for line in lines]
        # One number further down is more likely a question that begins with it than a list.
        if begun and (begun[0] or sum(map(bool, begun)) > 1):
            rests = [line[found.end() :] if found else line for line, found in zip(lines, begun, strict=True)]
            return _joined([bool(found) for found in begun], rests)
    return _joined([_indent(line) <= _indent(lines[0]) for line in lines], lines)


def _joined(begins: list[bool], lines: list[str]) -> list[str]:
    """Lines joined into questions, `begins` telling which begin one."""
    questions: list[list[str]] = []
    for begun, line in zip(begins, lines, strict=True):
        if not begun and not questions and line.rstrip().endswith((":", "：")):
            continue
        if begun or not questions:
            questions.append([])
        questions[-1].extend(line.split())
    return [" ".join(words) for words in questions if words]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
