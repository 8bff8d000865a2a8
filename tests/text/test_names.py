"""Names and handles."""

import re
from math import gcd

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fishbowl.text import BadName, clean_name, free_pseudonym, graphemes, handle_for, names, pseudonym
from fishbowl.text.pseudonyms import NUMBERS, WORDS

HANDLE = re.compile(r"[A-Za-z0-9_]{1,20}")


@pytest.mark.parametrize("language", WORDS)
def test_words_of_pseudonyms(language: str) -> None:
    """Each word is one word, none twice, enough of them; every pair is its own, and fits a handle."""
    words = WORDS[language]
    for listed in (words.adjectives, words.animals):
        assert all(re.fullmatch(r"[A-Z][a-zâëŵ]+(\.[mfn])?", word) for word in listed)
        assert len(set(listed)) == len(listed)
    assert len(words.adjectives) >= 40
    assert len(words.animals) >= 60
    assert set(NUMBERS) < set(range(2, 100))
    pairs = {words.join(adjective, animal) for adjective in words.adjectives for animal in words.animals}
    handles = {handle_for(f"{pair} 41", set()).lower() for pair in pairs}
    assert len(handles) == len(words.adjectives) * len(words.animals)
    assert all(HANDLE.fullmatch(handle) and handle.endswith("41") for handle in handles)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "Blauer Reiher"),
        ("de", "Blaue Eule"),
        ("de", "Blaues Reh"),
        ("cy", "Crëyr Glas"),
        ("cy", "Gwennol Las"),
        ("cy", "Gwennol Goch"),
        ("cy", "Gwylan Ddoeth"),
        ("cy", "Tylluan Lawen"),
        ("cy", "Gwiwer Radlon"),
        ("cy", "Gwiwer Ffyddlon"),
        ("cy", "Gwiwer Onest"),
    ],
)
def test_words_agree(language: str, name: str) -> None:
    """A German adjective ends as its animal's gender has it; a Welsh one softens after a feminine."""
    words = WORDS[language]
    assert name in {
        words.join(adjective, animal) for adjective in words.adjectives for animal in words.animals
    }


def test_german_words_have_no_umlauts() -> None:
    """A handle drops marks: it would misspell them."""
    words = WORDS["de"]
    assert all(word.isascii() for word in words.adjectives + words.animals)


@pytest.mark.parametrize("language", WORDS)
def test_pseudonyms_are_all_there(language: str) -> None:
    """Every number has one pseudonym, always the same; after the last they begin again."""
    words = WORDS[language]
    few = [pseudonym(choice, language) for choice in range(0, len(words), 997)]
    assert len(set(few)) == len(few)
    assert pseudonym(5, language) == pseudonym(5 + len(words), language)
    assert gcd(len(words), names._STRIDE) == 1


def test_the_language_of_a_pseudonym() -> None:
    """It is in the debate's language, of whichever country; English where there are no words in it."""
    assert pseudonym(3, "de-AT") == pseudonym(3, "de") != pseudonym(3, "en")
    assert pseudonym(3, "pl") == pseudonym(3, "en") == pseudonym(3)


@given(st.integers(), st.sampled_from(sorted(WORDS)))
def test_a_pseudonym_reads_as_one(choice: int, language: str) -> None:
    """Two words and a number; any integer makes one, and it is its own clean name."""
    name = pseudonym(choice, language)
    assert int(name.split()[2]) in NUMBERS
    assert clean_name(name) == name
    assert HANDLE.fullmatch(handle_for(name, set()))


@pytest.mark.parametrize("language", WORDS)
def test_a_taken_pseudonym_is_passed_over(language: str) -> None:
    """Who is there keeps the name; the next free one is another, whatever the case of the handle."""
    first = free_pseudonym(7, set(), language)
    assert first == pseudonym(7, language)
    second = free_pseudonym(7, {handle_for(first, set()).lower()}, language)
    assert not set(second.split()[:2]) & set(first.split()[:2])


