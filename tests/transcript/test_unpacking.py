"""An archive taken in by another service gives the same transcript; one that was altered gives nothing."""

import asyncio
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from fishbowl.log.codec import Rows, decode_following
from fishbowl.log.contract import SlugTaken
from fishbowl.log.database import Database
from fishbowl.log.directory import DataDirectory
from fishbowl.log.erasures import Erasure, note
from fishbowl.log.sqlite import SqliteLog
from fishbowl.settings import Settings
from fishbowl.transcript import FORMATS, Version, render
from fishbowl.transcript.seal import chain, line_of
from fishbowl.transcript.unpacking import unpacked
from fishbowl.transcript.verify import NotAnArchive
from fishbowl.web import desk
from tests.transcript.test_archive import archived, rows


def stored_in(data: Path) -> Rows:
    """The rows of the debate as they lie in a data directory."""

    async def read() -> Rows:
        with DataDirectory.lock(data) as directory:
            database = await Database.open(directory.database)
            try:
                return await SqliteLog(database).rows("library-hours")
            finally:
                await database.close()

    return asyncio.run(read())


@pytest.mark.parametrize("ending", sorted(set(FORMATS) - {"pdf"}))
@pytest.mark.parametrize("version", Version)
def test_the_same_transcript(ending: str, version: Version) -> None:
    """Every format of every version is the same, byte for byte."""
    slug, (records, texts) = unpacked(BytesIO(archived()))
    assert slug == "library-hours"
    before = b"".join(render(ending, decode_following(0, *rows()), version))
    assert b"".join(render(ending, decode_following(0, records, texts), version)) == before


def test_the_same_chain(tmp_path: Path) -> None:
    """What is stored there has the same links, so the seals it had are those of what it has."""
    data = tmp_path / "there"
    slug, count = desk.take_in(Settings(data=data), BytesIO(archived()))
    records, texts = stored_in(data)
    assert (slug, count) == ("library-hours", len(rows()[0]))
    assert list(chain(map(line_of, records))) == list(chain(map(line_of, rows()[0])))
    assert {text for text in texts if text.text} <= set(rows()[1])
    assert len(texts) > 50
    with pytest.raises(SlugTaken):
        desk.take_in(Settings(data=data), BytesIO(archived()))


def test_what_was_erased_stays_erased(tmp_path: Path) -> None:
    """An older archive does not give back what was erased in the data directory since."""
    data = tmp_path / "here"
    with DataDirectory.lock(data):
        gone = rows()[1][-1].seq
        note(data, Erasure("library-hours", rows()[0][0].at, (gone,)))
    desk.take_in(Settings(data=data), BytesIO(archived()))
    seqs = {text.seq for text in stored_in(data)[1]}
    assert gone not in seqs
    assert seqs


@pytest.mark.parametrize("version", [Version.PUBLIC, Version.REDACTED])
def test_other_versions(version: Version) -> None:
    """Only the organiser's archive holds what a debate is made of."""
    with pytest.raises(NotAnArchive, match="organiser"):
        unpacked(BytesIO(archived(version)))


def test_what_was_altered() -> None:
    """An archive in which a text was changed, however little, is not read."""
    made = BytesIO()
    with ZipFile(BytesIO(archived())) as whole, ZipFile(made, "w") as changed:
        for name in whole.namelist():
            file = whole.read(name)
            changed.writestr(name, file.replace(b"library", b"Library", 1) if name == "texts.jsonl" else file)
    with pytest.raises(NotAnArchive, match="altered"):
        unpacked(made)
