"""Sentences: which language is chosen, what a placeholder becomes, and that no sentence is forgotten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from fishbowl.web.words import LANGUAGES, negotiate, page_words, translations
from tests.web.renew_catalogues import CATALOGUE, template

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("header", "cookie", "language"),
    [
        (None, None, "en"),
        ("", None, "en"),
        ("en-GB,en;q=0.9", None, "en"),
        ("tlh, en;q=0.1", None, "en"),
        ("de;q=x, *;q=0.5, ;;;", None, "en"),
        ("en;q=0", "nonsense", "en"),
        ("a" * 100_000, None, "en"),
    ],
)
def test_a_reader_gets_a_language_there_is(header: str | None, cookie: str | None, language: str) -> None:
    """Whatever a browser sends, the answer is one of our languages."""
    assert negotiate(header, cookie) == language
    assert negotiate(header, cookie) in LANGUAGES


def test_placeholders_wait_for_values() -> None:
    """A sentence without values keeps its placeholders, for a script to fill; with values they are filled."""
    say = translations("en").gettext
    assert say("Seat {seat}") == "Seat {seat}"
    assert say("Seat {seat}", seat=6) == "Seat 6"
    assert say("{name} took seat {seat}", name="{seat}", seat=6) == "{seat} took seat 6"


def test_counted_sentences_take_the_form_of_their_number() -> None:
    """English has two forms; a script gets both, by the category the browser will ask for."""
    english = translations("en")
    assert english.ngettext("{n} hand", "{n} hands", 1) == "1 hand"
    assert english.ngettext("{n} hand", "{n} hands", 0) == "0 hands"
    assert dict(english.plurals("{n} hand", "{n} hands")) == {"one": "{n} hand", "other": "{n} hands"}


def test_an_unknown_language_reads_as_english() -> None:
    """A language there is no catalogue for is read in English, not refused."""
    assert translations("xx").language == "en"


def test_times_are_told_where_the_debate_is() -> None:
    """The page says the debate's own time; the browser puts the reader's beside it."""
    words = page_words("en")
    assert callable(words["on_the_clock"])
    assert words["on_the_clock"]("2026-06-30T12:05:00.000Z", "Europe/London") == "13:05"
    assert callable(words["on_the_calendar"])
    assert words["on_the_calendar"]("2026-01-31T12:00:00.000Z", "UTC").startswith("Saturday, 31 January 2026")


def first(message: str | tuple[str, ...] | list[str]) -> str:
    """What a catalogue finds a sentence by: of a counted one, its first form."""
    return message if isinstance(message, str) else message[0]


def test_the_catalogue_is_up_to_date() -> None:
    """The template catalogue holds exactly the sentences of templates and code.

    To write it anew: .venv/bin/python -m tests.web.renew_catalogues
    """
    with CATALOGUE.open("rb") as written:
        listed = {first(message.id) for message in read_po(written) if message.id}
    sources = {first(message.id) for message in template() if message.id}
    assert sources - listed == set(), "sentences missing from the catalogue"
    assert listed - sources == set(), "sentences in the catalogue that nobody says any more"


SAID = re.compile(r"\b(?:word|counted)\(\s*([`\"])(.*?)\1")
LISTED = re.compile(r"\b(sentence|counted)\(\"([^\"]+)\"")


def keys_said(*scripts: str) -> set[str]:
    """Keys that scripts ask for; where a part is computed, what stands before it and a star."""
    said = set()
    for script in scripts:
        text = (ROOT / "static" / "js" / script).read_text(encoding="utf-8")
        said |= {re.sub(r"\$\{.*", "*", match[2]) for match in SAID.finditer(text)}
        # A key chosen between two: word(first ? "a" : "b").
        for chosen in re.findall(r"\b(?:word|counted)\(([^()]*\?[^()]*:[^()]*)[,)]", text):
            said |= set(re.findall(r"\? ?\"([^\"]+)\"|: ?\"([^\"]+)\"", chosen)[0]) - {""}
    return said


def keys_listed(*templates: str) -> set[str]:
    return {
        match[2]
        for template in templates
        for match in LISTED.finditer((ROOT / "templates" / template).read_text(encoding="utf-8"))
    }


DEBATE_SCRIPTS = [
    "allowed.js", "aloud.js", "announced.js", "circle.js", "composer.js", "connection.js", "contribution.js",
    "debate.js", "filters.js", "hands.js", "joining.js", "lines.js", "questions.js", "ring.js", "said.js",
    "sending.js",
]  # fmt: skip


def test_every_sentence_a_script_says_is_on_its_page() -> None:
    """Each key the debate page's scripts use is listed there; one that is computed has its family."""
    listed = keys_listed("debate.html", "words/shared.html", "words/composer.html", "words/debate.html")
    said = keys_said(*DEBATE_SCRIPTS)
    assert len(said) > 50, "the scripts were read"
    for key in said:
        if key.endswith("*"):
            assert any(one.startswith(key[:-1]) for one in listed), f"no sentence for {key}"
        else:
            assert key in listed, f"no sentence for {key}"
