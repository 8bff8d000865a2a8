"""Archives over HTTP: sealed when a debate is archived, had by whoever may have the transcript, checked by
anybody. (What checking finds: tests/transcript/test_archive.py.)
"""

import asyncio
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from fishbowl.transcript.seal import fingerprint
from fishbowl.transcript.verify import verify
from tests.web.conftest import ADMIN, House

ARCHIVE = "/debates/high-street/archive.zip"


async def archived(house: House) -> dict[str, Any]:
    made = await house.live(slug="high-street")
    await house.command(made, made["tokens"]["Ada Lind"], {"do": "post", "text": "It is ours.", "id": "1"})
    await house.move(made, "wrap_up", "correction", "archived")
    return made


async def test_an_archive_verifies(house: House) -> None:
    """Once archived, everybody who may read has the public archive, sealed with the key that is published."""
    await archived(house)
    client = await house.client()
    answer = await client.get(ARCHIVE)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    found = verify(BytesIO(answer.content))
    assert (found.debate, found.version, found.findings) == ("high-street", "public", ())
    assert [seal.number for seal in found.seals] == [1]
    key = (await client.get("/api/v1/key")).json()
    assert key == {"algorithm": "Ed25519", "key": found.key, "fingerprint": fingerprint(found.key)}
    assert (await client.get(ARCHIVE)).content == answer.content


async def test_rights(house: House) -> None:
    """The organiser's and the redacted archive are the organiser's; none is there before it is archived."""
    made = await house.live(slug="high-street")
    await house.move(made, "wrap_up")
    organiser = await house.client(made["tokens"]["organiser"])
    refused = await organiser.get(ARCHIVE, headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json()["code"]) == (403, "phase.not_live")
    await house.move(made, "correction", "archived")
    assert verify(BytesIO((await organiser.get(ARCHIVE)).content)).version == "organiser"
    for token in (None, made["tokens"]["chair"], made["tokens"]["Ada Lind"]):
        client = await house.client(token)
        for version in ("organiser", "redacted"):
            assert (await client.get(f"{ARCHIVE}?version={version}")).status_code == 403


async def test_sealed_by_itself(house: House) -> None:
    """The seal is made without anybody asking for it, once, and stands on the transcript page."""
    await archived(house)
    keeping = asyncio.create_task(house.site.seals.keep(house.site.debates))
    while not (seals := await house.site.seals.of("high-street")):
        assert not keeping.done()
    keeping.cancel()
    assert [seal.number for seal in seals] == [1]
    page = (await (await house.client()).get("/debates/high-street/transcript")).text
    assert seals[0].head in page
    assert fingerprint(seals[0].key) in page
    assert (await house.site.seals.renew("high-street"))[0] == seals


async def test_the_key_stays(open_house: Any) -> None:
    """The key is made once and kept where only its user reads it."""
    first = await open_house("data")
    path = first.site.settings.data / "seal.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(path.read_bytes()) == 32


async def test_checked_by_anybody(house: House) -> None:
    """The page says that an archive is in order, and what in another is not; nothing is kept of it."""
    await archived(house)
    browser = await house.browser()
    sent = (await browser.get(ARCHIVE)).content
    page = await browser.post("/verify", files={"file": ("a.zip", sent)})
    assert page.status_code == 200
    assert "Nothing in it was altered" in page.text
    assert "It is the key of this service." in page.text
    altered = BytesIO()
    with ZipFile(BytesIO(sent)) as old, ZipFile(altered, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"It is ours.", b"It is mine."))
    page = await browser.post("/verify", files={"file": ("a.zip", altered.getvalue())})
    assert "transcript.md was altered." in page.text
    assert "records.jsonl was altered. Record " in page.text


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"file": ("a.zip", b"no zip")}, "This is no archive of a debate"),
        ({"other": ("a.zip", b"x")}, "Choose a file first."),
    ],
)
async def test_what_is_none(house: House, files: Any, said: str) -> None:
    """What is no archive, or none at all, is said to be that."""
    answer = await (await house.browser()).post("/verify", files=files)
    assert answer.status_code == 400
    assert said in answer.text


async def test_too_large(house: House) -> None:
    """A file larger than is taken is refused before it is read."""
    client = await house.browser()
    answer = await client.post("/verify", content=b"x", headers={"Content-Length": str(2**40)})
    assert answer.status_code == 413


async def test_deleted_with_its_debate(house: House) -> None:
    """A debate that is deleted takes its seals along, so that another of its name is sealed anew."""
    made = await archived(house)
    await house.site.seals.renew("high-street")
    admin = await house.client(ADMIN)
    assert (await admin.delete(f"/api/v1/debates/{made['slug']}")).status_code < 300
    assert await house.site.seals.of("high-street") == []


async def test_what_files_say_of_their_seal(open_house: Callable[..., Any]) -> None:
    """Until it is sealed a file says so; then which version it is of, and at what address. It is the file of
    the archive, byte for byte. What is erased later makes the next version.
    """
    house: House = await open_house(public_url="https://debate.example.org")
    made = await house.live(slug="high-street")
    post = {"do": "post", "text": "It is ours.", "id": "1"}
    await house.command(made, made["tokens"]["Ada Lind"], post)
    await house.move(made, "wrap_up", "correction")
    client = await house.client()
    file = "/debates/high-street/transcript.txt"
    early = (await client.get(file)).text
    assert "Not sealed" in early
    assert "https://debate.example.org/debates/high-street/transcript.html\n" in early
    await house.move(made, "archived")
    for number in (1, 2):
        seals, _ = await house.site.seals.renew("high-street")
        found = (await client.get(file)).text
        assert f"high-street, version {number}, sealed" in found
        assert seals[-1].head in found
        with ZipFile(BytesIO((await client.get(ARCHIVE)).content)) as zipped:
            assert zipped.read("transcript.txt").decode() == found
        erase = {"do": "erase", "contribution": 1, "reason": "asked for", "id": "e"}
        await house.command(made, made["tokens"]["organiser"], erase)
