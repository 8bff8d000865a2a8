"""The archive: whole, sealed, and whatever is altered in it is found where it was altered."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from fishbowl.debate import events
from fishbowl.debate.record import Record
from fishbowl.log.codec import Rows, decode_following, encode_following
from fishbowl.transcript import FORMATS, Issue, Version, render
from fishbowl.transcript.archive import archive
from fishbowl.transcript.seal import Key, Seal, chain, line_of
from fishbowl.transcript.verify import Finding, NotAnArchive, told, verify
from fishbowl.transcript.voice import ENGLISH
from tests.transcript.invented import invented_records

KEY = Key(bytes(range(32)))
Files = dict[str, bytes]


@cache
def rows() -> Rows:
    return encode_following(0, invented_records(60, seed=8))


def sealed(stored: Rows) -> Seal:
    *_, head = chain(map(line_of, stored[0]))
    return KEY.seal("library-hours", 1, stored[0][-1], head, ())


def archived(
    version: Version = Version.ORGANISER, stored: Rows | None = None, seals: Sequence[Seal] = ()
) -> bytes:
    stored = stored or rows()
    records: list[Record] = decode_following(0, *stored)
    return archive(records, stored, version, seals or [sealed(rows())], KEY, ENGLISH)


@cache
def contents(version: Version) -> Files:
    with ZipFile(BytesIO(archived(version))) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def findings(files: Files) -> set[Finding]:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as zipped:
        for name, file in files.items():
            zipped.writestr(name, file)
    return set(verify(made).findings)


@pytest.mark.parametrize("version", Version)
def test_untouched(version: Version) -> None:
    """An archive holds every format, and nothing is found in one that nobody touched."""
    assert findings(contents(version)) == set()
    records = decode_following(0, *rows())
    issue = Issue(number=1, head=sealed(rows()).head)
    for ending in FORMATS:
        file = b"".join(render(ending, records, version, issue=issue))
        assert contents(version)[f"transcript.{ending}"] == file
    assert archived(version) == archived(version), "the same bytes each time"


def test_what_is_in_it_is_signed() -> None:
    """Whoever alters a file and its digest in the manifest lacks the key to sign that."""
    files = dict(contents(Version.PUBLIC))
    other = Key(Key.new())
    manifest = json.dumps(json.loads(files["manifest.json"]) | {"key": other.public}).encode()
    assert Finding("unsigned", "manifest.json") in findings(files | {"manifest.json": manifest})
    resigned = files | {"manifest.json": manifest, "manifest.sig": other.sign(manifest).encode() + b"\n"}
    assert findings(resigned) == set(), "it is in order by itself, and tells whose key that is"
    made = BytesIO()
    with ZipFile(made, "w") as zipped:
        for name, file in resigned.items():
            zipped.writestr(name, file)
    assert verify(made).key == other.public != KEY.public


def test_only_the_organisers_holds_the_log() -> None:
    """Texts with their salts, and rows as they are stored, are in the organiser's archive alone; withdrawn
    texts and notes of hands in none.
    """
    texts = [json.loads(line) for line in contents(Version.ORGANISER)["texts.jsonl"].splitlines()]
    kinds = {row.seq: row.kind for row in rows()[0]}
    assert {"contribution.posted", "contribution.hidden"} <= {kinds[text["seq"]] for text in texts}
    assert "hand.raised" not in {kinds[text["seq"]] for text in texts}
    withdrawn = {
        event.contribution
        for event in (record.event for record in decode_following(0, *rows()))
        if isinstance(event, events.ContributionWithdrawn)
    }
    gone = [
        record.event.text
        for record in decode_following(0, *rows())
        if isinstance(record.event, events.ContributionPosted) and record.event.contribution in withdrawn
    ]
    assert gone
    assert not {text["text"] for text in texts} & set(gone)
    assert "texts.jsonl" not in contents(Version.PUBLIC)
    assert b"salt" not in contents(Version.PUBLIC)["records.jsonl"]


# Alterations: each alters `files` and returns what must be among the findings.


def flip(files: Files, dice: Random) -> Finding:
    """A byte of any file."""
    name = dice.choice([name for name in files if not name.startswith("manifest")])
    file = bytearray(files[name])
    file[dice.randrange(len(file))] ^= 1 << dice.randrange(8)
    files[name] = bytes(file)
    return Finding("altered", name)


def flip_manifest(files: Files, dice: Random) -> Finding:
    name = dice.choice(["manifest.json", "manifest.sig"])
    file = bytearray(files[name])
    file[dice.randrange(len(file))] ^= 1 << dice.randrange(7)
    files[name] = bytes(file)
    return Finding("unsigned", name)


def leave_out(files: Files, dice: Random) -> Finding:
    name = dice.choice([name for name in files if name != "manifest.json"])
    del files[name]
    return Finding("missing", name)


def put_in(files: Files, dice: Random) -> Finding:
    name = f"more-{dice.randrange(1000)}.txt"
    files[name] = b"x"
    return Finding("added", name)


def alter_record(files: Files, dice: Random) -> Finding:
    """A record's time, author or body, as somebody would who knows what they do: still a lawful line."""
    lines = files["records.jsonl"].splitlines()
    place = dice.randrange(1, len(lines))
    row = json.loads(lines[place])
    if isinstance(row, list):
        column = dice.choice([1, 2, 5])
        row[column] = (
            row[column] + 1 if column == 1 else row[column].replace(dice.choice('pc":1'), "2", 1) + " "
        )
        seq = row[0]
    else:
        row["at"], seq = "2026-01-31T20:00:00.001Z", row["seq"]
    lines[place] = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()
    files["records.jsonl"] = b"\n".join(lines) + b"\n"
    return Finding("altered", "records.jsonl", seq)


