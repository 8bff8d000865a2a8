"""How a transcript speaks: sentences found by the catalogue, patterns filled with care, languages named."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import fishbowl.web
from fishbowl.transcript import FORMATS, Version, render
from fishbowl.transcript.voice import Times, Voice
from tests.transcript.invented import invented_records

DATA = ("csv", "xlsx", "json", "jsonl", "as2.json")
CATALOGUE = Path(fishbowl.web.__file__).parent / "locale" / "fishbowl.pot"


@pytest.mark.parametrize("ending", [ending for ending in FORMATS if ending not in DATA])
def test_every_sentence_is_in_the_catalogue(ending: str) -> None:
    """Whatever a format for people says, translators find in the catalogue."""
    said: set[str] = set()

    def heard(sentence: str) -> str:
        said.add(sentence)
        return sentence

    for version in Version:
        assert list(render(ending, invented_records(600), version, say=heard))
    with CATALOGUE.open("rb") as written:
        ids = [message.id for message in read_po(written)]
    # One that is counted elsewhere too stands there with its plural.
    known = {one for each in ids for one in ([each] if isinstance(each, str) else each)}
    assert len(said) > 50
    assert said <= known


def test_data_has_no_sentences() -> None:
    """What is for programs is the same in every language."""
    records = invented_records(30)
    for ending in DATA:
        spoken = list(render(ending, records, say=str.upper, language="de"))
        assert spoken == list(render(ending, records))


def test_a_value_is_no_pattern() -> None:
    """What is put into a sentence is never filled itself; a sentence without values is left as it is."""
    voice = Voice()
    assert voice.gettext("{who} said {what}", who="{what}", what="{0}") == "{what} said {0}"
    assert voice.gettext("50 {n} %s") == "50 {n} %s"


def test_languages() -> None:
    """A text in several languages is said in the voice's where there is one, and its language is named where
    it is another.
    """
    german, welsh = Voice(language="de"), Voice(language="cy")
    words = {"en": "Pond", "de": "Teich"}
    assert (german.said(words), german.language_of(words, "en")) == ("Teich", None)
    assert (welsh.said(words), welsh.language_of(words, "en")) == ("Pond", "en")
    assert (german.said("Pond"), german.language_of("Pond", "en")) == ("Pond", "en")


def test_days() -> None:
    """Days are written as the voice's language writes them, and as English does where it is not known."""
    noon = 1_769_860_800_000
    said = {
        language: Times("Europe/Berlin", noon, Voice(language=language)).day(noon)
        for language in ("en", "de", "x-klingon")
    }
    assert said["en"] == said["x-klingon"] == "Saturday, 31 January 2026, 13:00 CET"
    assert said["de"] == "Samstag, 31. Januar 2026, 13:00 CET"


def test_spans() -> None:
    """A stretch of time is told in minutes, and in seconds where it is shorter than one."""
    noon = 1_769_860_800_000
    times = Times("UTC", noon, Voice())
    assert times.span(noon, noon + 120_000) == "12:00-12:02"
    assert times.span(noon + 1_000, noon + 59_000) == "12:00:01-12:00:59"
