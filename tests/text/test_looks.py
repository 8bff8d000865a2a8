"""Names that a reader would take for one another, and honest ones that nobody would."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import confusable_homoglyphs
import faker
import pytest

from fishbowl.text import BadName, claims_a_role, clean_name, look, within
from fishbowl.text.role_words import ROLE_WORDS
from tests.text.renew_confusables import TABLE, readings, written

KNOWN: Final = ("Ines Falk", "Tomos Rhys", "Garath Symonds", "Siân Llŷr", "Blue Heron 41", "Amt für Musik 1")
"""Names that others must not be taken for: speakers, a pseudonym, an organisation."""
LANGUAGES: Final = (
    *(
        "ar_SA",
        "bn_BD",
        "cs_CZ",
        "de_DE",
        "el_GR",
        "en_GB",
        "en_IN",
        "es_ES",
        "fr_FR",
        "ga_IE",
        "he_IL",
        "hi_IN",
    ),
    *(
        "is_IS",
        "ja_JP",
        "ko_KR",
        "pl_PL",
        "pt_BR",
        "ru_RU",
        "ta_IN",
        "th_TH",
        "tr_TR",
        "uk_UA",
        "vi_VN",
        "zh_CN",
    ),
)


def confusables() -> dict[str, list[str]]:
    """Unicode's own list, as the library has it: a character, and what it is mistaken for."""
    path = Path(confusable_homoglyphs.__file__).parent / "confusables.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    return {sign: [each["c"].strip("\u200e") for each in others] for sign, others in found.items()}


PAIRS: Final = confusables()


@cache
def resembling(sign: str) -> list[str]:
    """What stands for a sign in Unicode's list, upper and lower case, directly and at one remove."""
    near = {each for form in (sign, sign.lower(), sign.upper()) for each in [form, *PAIRS.get(form, [])]}
    far = {each for one in near for each in PAIRS.get(one, []) if len(each) == 1}
    return sorted(each for each in near | far if each.strip() and each.isprintable())


def accepted(name: str, known: str) -> bool:
    """Whether somebody might be called `name` beside `known`; a name that is none is not accepted."""
    try:
        kept = clean_name(name)
    except BadName:
        return False
    return look(kept) != look(known) and not within(kept, known)


@pytest.mark.parametrize("known", KNOWN)
def test_one_letter_replaced(known: str) -> None:
    """No confusable of Unicode's list in the place of any letter makes another name of it."""
    tried = [
        known[:place] + other + known[place + 1 :]
        for place, sign in enumerate(known)
        for other in resembling(sign)
        if sign != " "
    ]
    assert len(tried) > 150
    assert [name for name in tried if accepted(name, known)] == []


@pytest.mark.parametrize("known", KNOWN)
def test_every_letter_replaced(known: str) -> None:
    """Nor do confusables in the place of every letter, in any mixture."""
    random = Random(7)
    others = [resembling(sign) if sign != " " else [" ", "", "-", "\u2009", ". "] for sign in known]
    tried = {"".join(random.choice(each) for each in others) for _ in range(1000)}
    assert [name for name in tried if accepted(name, known)] == []


@pytest.mark.parametrize("word", ROLE_WORDS)
def test_words_for_roles(word: str) -> None:
    """No role's word is a name, alone, beside a name or numbered, whatever its letters are made of."""
    random = Random(word)
    others = [resembling(sign) for sign in word]
    for _ in range(30):
        made = "".join(random.choice(each) for each in others)
        for name in (made, f"{made} 2", f"Nora ({made})", f"{made}: Nora"):
            assert claims_a_role(name), ascii(name)
    for mark in ("\u200b", "\u3164", "\u202e", "\u2066", "\u00ad", "\ufe0f", "\U000e0041"):
        for place in range(1, len(word)):
            hidden = word[:place] + mark + word[place:]
            with pytest.raises(BadName):
                clean_name(hidden)


@pytest.mark.parametrize(
    "written_as", ["C h a i r", "CHAIR!", "c.h.a.i.r", "Ch@ir", "CHA1R", "🅲🅷🅰🅸🆁", "ⓒⓗⓐⓘⓡ"]
)
def test_a_role_spelt_otherwise(written_as: str) -> None:
    """Blanks, punctuation, digits and boxed letters spell the word as well."""
    assert claims_a_role(written_as)


def test_marks_heaped_on_letters() -> None:
    """Letters under a heap of marks are no name; as many as a script writes are."""
    for flood in (
        "N\u0335\u0321\u031b\u0359ora",
        "n\u0335\u0353o\u0335\u0353r\u0335\u0353a",
        "\u0300" * 5 + "a",
    ):
        with pytest.raises(BadName):
            clean_name(flood)
    for name in ("Nguyễn Thị Ánh", "Ọlábísí Ọ̀ṣúntókun", "בְּרָכָה", "སྒྲོལ་མ", "مُحَمَّد", "ณัฐวุฒิ"):
        assert clean_name(name)


def test_what_is_told_apart() -> None:
    """Names that differ in a letter, a vowel sign or a number are different names."""
    apart = [("राम", "रोम"), ("Anna", "Hanna"), ("Blue Heron 41", "Blue Heron 42"), ("محمد", "محمود")]
    assert [pair for pair in [*apart, ("🌻", "🌵")] if look(pair[0]) == look(pair[1])] == []
    assert within("Real Ines Falk", "Ines Falk")
    assert not within("Anna Lind", "Anna")


@pytest.mark.parametrize("language", LANGUAGES)
def test_honest_names(language: str) -> None:
    """Of a language's names, first and family, 99 of 100 are taken beside speakers and organisation."""
    source = faker.Faker(language)
    source.seed_instance(41)
    names = {source.name() for _ in range(300)} | {source.first_name() for _ in range(200)}
    assert len(names) > 100
    refused = [name for name in names if not honest(name)]
    assert len(refused) <= len(names) / 100, refused


def honest(name: str) -> bool:
    return all(accepted(name, known) for known in KNOWN) and not claims_a_role(clean_name(name))


def test_honest_names_with_pictures() -> None:
    """So are names with emoji, also those made of several, and Welsh ones."""
    names = [
        "Cleo 👩🏽‍🚀",
        "Dan 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
        "🌻",
        "Siôn ap Dafydd",
        "Llŷr",
        "Gwenllïan Þórsdóttir",
        "O’Brien-Łukaszewicz",
        "3rd of May",
    ]
    assert [name for name in names if not honest(name)] == []


def test_few_names_of_a_class_look_alike() -> None:
    """Of 400 first names of a language hardly two are taken for one another."""
    for language in ("en_GB", "de_DE", "pl_PL"):
        source = faker.Faker(language)
        source.seed_instance(3)
        names = {source.first_name() for _ in range(400)}
        assert len({look(name) for name in names}) >= 0.97 * len(names)


def test_the_table_is_renewed() -> None:
    """The table in the package is the one its command writes."""
    assert TABLE.read_text(encoding="utf-8") == written(readings())
