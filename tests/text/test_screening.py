"""What is found in a text that a moderator should look at first, and what is left alone.

Telephone numbers are from the ranges kept for drama (Ofcom, Bundesnetzagentur); names and places are made up.
"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fishbowl.text import CONCERNS, concerns, screening
from fishbowl.text.wounding import WOUNDING

FOUND = {
    "phone": [
        "Ring me on 07700 900123",
        "my number: +44 7700 900 123",
        "(01632) 960 001 after six",
        "020 7946 0018",
        "0044 20 7946 0018 is mine",
        "+44 (0)29 2018 0123",
        "ruf an: 030 23125 0123",
        "0171/3920012",
        "+49 (0) 171 39 20012",
        "Handy 0152-28817386!",
        "00 49 40 66969 123",
        "text 07700900123",
    ],
    "email": [
        "write to lily.m@example.org",
        "LILY+fish@school.example.ac.uk please",
        "lily (at) example (dot) org",
        "lily[at]example.org",
        "lily at example dot org",
        "schreib an lily(ät)beispiel.de",
        "lily at beispiel punkt de",
    ],
    "address": [
        "Come to 12 Harbour Lane on Friday",
        "14a Old Mill Road, top floor",
        "we meet at 3 Upper Castle Terrace",
        "my postcode is ZZ9 9ZZ",
        "I live at 12 harbour street",
        "21 Heol Aberteifi",
        "Komm in die Hafenstraße 12",
        "Lindenallee 5a",
        "Untere Mühlstr. 7",
        "Lange Straße 44",
        "Am Alten Markt, Kirchgasse 3",
        "ich wohne in der hafenstr. 12",
    ],
    "school": [
        "I go to Harbour View High School",
        "I'm at Saint Brannoc Academy in year 7",
        "my school is Heronsgate Primary",
        "We are pupils at Old Basin Grammar School",
        "Ich gehe auf die Anna-Beispiel-Schule",
        "meine Schule ist das Reiher-Gymnasium",
        "wir gehen auf die Hafenstadt-Gesamtschule",
        "rwy'n mynd i Ysgol Glan y Môr",
    ],
    "social": [
        "add me on insta: lily.fish",
        "my snap is @lilyfish",
        "snapchat lily_fish05",
        "Insta lily05",
        "folgt mir auf tiktok: lilyfisch",
        "mein discord heißt lily_fisch",
        "instagram.com/lilyfish",
        "https://t.me/lilyfish",
    ],
    "words": [
        "ｍ０ｒ０ｎ, in wide letters",
        "You are a WANKER",
        "so ein Arschloch!",
        "b1tch",
        "you absolute m0r0n.",
        "Hurensöhne? Hurensohn!",
    ],
}

LEFT_ALONE = [
    "The basin is 12 metres deep, and the wall 400 years old.",
    "It cost 1.250.000 Euro in 2019, and 03.02.2024 10:30 is when we meet.",
    "From 2014-03-01 to 2015-04-30 there were 20000 people out of work.",
    "Q3: see #harbour2030 and @BlueHeron41, I agree with @Ines.",
    "A3 0.00000001 of it, block 000000000019",
    "Between 10:30 and 11:45 on 1/2/2024 020 people came.",
    "ISBN 978-3-16-148410-0",
    "Instagram is where young people are, not a town hall.",
    "Do we want TikTok in schools? Snapchat is worse.",
    "Our schools have too few teachers. College is not for everybody.",
    "Cardiff High School was built in 1895.",
    "Every school should have a garden; I went to school by bus.",
    "Ich finde, jede Schule braucht einen Garten.",
    "The high street is dying. One way to help: lower rents.",
    "Auf dem Weg 3 Kilometer weiter; Platz 3 ist frei, Sitzplatz 4 auch.",
    "Road works, 5 million road users, 2 good ways.",
    "We looked at it at dawn. Dot by dot.",
    "Meet at the harbour at noon.",
    "See https://example.org/road/12 for the plan.",
    "Scunthorpe and Sussex, a bastion, Essex, cocktails, Spastikerhilfe",
    "This is a damn stupid idea, and a bloody expensive one.",
    "Das ist doch Scheiße geplant.",
    "Äh, sh1p and ａ１ and 5traße!",
    "Mae'r harbwr yn hardd. Ysgol newydd i bawb.",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FOUND.items() for text in texts])
def test_what_is_found(kind: str, text: str) -> None:
    """Each kind is found in the forms in which people write it."""
    assert kind in concerns(text)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_left_alone(text: str) -> None:
    """What is only spoken of, or only looks like it, is not held up."""
    assert concerns(text) == ()


PIECES = {
    "english": "1 23b 4, 2AB SA1 I we live home my Long lane Lane St Road Heol Mawr".split(),
    "german": "1 23b Wohne ich zuhause straße Straße Hauptstr. weg Weg gasse Platz Ufer er ue ist".split(),
}
SCRAPS = [" ", "", "-", "\n", ". "]


@settings(max_examples=400)
@given(
    st.sampled_from(sorted(PIECES)).flatmap(
        lambda language: st.lists(st.sampled_from(PIECES[language] + SCRAPS), max_size=8)
    ),
    st.sampled_from(["", " "]),
)
def test_cheap_questions_keep_nothing_back(pieces: list[str], between: str) -> None:
    """What is asked first, to save time, never answers no where an address stands."""
    text = between.join(pieces)
    written = any(pattern.search(text) for pattern in screening._WRITTEN["address"])
    assert ("address" in concerns(text)) == written


LISTED = ("numpty", "shut it down", "Müll", "cock-up", "ŵyn", "b4d")


@pytest.mark.parametrize(
    "text",
    [
        "You NUMPTY!",
        "n\u0075mpty.",
        "numpt\u0301y",
        "nump7y",
        "Just shut  it, down?",
        "Alles Mull",
        "MU\u0308LL",
        "What a cock up",
        "that cock-up",
        "wyn",
        "a b4d day",
    ],
)
def test_listed_words(text: str) -> None:
    """Whole words, in any case, with or without marks and disguise; several stand in a row."""
    assert concerns(text, LISTED) == ("words",)
    assert concerns(text) == ()


@pytest.mark.parametrize(
    "text", ["numpties", "shut down it", "Müller", "shut it. Down", "owyn", "!!!", "bad"]
)
def test_words_that_are_not_listed(text: str) -> None:
    """Longer words are others, and so are the same in another order."""
    assert concerns(text, LISTED) == (("words",) if text == "shut it. Down" else ())


def test_listed_beside_others() -> None:
    """They stand in their place among what else was found, once; a list of signs finds nothing."""
    assert concerns("numpty: 07700 900123, you twat", LISTED) == ("phone", "words")
    assert concerns("numpty: 07700 900123", LISTED) == ("phone", "words")
    assert concerns("Well!", ("!!!",)) == ()


def test_every_kind_is_tried() -> None:
    """No kind is without its examples."""
    assert set(FOUND) == set(CONCERNS)


def test_words_are_in_their_plain_form() -> None:
    """The list is compared with small letters without marks, so it is written so."""
    assert all(word == word.casefold() and word.isascii() for word in WOUNDING)


@pytest.mark.parametrize(
    "text", ["0" * 2000, "0 1 " * 500, "i at " * 400, "A " * 1000, "a." * 1000, "@" * 2000, "insta " * 330]
)
def test_no_text_takes_long(text: str) -> None:
    """A text made to be hard costs a tenth of a second at most, however long it may be."""
    began = time.process_time()
    concerns((text * 2000)[:2000])
    assert time.process_time() - began < 0.1
