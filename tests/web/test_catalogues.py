"""Catalogues: complete in every language, with the same places and the plural forms of the language."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter
from typing import Final

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from fishbowl.web.words import LANGUAGES, translations
from tests.web.renew_catalogues import CATALOGUE, LOCALES

TRANSLATED: Final = [language for language in LANGUAGES if language != "en"]
CATEGORIES: Final = {"de": ["one", "other"], "cy": ["zero", "one", "two", "few", "many", "other"]}
"""The forms of a counted sentence in the order of its catalogue: CLDR's, from few to many."""


@cache
def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "fishbowl.po").open("rb") as written:
        return read_po(written, locale=language)


@cache
def template() -> dict[str, Message]:
    with CATALOGUE.open("rb") as written:
        return {first(message.id): message for message in read_po(written) if message.id}


Said = str | tuple[str, ...] | list[str]
"""A sentence, or the forms of a counted one."""


def first(sentence: Said) -> str:
    return sentence if isinstance(sentence, str) else sentence[0]


def forms(sentence: Said | None) -> list[str]:
    return [sentence or ""] if isinstance(sentence, str | None) else list(sentence)


def incomplete(language: Catalog, wanted: dict[str, Message]) -> list[str]:
    """Sentences that are missing, not translated in every form, uncertain, or said no more."""
    there = {first(message.id): message for message in language if message.id}
    empty = [sentence for sentence, message in there.items() if not all(forms(message.string))]
    fuzzy = [sentence for sentence, message in there.items() if message.fuzzy]
    obsolete = [f"obsolete: {first(key)}" for key in language.obsolete]
    return sorted({*(wanted.keys() ^ there.keys()), *empty, *fuzzy, *obsolete})


def places(sentence: str) -> list[str]:
    """The `{places}` of a sentence; a brace that opens none is text, for a sentence that is never filled."""
    try:
        return sorted(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)
    except ValueError:
        return [sentence]


def misplaced(language: Catalog) -> list[str]:
    """Translations whose places are not their sentence's.

    A form for one number only may do without `{n}`; whatever is said in code stays as it is.
    """
    wrong = []
    for message in language:
        if not message.id:
            continue
        wanted = places(forms(message.id)[-1])
        for said in forms(message.string):
            got = places(said)
            is_counted = not isinstance(message.id, str)
            if got != wanted and not (is_counted and got == [name for name in wanted if name != "n"]):
                wrong.append(f"{first(message.id)}: {said}")
    return wrong


def test_the_three_languages_are_there() -> None:
    """English, Welsh and German: a language without a catalogue would be read in English unnoticed."""
    assert LANGUAGES == ("en", "cy", "de")


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogues_are_complete(language: str) -> None:
    """Every sentence there is has its translation, in every form and for sure; nothing else is in there.

    How to bring new ones in: docs/translating.md.
    """
    assert incomplete(catalogue(language), template()) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_places_are_those_of_the_sentence(language: str) -> None:
    """A translation fills what the sentence fills: no place is lost, none is new."""
    assert misplaced(catalogue(language)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_plural_forms_are_the_languages(language: str) -> None:
    """A number finds the form that CLDR, and so the browser, chooses for it: in Welsh one of six."""
    plural = Locale.parse(language).plural_form
    sentences = translations(language)
    written = {first(m.id): m.string for m in catalogue(language) if not isinstance(m.id, str)}
    assert len(written) > 20
    for n in [*range(201), 1_000, 1_001, 1_000_000]:
        place = CATEGORIES[language].index(plural(n))
        for one, strings in written.items():
            got = sentences.ngettext(one, forms(template()[one].id)[1], n, joined=2, all=3)
            assert got == forms(strings)[place].format(n=sentences.number(n), joined=2, all=3)
    assert [category for category, _ in sentences.plurals("{n} minute", "{n} minutes")] == sorted(
        CATEGORIES[language]
    )


def test_welsh_words_change_after_numbers() -> None:
    """Two softens, three and six make breathy: dau gyfraniad, tri chyfraniad, chwe chyfraniad."""
    say = translations("cy").ngettext
    told = [say("{n} contribution", "{n} contributions", n) for n in (0, 1, 2, 3, 4, 6)]
    assert told == [
        "0 cyfraniad", "1 cyfraniad", "2 gyfraniad", "3 chyfraniad", "4 cyfraniad", "6 chyfraniad",
    ]  # fmt: skip


def test_german_addresses_nobody() -> None:
    """Neither du nor Sie: an office and a school class read the same pages (docs/translating.md)."""
    address = re.compile(r"\b([Dd](u|ich|ir)|[Dd]ein\w*|[Ee](uch|uer|ure[mnrs]?)|Sie|Ihnen|Ihr\w*)\b")
    assert address.search("Ist das Ihre Hand?"), "the pattern finds what it is for"
    addressed = [
        said
        for message in catalogue("de")
        if message.id
        for said in forms(message.string)
        if address.search(said)
    ]
    assert addressed == []


def test_an_incomplete_catalogue_is_found_out() -> None:
    """The checks find a sentence that is missing, empty, uncertain or left over, and a place that is not."""
    wanted = {
        "Join": Message("Join"),
        "Post": Message("Post"),
        "{n} hand": Message(("{n} hand", "{n} hands")),
    }
    good = Catalog(locale="de")
    good.add("Join", "Mitmachen")
    good.add("Post", "Senden")
    good.add(("{n} hand", "{n} hands"), ("{n} Hand", "{n} Hände"))
    assert (incomplete(good, wanted), misplaced(good)) == ([], [])
    bad = Catalog(locale="de")
    bad.add("Join", "")
    bad.add("Post", "Senden", flags=["fuzzy"])
    bad.add(("{n} hand", "{n} hands"), ("{n} Hand", ""))
    bad.add("Leave", "Gehen")
    assert incomplete(bad, wanted) == ["Join", "Leave", "Post", "{n} hand"]
    for wrong in ("{m} Hand", "Hand", "{n"):
        planted = Catalog(locale="de")
        planted.add("{n} of {all}", wrong)
        assert misplaced(planted) == [f"{{n}} of {{all}}: {wrong}"]
