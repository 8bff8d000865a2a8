"""Why a contribution has its tags: told to who may read it, in their language, and nothing besides."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.web.conftest import House

D = "/api/v1/debates/bath"
POOL = "Sauna tickets pay for heating"
QUESTIONS = [{"text": "Who learns to swim there?"}, {"text": "Who pays for heating the sauna?"}]


async def opened(house: House, **changes: Any) -> tuple[dict[str, Any], str]:
    """A debate about a bath, and the token of somebody who joined."""
    made = await house.live(slug="bath", questions=QUESTIONS, **changes)
    joined = (await (await house.client()).post(f"{D}/join")).json()
    return made, joined["token"]


def post(text: str, **fields: Any) -> dict[str, Any]:
    return {"do": "post", "id": text[:40] + str(fields), "text": text, **fields}


async def why(house: House, number: int, token: str | None = None, **headers: str) -> dict[str, Any]:
    answer = await (await house.client(token, **headers)).get(f"{D}/contributions/{number}/why")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_each_source(house: House) -> None:
    """Each source says so in a sentence: choice, marker, thread, focus, chair; no tag has none."""
    made, cleo = await opened(house)
    chair = made["tokens"]["chair"]
    await house.command(
        made, cleo, post("Hello", questions=[1]), post("Q1 hello"), post("Hi", reply_to=2), post("Hello!")
    )
    await house.command(made, chair, {"do": "focus", "question": 1, "id": "f"})
    await house.command(made, cleo, post("Hm"), post("Hm?"))
    await house.command(made, chair, {"do": "tag", "id": "t", "contribution": 6, "questions": [2]})
    said = {number: (await why(house, number))["tags"] for number in range(1, 7)}
    assert said[1] == [
        {"question": 1, "source": "author", "confidence": 1.0, "says": "Its author put it under Q1."}
    ]
    assert said[2][0]["says"] == "Its text names Q1."
    assert said[3][0]["says"] == "It answers #2, which was under Q1."
    assert said[3][0]["reply_to"] == 2
    assert said[4] == []
    assert said[5][0]["says"] == "Q1 was in focus when it came."
    assert said[6][0]["says"] == "Chair or moderators put it under Q2."


async def test_a_likeness_says_its_words(house: House) -> None:
    """A likeness names the words it rests on, those of the text alone, and how sure it is; in German too."""
    made, cleo = await opened(house)
    await house.command(made, made["tokens"]["chair"], {"do": "focus", "question": 1, "id": "f"})
    await house.command(made, cleo, post(POOL))
    (told,) = (await why(house, 1))["tags"]
    assert (told["question"], told["source"]) == (2, "similar")
    assert set(told["shared"]) == {"sauna", "heating"}
    assert told["says"].startswith(f"It looks like Q2: {', '.join(told['shared'])}. A guess, right ")
    assert f" {round(told['confidence'] * 100)} times in 100." in told["says"]
    (german,) = (await why(house, 1, **{"Accept-Language": "de"}))["tags"]
    assert german["says"].startswith("Er sieht nach Q2 aus: ")


async def test_its_own_lesson_does_not_count(house: House) -> None:
    """What a text taught itself explains nothing: its other words stand nowhere else."""
    made, cleo = await opened(house)
    await house.command(made, made["tokens"]["chair"], {"do": "focus", "question": 1, "id": "f"})
    text = "Heating a sauna, marmalade and xylophones"
    await house.command(made, cleo, post(text))
    before = await why(house, 1)
    assert not {"marmalade", "xylophones"} & set(before["tags"][0]["shared"])
    await house.command(made, cleo, post("Marmalade for whoever is heating", questions=[2]))
    assert "marmalade" in (await why(house, 1))["tags"][0]["shared"]


async def test_who_may_not_know(house: House) -> None:
    """Of a held contribution nobody but its author and the moderators learns; of a hidden one no word."""
    made, cleo = await opened(house, rules={"moderation": "hold", "pace_per_minute": 0})
    chair = made["tokens"]["chair"]
    await house.command(made, chair, {"do": "focus", "question": 1, "id": "f"})
    await house.command(made, cleo, post(POOL))
    for token in (None, made["tokens"]["Ada Lind"]):
        answer = await (await house.client(token)).get(f"{D}/contributions/1/why")
        assert answer.status_code == 404
    assert (await why(house, 1, cleo))["tags"][0]["source"] == "similar"
    assert (await why(house, 1, chair))["tags"]
    await house.command(made, chair, {"do": "release", "id": "r", "contribution": 1})
    assert (await why(house, 1))["tags"][0]["shared"]
    await house.command(made, chair, {"do": "hide", "id": "h", "contribution": 1, "reason": "spam"})
    assert (await why(house, 1))["tags"][0]["shared"] == []


@pytest.mark.parametrize("number", ["0", "2", "x", "9" * 30, "-1", "1.0", "%00"])
async def test_what_there_is_none_of(house: House, number: str) -> None:
    """A contribution that is not there has no reasons."""
    await opened(house)
    answer = await (await house.client()).get(f"{D}/contributions/{number}/why")
    assert answer.status_code == 404


async def test_the_question_a_chair_puts(house: House) -> None:
    """Of a chair's text it is told which question it puts, in any language; of no other text."""
    made, cleo = await opened(house)
    chair = made["tokens"]["chair"]
    asks = "Next question: who pays for heating the sauna?"
    await house.command(made, chair, post(asks), post("Let us have a break."))
    await house.command(made, cleo, post(asks))
    assert (await why(house, 1))["asks"] == 2
    assert "asks" not in await why(house, 2)
    assert "asks" not in await why(house, 3)
    await house.command(
        made, chair, {"do": "edit_question", "id": "e", "question": 1, "text": {"en": "Whose?", "de": asks}}
    )
    assert (await why(house, 1))["asks"] == 1
    await house.command(made, chair, {"do": "hide", "id": "h", "contribution": 1, "reason": "other"})
    assert "asks" not in await why(house, 1)


