"""What the transcripts of one debate must hold, in every format: each contribution once, and nothing else."""

import json
from collections.abc import Mapping, Sequence

from tests.transcript.office_readers import READERS, kept, searchable


def assert_everything_once(files: Mapping[str, bytes], said: Sequence[str], missing: Sequence[str]) -> None:
    """Each of `said` stands once in every file, under its number in the thread; none of `missing` in any."""
    assert set(files) == set(READERS), "the sheet offers every format"
    paths = {
        one["contribution"]: one["path"] for one in json.loads(files["json"])["contributions"] if one["text"]
    }
    for ending, file in files.items():
        read = READERS[ending](file).by_number
        texts = [kept(ending, one.text) for one in read.values() if one.text is not None]
        assert sorted(texts) == sorted(kept(ending, text) for text in said), ending
        for number, path in paths.items():
            assert read[number].text is not None, ending
            assert path == str(number) or _stands(number, path, ending, searchable(ending, file)), (
                ending,
                path,
            )
        for text in missing:
            assert text not in searchable(ending, file), ending


def _stands(number: int, path: str, ending: str, file: str) -> bool:
    """A reply's place in its thread: a column of a table, or beside its number where people read."""
    if ending in ("json", "jsonl", "as2.json", "xlsx"):
        return True
    return (f",{number},{path}," if ending == "csv" else f"{number} ({path})") in file
