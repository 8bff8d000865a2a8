"""Transcripts over HTTP: as a file, of one seq, able to do nothing. (Rights: test_access.)"""

import asyncio
import json
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any

import pytest

from fishbowl.debate.record import Record
from fishbowl.log.contract import Unavailable
from fishbowl.log.paging import PagedRecords
from fishbowl.transcript import FORMATS
from fishbowl.web.transcripts import FLOWING, transcript_file
from tests.transcript.office_readers import READERS
from tests.web.conftest import House
from tests.web.test_http import served


@pytest.mark.parametrize("ending", FORMATS)
async def test_every_format(house: House, ending: str) -> None:
    """Every format is served under its media type, with a name of our making and the seq in it."""
    made = await house.live(slug="high-street")
    await house.command(made, made["tokens"]["Ada Lind"], {"do": "post", "text": "It is ours.", "id": "1"})
    await house.move(made, "wrap_up")
    client = await house.client()
    seq = (await client.get("/api/v1/debates/high-street")).json()["seq"]
    file = await client.get(f"/debates/high-street/transcript.{ending}")
    assert (file.status_code, file.headers["content-type"]) == (200, FORMATS[ending].media_type)
    kind = "inline" if ending == "html" else "attachment"
    name = f"high-street-public-{seq}.{ending}"
    assert file.headers["content-disposition"] == f'{kind}; filename="{name}"'
    assert (
        "It is ours." in [read.text for read in READERS[ending](file.content).contributions]
        or ending == "pdf"
    )
    assert file.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("ending", FORMATS)
async def test_the_same_bytes(house: House, ending: str) -> None:
    """The same seq gives the same bytes an hour later; in another language data alone does."""
    made = await house.live()
    await house.move(made, "wrap_up", "correction")
    client = await house.client()
    address = f"/debates/high-street/transcript.{ending}"
    now = await client.get(address)
    house.clock.advance(3600)
    assert (await client.get(address)).content == now.content
    german = await client.get(address, headers={"Accept-Language": "cy", "Cookie": "language=de"})
    assert (german.content == now.content) == (ending in ("csv", "xlsx", "json", "jsonl", "as2.json"))
    assert german.content == (await client.get(address, headers={"Accept-Language": "de"})).content


async def test_the_page_can_do_nothing(house: House) -> None:
    """The single-file page runs no script, sends no form and asks nobody for anything."""
    made = await house.live()
    await house.move(made, "wrap_up")
    page = await (await house.client()).get("/debates/high-street/transcript.html")
    policy = page.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "sandbox", "form-action 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert not any(part.startswith("script-src") for part in policy)


async def spoken(house: House, posts: int) -> dict[str, Any]:
    """A debate with so many posts, wrapped up."""
    made = await house.live()
    for number in range(posts):
        post = {"do": "post", "text": f"Point {number}. {'We own it. ' * 30}", "id": f"p{number}"}
        await house.command(made, made["tokens"]["Ada Lind"], post)
    await house.move(made, "wrap_up")
    return made


def failing_after(times: int) -> Callable[..., list[Record]]:
    """A store that answers so many times: enough to fold the debate, and to begin."""
    as_ever, asked = PagedRecords._asked, count(1)

    def answers(records: PagedRecords, asking: Coroutine[Any, Any, list[Record]]) -> list[Record]:
        if next(asked) > times:
            asking.close()
            raise Unavailable("The disk is gone.")
        return as_ever(records, asking)

    return answers


@pytest.mark.parametrize("ending", sorted(FLOWING))
async def test_a_file_that_breaks_off(house: House, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that fails while a file is sent ends the connection before the file's end, so that nobody takes
    what came for all of it.
    """
    await spoken(house, 150)
    asked = f"GET /debates/high-street/transcript.{ending} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n"

    async def answer(connect: Any) -> bytes:
        reader, writer = await connect()
        writer.write(asked.encode())
        got = b""
        async with asyncio.timeout(20):
            while not got.endswith(b"0\r\n\r\n") and (some := await reader.read(65_536)):
                got += some
        return got

    async with served(house.app) as connect:
        whole = await answer(connect)
        assert whole.endswith(b"0\r\n\r\n")
        monkeypatch.setattr(PagedRecords, "_asked", failing_after(9))
        part = await answer(connect)
        assert part.startswith(b"HTTP/1.1 200")
        assert not part.endswith(b"0\r\n\r\n")
        assert len(part) < len(whole)


async def test_as_of_when_it_was_asked_for(house: House) -> None:
    """What is said while a file is made is not in it: it is as of the record its name tells."""
    made = await spoken(house, 3)
    debate = await house.site.debates.find("high-street")
    assert debate is not None
    paged = debate.paged()
    post = {"do": "post", "text": "Too late.", "id": "late"}
    await house.command(made, made["tokens"]["chair"], post)
    file = await asyncio.to_thread(lambda: b"".join(transcript_file(paged, "jsonl", "public")))
    last = [json.loads(line) for line in file.splitlines()][-1]
    assert last["seq"] == paged.until < debate.head
    assert b"Too late." not in file


@pytest.mark.parametrize("path", ["transcript.exe", "transcript.xls", "transcript.", "transcript.html.md"])
async def test_formats_there_are_not(house: House, path: str) -> None:
    """A format that is not there is not found."""
    made = await house.live()
    await house.move(made, "wrap_up")
    assert (await (await house.client()).get(f"/debates/high-street/{path}")).status_code == 404


async def test_arranged(house: House) -> None:
    """A part of a transcript is served under a name that says so; what cannot be meant is refused by name."""
    made = await house.live()
    for number, name in enumerate(("Ada Lind", "Ada Lind", "chair")):
        post = {"do": "post", "text": f"Word {number}.", "id": str(number)}
        await house.command(made, made["tokens"][name], post)
    await house.move(made, "wrap_up")
    client = await house.client()
    part = await client.get("/debates/high-street/transcript.json?person=AdaLind&order=time")
    assert [each["text"] for each in part.json()["contributions"]] == ["Word 0.", "Word 1."]
    assert '-arranged.json"' in part.headers["content-disposition"]
    for asked in ("order=alphabet", "person=Nobody", "question=99"):
        answer = await client.get(
            f"/debates/high-street/transcript.csv?{asked}", headers={"Accept": "application/json"}
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


async def test_the_form(house: House) -> None:
    """What is chosen in the form on the page of downloads is in the address of every file there."""
    made = await house.live()
    await house.command(made, made["tokens"]["Ada Lind"], {"do": "post", "text": "A word.", "id": "1"})
    await house.move(made, "wrap_up")
    client = await house.client()
    page = await client.get("/debates/high-street/transcript?order=time&question=&person=AdaLind&hashtag=")
    for ending in FORMATS:
        assert f"transcript.{ending}?version=public&amp;order=time&amp;person=AdaLind" in page.text
    assert '<option value="AdaLind" selected>Ada Lind</option>' in page.text
    whole = await client.get("/debates/high-street/transcript")
    assert "order=" not in whole.text


async def test_versions_there_are_not(house: House) -> None:
    """A version that is not there is refused by name."""
    made = await house.live()
    organiser = await house.client(made["tokens"]["organiser"])
    answer = await organiser.get(
        "/debates/high-street/transcript.json?version=complete", headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert "public, organiser, redacted" in answer.json()["detail"]