def test_no_pseudonym_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """With every one taken it says so instead of going round for ever."""

    class Everything:
        def __contains__(self, handle: object) -> bool:
            return True

    few = replace(WORDS["en"], adjectives=("Blue",), animals=("Heron",))
    monkeypatch.setitem(WORDS, "en", few)
    with pytest.raises(BadName, match=f"all {len(NUMBERS)}"):
        free_pseudonym(0, Everything())


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Blue Heron 41", "BlueHeron41"),
        ("Garath Symonds", "GarathSymonds"),
        ("Siân Llwyd", "SianLlwyd"),
        ("Łukasz Żółć", "LukaszZolc"),
        ("Nguyễn Thị Minh Khai", "NguyenThiMinhKhai"),
        ("Jörg Weiß", "JorgWeiss"),
        ("İbrahim Işık", "IbrahimIsik"),
        ("Ðorđe Þór Ægir", "DordeThorAegir"),
        ("O'Brien-Smith", "OBrienSmith"),
        ("d’Artagnan", "DArtagnan"),
        ("ronald mcDonald", "RonaldMcDonald"),
        ("Ian van der Berg the third", "IanVanDerBergTheThir"),
        ("王 Wei", "Wei"),
        ("محمد علي", "Guest"),
        ("王小明", "Guest"),
        ("अमित कुमार", "Guest"),
        ("👩", "Guest"),
        ("snake_case", "Snake_case"),
    ],
)
def test_handles(name: str, handle: str) -> None:
    """A handle reads like its name in Latin letters; a name without any makes a guest."""
    assert handle_for(name, set()) == handle


@pytest.mark.parametrize(
    ("name", "taken", "handle"),
    [
        ("Siân Llwyd", {"sianllwyd"}, "SianLlwyd2"),
        ("SIAN LLWYD", {"sianllwyd", "sianllwyd2"}, "SIANLLWYD3"),
        ("Blue Heron 41", {"blueheron41"}, "BlueHeron41_2"),
        ("王小明", {"guest"}, "Guest2"),
        ("Ian van der Berg the third", {"ianvanderbergthethir"}, "IanVanDerBergTheThi2"),
        ("X" * 30, {"x" * 20, *("x" * 19 + str(n) for n in range(2, 10))}, "X" * 18 + "10"),
    ],
)
def test_taken_handles_are_numbered(name: str, taken: set[str], handle: str) -> None:
    """A handle somebody has, in whatever case, is numbered, and never over 20 characters."""
    assert handle_for(name, taken) == handle


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=25), max_size=12))
def test_handles_are_unique(given_names: list[str]) -> None:
    """Whatever people are called, everybody gets a handle of their own that a mention can hold."""
    taken: set[str] = set()
    for name in given_names:
        handle = handle_for(name, taken)
        assert HANDLE.fullmatch(handle)
        assert handle.lower() not in taken
        taken.add(handle.lower())


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("  Siân   Llwyd ", "Siân Llwyd"),
        ("Sia\u0302n", "Siân"),
        ("Dr. Ann-Marie O’Neill (NYA)", "Dr. Ann-Marie O’Neill (NYA)"),
        ("محمد علي", "محمد علي"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("ශ්\u200dරී", "ශ්\u200dරී"),
        ("अमित कुमार", "अमित कुमार"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("Jo ❤️ 👩\u200d👧 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f", None),
        ("x" * 60, "x" * 60),
        ("e\u0301" * 60, "é" * 60),
    ],
)
def test_names_of_real_people(given_name: str, kept: str | None) -> None:
    """Names of every script are kept in NFC, with the joiners that a script or an emoji needs."""
    assert clean_name(given_name) == (given_name if kept is None else kept)


@pytest.mark.parametrize(
    ("given_name", "reason"),
    [
        ("", "at least one letter"),
        ("   ", "at least one letter"),
        ("...", "at least one letter"),
        ("x" * 61, "at most 60 characters .this one has 61"),
        ("x" + "\u0301" * 300, "at most 60"),
        ("a\nb", "U\\+000A"),
        ("a\tb", "U\\+0009"),
        ("a\0b", "U\\+0000"),
        ("\ud800", "U\\+D800"),
        ("a\u2028b", "U\\+2028"),
        ("Ch\u200bair", "U\\+200B"),
        ("a\u200db", "U\\+200D"),
        ("a\u200cb", "U\\+200C"),
        ("\u202eriahC", "U\\+202E"),
        ("a\u2066b", "U\\+2066"),
        ("\u3164", "U\\+3164"),
        ("a\u00adb", "U\\+00AD"),
        ("\ufeffa", "U\\+FEFF"),
        ("a\u2800b", "U\\+2800"),
        ("a\ue000b", "U\\+E000"),
        ("a\U000e0061b", "U\\+E0061"),
        ("a\ufe0f", "U\\+FE0F"),
    ],
)
def test_names_nobody_can_be_given(given_name: str, reason: str) -> None:
    """What cannot be seen is in no name, and the refusal says what was found or needed."""
    with pytest.raises(BadName, match=reason):
        clean_name(given_name)


@given(st.text(st.characters(), max_size=80))
def test_a_kept_name_stays(name: str) -> None:
    """A name that was taken once is taken again unchanged, within 60 characters."""
    try:
        kept = clean_name(name)
    except BadName:
        return
    assert clean_name(kept) == kept
    assert 1 <= graphemes(kept) <= 60
