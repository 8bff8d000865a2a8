"""Refusals in the reader's language, wherever they come: replies, problems, pages, forms."""

from typing import Any

import pytest

from fishbowl.debate.refused import Refused, Sentence, worded
from fishbowl.debate.vocabulary import Phase
from fishbowl.web.refusals import in_words, teller
from tests.web.conftest import ADMIN, House

GERMAN = {"Accept-Language": "de"}


def test_what_stands_in_a_sentence_is_put_in_words() -> None:
    """Phases and roles are named, lists told, counts written as the language does; names stay as they are."""
    said = worded("{who}: {phases}", who="{n} live", phases=[Phase.LIVE, Phase.WRAP_UP])
    assert in_words([said], "en") == "{n} live: live, wrap-up"
    assert in_words([worded("{n} of {number}", n=1500, number=1500)], "de") == "1.500 of 1500"


def test_words_from_outside_are_no_pattern() -> None:
    """A sentence without values is said as it is, braces and all."""
    assert in_words([Sentence("There is no command '{x}'.", {})], "de") == "There is no command '{x}'."
    assert str(Sentence("{x}", {})) == "{x}"
    assert Refused("bad_request", "{x}").message == "{x}"


def test_two_sentences_are_one_message() -> None:
    """What happened comes first, what to do second, in either language."""
    line = worded("You are number {place} in line.", place=3)
    refused = Refused("seat.taken", "Seat {seat} was taken a moment before you.", seat=6, also=line)
    assert refused.message == "Seat 6 was taken a moment before you. You are number 3 in line."
    german = teller("de")(refused)
    assert german != refused.message
    assert ("6" in german, "3" in german, "{" in german) == (True, True, False)


async def test_replies_come_in_the_askers_language(house: House) -> None:
    """A reply's sentence is the asker's, its code the same for all."""
    made = await house.live()
    body = {"do": "take_seat", "id": "1", "seat": 99}
    replies = {}
    for language in ("en", "de", "cy"):
        client = await house.client(made["tokens"]["Ada Lind"], **{"Accept-Language": language})
        address = f"/api/v1/debates/{made['slug']}/commands"
        replies[language] = (await client.post(address, json=[body | {"do": "lower_hand"}, body])).json()[1]
    assert {reply["code"] for reply in replies.values()} == {"seat.already_seated"}
    assert replies["en"]["message"] == "You sit in the circle already."
    assert len({reply["message"] for reply in replies.values()}) == 3


async def test_problems_come_in_the_askers_language(house: House) -> None:
    """What the door says to a program and to a page is said in the reader's language."""
    made = await house.live(door="code", join_code="minnow")
    for language, told in (("en", "The code is missing or wrong."), ("de", "Code")):
        client = await house.client(**{"Accept-Language": language})
        problem = (await client.post(f"/api/v1/debates/{made['slug']}/join", json={})).json()
        assert problem["code"] == "door.wrong_code"
        assert told in problem["detail"]
        assert ("missing" in problem["detail"]) == (language == "en")
        page = (await client.post(f"/join/{made['slug']}", data={"code": "pike"})).text
        assert problem["detail"] in page


async def test_what_is_wrong_with_a_form_comes_in_the_readers_language(house: House) -> None:
    """The set-up page says what is wrong with a field in the language it is in."""
    admin = await house.browser(ADMIN)
    form: dict[str, Any] = {"title": "A", "date": "2026-03-01", "time": "19:30", "questions": "Why?"}
    form["timezone"] = "Atlantis"
    english = (await admin.post("/debates/new", data=form)).text
    german = (await admin.post("/debates/new", data=form, headers=GERMAN)).text
    assert "The name of a time zone such as" in english
    assert "The name of a time zone such as" not in german
    assert "Europe/London" in german


@pytest.mark.parametrize("language", ["de", "cy"])
def test_every_sentence_of_a_refusal_is_translated(language: str) -> None:
    """A sentence for each thing a person can be refused in the pages."""
    for words in (
        "You sit in the circle already.",
        "No seat is free just now.",
        "Raise your hand to wait for one.",
        "You are first in line.",
        "The floor is frozen for a moment. Your text is kept; try again soon.",
        "A little slower, please: wait {n} s.",
        "The text is too long: at most {most} characters fit.",
        "Nothing can be stored just now. Your text is kept; try again.",
        "This can be done in {phases}; the debate is in {phase}.",
    ):
        assert in_words([Sentence(words, {})], language) != words