async def test_without_scripts(house: House) -> None:
    """The tag leads to a page that says why; its author changes it there, once, others read."""
    made = await house.live(slug="bath", questions=QUESTIONS)
    cleo, onlooker = await house.browser(), await house.client()
    await cleo.post("/join/bath", data={})
    await house.command(made, made["tokens"]["chair"], post("Q1 from the chair"))
    page = (await cleo.get("/debates/bath")).text
    (form_id,) = set(re.findall(r'name="id" value="([^"]+)"', page))
    await cleo.post("/debates/bath/act", data={"do": "post", "id": form_id, "text": "Hello there"})
    page = (await cleo.get("/debates/bath")).text
    assert '<a class="tag" href="?why=1" data-source="marker">Q1</a>' in page
    assert '<a class="tag" href="?why=2" data-source="none">Q?</a>' in page
    assert "?why=2" not in (await onlooker.get("/debates/bath")).text

    told = (await cleo.get("/debates/bath?why=2")).text
    assert "It stands under no question." in told
    assert 'name="do" value="tag"' in told
    (form_id,) = set(re.findall(r'name="id" value="([^"]+)"', told))
    fields = {"do": "tag", "id": form_id, "contribution": "2", "questions": ["1", "2"]}
    for _ in range(2):
        answer = await cleo.post("/debates/bath/act", data=fields)
        assert (answer.status_code, answer.headers["location"]) == (303, "/debates/bath#c2")
    found = (await cleo.get(D)).json()["contributions"][1]["tags"]
    assert [(tag["question"], tag["source"]) for tag in found] == [(1, "author"), (2, "author")]
    assert "Its author put it under Q2." in (await onlooker.get("/debates/bath?why=2")).text

    others = (await cleo.get("/debates/bath?why=1")).text
    assert "Its text names Q1." in others
    assert 'name="do" value="tag"' not in others.partition('data-part="retag" hidden')[0]
    refused = await cleo.post("/debates/bath/act", data=fields | {"contribution": "1"})
    assert refused.status_code == 403
    assert (await cleo.get("/debates/bath?why=9")).status_code == 404

    nothing = {"do": "tag", "id": form_id, "contribution": "2"}
    assert (await cleo.post("/debates/bath/act", data=nothing)).status_code == 303
    assert (await cleo.get(D)).json()["contributions"][1]["tags"] == []


