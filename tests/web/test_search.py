"""Search in a debate and across public archives: what can be read is found, and nothing else ever."""

import re
from typing import Any

import pytest

from fishbowl.web.searching import Index, words_of
from tests.web.conftest import House


async def said(house: House, made: dict[str, Any], name: str, *texts: str) -> None:
    for text in texts:
        post = {"do": "post", "text": text, "id": f"{name} {text}"}
        (reply,) = await house.command(made, made["tokens"][name], post)
        assert reply["ok"], reply


async def numbers(house: House, address: str, token: str | None = None) -> list[int]:
    """The numbers of the contributions found."""
    answer = await (await house.client(token)).get(address)
    assert answer.status_code == 200
    return [int(number) for number in re.findall(r'<a class="button" href="[^"]*#c(\d+)">', answer.text)]


IN_DEBATE = "/debates/high-street/search?q="


async def test_in_a_debate(house: House) -> None:
    """All words have to be there, in any case and without their marks, the last one as a beginning too."""
    made = await house.live()
    await said(
        house,
        made,
        "Ada Lind",
        "The café on the corner closed",
        "A corner shop opened",
        "CAFES, cafés everywhere",
    )
    assert await numbers(house, IN_DEBATE + "corner") != []
    assert sorted(await numbers(house, IN_DEBATE + "corner")) == [1, 2]
    assert await numbers(house, IN_DEBATE + "corner+cafe") == [1]
    assert sorted(await numbers(house, IN_DEBATE + "caf")) == [1, 3]
    assert await numbers(house, IN_DEBATE + "orner") == []
    assert await numbers(house, IN_DEBATE + "nowhere") == []
    await said(house, made, "Bo Marsh", "One more corner")
    assert sorted(await numbers(house, IN_DEBATE + "corner")) == [1, 2, 4]


@pytest.mark.parametrize(
    "words", ['"', "AND", "a* OR b", "NEAR(", "text:x", "' --", "#c", "()", "^*", "ß\x00"]
)
async def test_words_are_words(house: House, words: str) -> None:
    """Nothing that is typed is a command to the index: it is looked for, or there is nothing to look for."""
    made = await house.live()
    await said(house, made, "Ada Lind", "Rock and roll, near the river")
    client = await house.client()
    answer = await client.get("/debates/high-street/search", params={"q": words})
    assert answer.status_code == 200
    assert '<ol class="hits">' in answer.text or not words.strip()
    assert words_of('NEAR("a b", 2) AND c*') == ["NEAR", "a", "b", "2", "AND", "c"]


async def test_what_cannot_be_read_is_not_found(house: House) -> None:
    """Hidden, withdrawn, held and erased texts are never found, by nobody; restored ones are again."""
    made = await house.live()
    chair, organiser = made["tokens"]["chair"], made["tokens"]["organiser"]
    await said(house, made, "Ada Lind", "secret one", "secret two", "secret 3", "secret: 07700 900123")
    assert sorted(await numbers(house, IN_DEBATE + "secret")) == [1, 2, 3]
    hide = {"do": "hide", "contribution": 1, "reason": "insult", "id": "hide"}
    withdraw = {"do": "withdraw", "contribution": 2, "id": "withdraw"}
    await house.command(made, chair, hide)
    await house.command(made, made["tokens"]["Ada Lind"], withdraw)
    for token in (None, chair, organiser):
        assert await numbers(house, IN_DEBATE + "secret", token) == [3]
    erase = {"do": "erase", "contribution": 3, "reason": "asked to", "id": "erase"}
    await house.command(made, organiser, erase)
    for token in (None, chair, organiser):
        assert await numbers(house, IN_DEBATE + "secret", token) == []
    restore = {"do": "restore", "contribution": 1, "id": "restore"}
    await house.command(made, chair, restore)
    assert await numbers(house, IN_DEBATE + "secret") == [1]


async def test_a_stale_index_shows_nothing(house: House) -> None:
    """Every hit is looked at in its debate as it stands: an index that is behind gives nothing away."""
    made = await house.live()
    await said(house, made, "Ada Lind", "secret one")
    assert await numbers(house, IN_DEBATE + "secret") == [1]
    hide = {"do": "hide", "contribution": 1, "reason": "insult", "id": "hide"}
    await house.command(made, made["tokens"]["chair"], hide)
    house.site.index.missing = lambda state: ({}, [])  # type: ignore[method-assign]
    assert len(await house.site.index.look("secret", ["high-street"], 9)) == 1
    assert await numbers(house, IN_DEBATE + "secret") == []


async def test_across_archives(house: House) -> None:
    """Public debates that are over are listed and searched; others, and those by link, are not."""
    for slug, audience, over in (
        ("one-street", "public", True),
        ("two-street", "public", True),
        ("under-way", "public", False),
        ("by-link", "link", True),
        ("behind-doors", "closed", True),
    ):
        made = await house.live(slug=slug, audience=audience)
        await said(house, made, "Ada Lind", f"A heron stood in {slug}")
        if over:
            await house.move(made, "wrap_up", "correction", "archived")
    client = await house.client()
    page = (await client.get("/archives?q=heron")).text
    assert set(re.findall(r'href="/debates/([\w-]+)/transcript.html\?version=public#c1"', page)) == {
        "one-street",
        "two-street",
    }
    for slug in ("under-way", "by-link", "behind-doors"):
        assert slug not in page
    everything = (await client.get("/archives")).text
    assert set(re.findall(r"/debates/([\w-]+)/figures", everything)) == {"one-street", "two-street"}


async def test_resting_archives(house: House) -> None:
    """A debate that nobody asked for in a while is found too, and forgotten once it is deleted."""
    made = await house.live(audience="public")
    await said(house, made, "Ada Lind", "A heron stood there")
    await house.move(made, "wrap_up", "correction", "archived")
    assert await numbers(house, "/archives?q=heron") == [1]
    house.clock.advance(3600)
    await house.site.debates.rest()
    assert house.site.debates.running("high-street") is None
    assert await numbers(house, "/archives?q=heron") == [1]
    organiser = await house.client(made["tokens"]["organiser"])
    assert (await organiser.delete("/api/v1/debates/high-street")).status_code in (200, 204)
    assert await numbers(house, "/archives?q=heron") == []


async def test_the_index() -> None:
    """The pieces of a hit together are its text, and the words asked for are marked among them."""
    index = Index()
    await index.renew("a", {1: "red, RED and blue", 2: "blue"}, [])
    await index.renew("b", {1: "blue"}, [])
    (found,) = await index.look("red", ["a", "b"], 9)
    assert found.text == "red, RED and blue"
    assert [piece for piece, is_hit in found.pieces if is_hit] == ["red", "RED"]
    assert {(each.debate, each.contribution) for each in await index.look("blue", ["a"], 9)} == {
        ("a", 1),
        ("a", 2),
    }
    assert len(await index.look("blue", ["a", "b"], 2)) == 2
    await index.renew("a", {}, [1])
    assert await index.look("red", ["a"], 9) == []
    await index.forget("b")
    assert "b" not in index
    index.close()