def swap_records(files: Files, dice: Random) -> Finding:
    lines = files["records.jsonl"].splitlines()
    place = dice.randrange(1, len(lines) - 1)
    lines[place], lines[place + 1] = lines[place + 1], lines[place]
    files["records.jsonl"] = b"\n".join(lines) + b"\n"
    row = json.loads(lines[place])
    return Finding("altered", "records.jsonl", row[0] if isinstance(row, list) else row["seq"])


def alter_text(files: Files, dice: Random) -> Finding:
    """What somebody wrote; where there are no texts, a record."""
    if "texts.jsonl" not in files:
        return alter_record(files, dice)
    lines = files["texts.jsonl"].splitlines()
    place = dice.randrange(len(lines))
    said = json.loads(lines[place])
    said["text"] += dice.choice([" not", ".", " "])
    lines[place] = json.dumps(said).encode()
    files["texts.jsonl"] = b"\n".join(lines) + b"\n"
    return Finding("altered", "texts.jsonl", said["seq"])


ALTERATIONS: tuple[Callable[[Files, Random], Finding], ...] = (
    *(flip, flip_manifest, leave_out, put_in),
    *(alter_record, swap_records, alter_text),
)


def test_500_alterations() -> None:
    """Of 500 random alterations of files, records and texts, all are found, at the right file or record."""
    dice = Random(11)
    missed = []
    for _ in range(500):
        files = dict(contents(dice.choice([Version.ORGANISER, Version.PUBLIC])))
        expected = dice.choice(ALTERATIONS)(files, dice)
        try:
            found = findings(files)
        except NotAnArchive:
            found = {Finding("unsigned", "manifest.json"), Finding("unsigned", "manifest.sig")}
        if Finding("altered", "manifest.json") in found:
            found |= {Finding("unsigned", "manifest.json")}
        if expected not in found:
            missed.append((expected, found))
    assert missed == []


def test_only_what_was_altered_is_named() -> None:
    """A record that was altered is named alone, not all that follow it."""
    files = dict(contents(Version.ORGANISER))
    expected = alter_record(files, Random(1))
    records = {finding for finding in findings(files) if finding.seq is not None}
    assert expected in records
    assert {finding.seq for finding in records} == {expected.seq}


def test_after_erasing_fifty_texts() -> None:
    """When fifty texts have gone from the store, the archive made then verifies, by the seal made before."""
    records, texts = rows()
    posted = [row.seq for row in records if row.kind == "contribution.posted"][:50]
    left = (records, [text for text in texts if text.seq not in posted])
    made = archived(Version.ORGANISER, left)
    assert verify(BytesIO(made)).findings == ()
    with ZipFile(BytesIO(made)) as zipped:
        everything = b"".join(zipped.read(name) for name in zipped.namelist())
    gone = [text.text.encode() for text in texts if text.seq in posted and text.field == "text"]
    assert len(gone) == 50
    assert not [text for text in gone if text in everything and not _said_elsewhere(text, texts, posted)]


def _said_elsewhere(text: bytes, texts: Sequence[object], posted: list[int]) -> bool:
    """Whether an invented text happens to stand in another contribution too."""
    return any(text.decode() in each.text for each in texts if each.seq not in posted)  # type: ignore[attr-defined]


def test_a_log_altered_after_it_was_sealed() -> None:
    """Whoever alters the log and has an archive made of it is found out by the seal that was made before."""
    records, texts = rows()
    changed = [row._replace(at=row.at + 1) if row.seq == 9 else row for row in records]
    with pytest.raises(Exception, match="not what was written"):
        decode_following(0, changed, texts)
    lawful = encode_following(0, [*decode_following(0, *rows())])
    shorter = (lawful[0][:-1], [text for text in lawful[1] if text.seq < len(lawful[0])])
    assert (
        Finding("altered", "records.jsonl", len(records))
        in verify(BytesIO(archived(Version.ORGANISER, shorter, [sealed(rows())]))).findings
    )


@pytest.mark.parametrize("file", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_no_archive(file: bytes) -> None:
    """What is no archive is said to be none."""
    with pytest.raises(NotAnArchive):
        verify(BytesIO(file))


def test_told() -> None:
    """The command line names debate, key, seals and what was found."""
    files = dict(contents(Version.ORGANISER))
    del files["rules.json"]
    made = BytesIO()
    with ZipFile(made, "w") as zipped:
        for name, file in files.items():
            zipped.writestr(name, file)
    lines = list(told(verify(made)))
    assert lines[0].startswith("library-hours, version organiser, up to record ")
    assert lines[2].startswith("seal 1 at record ")
    assert lines[3:] == ["missing: rules.json"]