async def test_a_text_being_written(house: House) -> None:
    """Who writes is told where it would be put by likeness, at the debate's level; nothing of it is kept."""
    made, cleo = await opened(house)
    chair = made["tokens"]["chair"]
    await house.command(made, chair, {"do": "focus", "question": 1, "id": "f"})
    client = await house.client(cleo)

    async def guess(**body: Any) -> Any:
        answer = await client.post(f"{D}/guess", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()["tags"]

    before = (await client.get(D)).json()["seq"]
    (found,) = await guess(text=POOL)
    assert (found["question"], found["source"]) == (2, "similar")
    assert set(found["shared"]) == {"sauna", "heating"}
    assert await guess(text="Good evening everybody") == []
    assert await guess(text="Q1 " + POOL) == []
    assert await guess(text=POOL, questions=[1]) == []
    assert (await client.get(D)).json()["seq"] == before
    await house.command(made, cleo, post(POOL))
    stored = (await client.get(D)).json()["contributions"][0]["tags"]
    assert stored == [{key: found[key] for key in ("question", "source", "confidence")}]
    for wrong in ({}, {"text": 1}, {"text": POOL, "do": "post"}, {"text": "x" * 70_000}):
        assert (await client.post(f"{D}/guess", json=wrong)).status_code in (400, 413)


async def test_who_is_answered_by_the_first_word(house: House) -> None:
    """A guess at what is answered says so; its author puts it right without scripts, others cannot."""
    made = await house.live(slug="bath", questions=QUESTIONS)
    cleo, onlooker = await house.browser(), await house.client()
    await cleo.post("/join/bath", data={})
    chair = made["tokens"]["chair"]
    await house.command(made, chair, post("Q2 the first"), post("Q1 the second"))
    handle = (await cleo.get(D)).json()["contributions"][0]["author"]["handle"]
    page = (await cleo.get("/debates/bath")).text
    (form_id,) = set(re.findall(r'name="id" value="([^"]+)"', page))
    await cleo.post("/debates/bath/act", data={"do": "post", "id": form_id, "text": f"@{handle} hello"})
    said = (await why(house, 3))["tags"][0]
    assert (said["source"], said["reply_to"], said["inferred"]) == ("thread", 2, True)
    assert said["says"].startswith("It probably answers #2, which was under Q1: it begins with")
    page = (await onlooker.get("/debates/bath")).text
    assert re.search(r'<a class="answers" data-part="answers" href="#c2">probably answers #2\s*</a>', page)

    told = (await cleo.get("/debates/bath?why=3")).text
    (form_id,) = set(re.findall(r'name="id" value="([^"]+)"', told))
    assert 'name="do" value="thread"' in told
    assert re.search(r'name="reply_to"[^>]* max="2" value="2"', told)
    for place in ("2", "1"):
        others = (await (onlooker if place == "2" else cleo).get(f"/debates/bath?why={place}")).text
        assert 'data-part="rethread" hidden' in others
    for answers, expected in (("1", (1, 1, "1.1")), ("", (None, 3, "3"))):
        fields = {"do": "thread", "id": form_id, "contribution": "3", "reply_to": answers}
        answer = await cleo.post("/debates/bath/act", data=fields)
        assert (answer.status_code, answer.headers["location"]) == (303, "/debates/bath#c3")
        one = (await cleo.get(D)).json()["contributions"][2]
        assert (one.get("reply_to"), one["root"], one["path"]) == expected
        assert one["inferred"] is False
    assert "probably answers #2" not in (await onlooker.get("/debates/bath")).text
    fields = {"do": "thread", "id": form_id, "contribution": "2", "reply_to": "1"}
    assert (await cleo.post("/debates/bath/act", data=fields)).status_code == 403
