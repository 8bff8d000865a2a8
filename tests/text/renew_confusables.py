"""Write fishbowl/text/confusables.py: which characters are read as which Latin ones, or as which others.

    .venv-tests/bin/python -m tests.text.renew_confusables

From Unicode's table of confusable characters, as the package confusable-homoglyphs carries it, and from the
names of characters: small capitals, squared and circled letters, letters with a stroke or a hook. What
`fishbowl.text.looks` finds by itself (compatibility forms, accents, capitals) is left out.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from textwrap import fill
from typing import Final
from unicodedata import category, name, normalize

import confusable_homoglyphs

from fishbowl.text.looks import plain_letters

__all__ = ["TABLE", "confusable_with", "readings", "written"]

TABLE: Final = Path(__file__).resolve().parents[2] / "fishbowl" / "text" / "confusables.py"
_HEAD: Final = '''"""Which signs are read as which letters: each reading, then signs that are read so.

Made by tests/text/renew_confusables.py from Unicode\'s table of confusable characters; nothing here is
written by hand. Knows no name; `looks` reads it.
"""

from typing import Final

__all__ = ["CONFUSABLES"]

CONFUSABLES: Final = """
'''
_MOST: Final = 40
"""Signs beside one mention of their reading."""

_DIRECTION: Final = "\u200e\u200f"
_OF_ONE_SCRIPT: Final = ("CJK", "HANGUL", "TANGUT", "KHITAN", "EGYPTIAN", "CUNEIFORM", "ANATOLIAN")
"""Beginnings of names of signs that resemble those of their own script, if any."""
_LATIN: Final = re.compile(
    r"(?:MODIFIER LETTER |SUBSCRIPT |SUPERSCRIPT |COMBINING )?"
    r"(?:LATIN (?:SMALL|CAPITAL|LETTER)(?: LETTER)?(?: SMALL)?(?: CAPITAL)?(?: LETTER)?"
    r"|(?:NEGATIVE )?(?:SQUARED|CIRCLED|CROSSED NEGATIVE SQUARED) LATIN (?:CAPITAL|SMALL) LETTER"
    r"|REGIONAL INDICATOR SYMBOL LETTER|TAG LATIN (?:CAPITAL|SMALL) LETTER)"
    r" (?:DOTLESS |TURNED |REVERSED |SCRIPT |INSULAR |BARRED |LONG )?([A-Z])(?: WITH .*| BAR)?"
)


def confusable_with() -> dict[str, set[str]]:
    """Unicode's pairs, both ways: a character, or several, and what each is mistaken for."""
    path = Path(confusable_homoglyphs.__file__).parent / "confusables.json"
    pairs: dict[str, set[str]] = defaultdict(set)
    for one, others in json.loads(path.read_text(encoding="utf-8")).items():
        for other in others:
            two = [text.strip(_DIRECTION) for text in (one, other["c"])]
            if all(two) and not any(map(str.isspace, "".join(two))):
                pairs[two[0]].add(two[1])
    return pairs


def readings() -> dict[str, str]:
    """What each character is read as, where that is not what its own form says."""
    pairs = confusable_with()
    prototypes = _prototypes(pairs)
    found = {}
    for sign in sorted({each for each in pairs if len(each) == 1} | set(map(chr, range(0x80, 0x20000)))):
        if sign.isascii() or category(sign)[0] in "CZ" or name(sign, "").startswith(_OF_ONE_SCRIPT):
            continue
        read = _as_latin(sign, prototypes) or prototypes.get(sign, "").casefold()
        read = "".join(filter(str.isalnum, read))
        if read and read != plain_letters(sign):
            found[sign] = read
    return found


def _as_latin(sign: str, prototypes: dict[str, str]) -> str | None:
    """As Latin letters: by its own look, else by that of its capital or small form, else by its name."""
    if (read := prototypes.get(sign, "").casefold()).isalnum() and read.isascii():
        return read
    for form in (sign, sign.upper(), sign.lower()):
        read = plain_letters("".join(prototypes.get(each, each) for each in normalize("NFKD", form)))
        read = "".join(prototypes.get(each, each) for each in read).casefold()
        if read and read.isascii():
            return read
    called = _LATIN.fullmatch(name(sign, ""))
    return called[1].lower() if called else None


def _prototypes(pairs: dict[str, set[str]]) -> dict[str, str]:
    """For each character of a group that look alike the one that stands for all: an ASCII one if there is."""
    found: dict[str, str] = {}
    for start in pairs:
        if len(start) != 1 or start in found:
            continue
        group, waiting = {start}, [start]
        while waiting:
            for other in pairs.get(waiting.pop(), ()):
                if other not in group:
                    group.add(other)
                    waiting.append(other)
        head = min(group, key=lambda each: (not each.isascii(), len(each) == 1, -len(pairs[each]), each))
        found |= {each: head for each in group if len(each) == 1}
    return found


def written(found: dict[str, str]) -> str:
    """The table as a module."""
    groups: dict[str, list[str]] = defaultdict(list)
    for sign, read in found.items():
        groups[read].append(sign)
    pairs = [
        f"{read} {''.join(sorted(signs)[start : start + _MOST])}"
        for read, signs in sorted(groups.items())
        for start in range(0, len(signs), _MOST)
    ]
    return f'{_HEAD}{fill("  ".join(pairs), 64, break_on_hyphens=False)}\n"""\n'


if __name__ == "__main__":
    TABLE.write_text(written(readings()), encoding="utf-8")
