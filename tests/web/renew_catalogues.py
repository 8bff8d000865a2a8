"""Bring every catalogue up to date with the sentences in templates and code.

    .venv/bin/python -m tests.web.renew_catalogues

New sentences come in untranslated and are named; what nobody says any more goes. Knows no language but by its
file, whose header stays as it is.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

__all__ = ["CATALOGUE", "KEYWORDS", "LOCALES", "template"]

ROOT: Final = Path(__file__).resolve().parents[2]
LOCALES: Final = ROOT / "fishbowl" / "web" / "locale"
CATALOGUE: Final = LOCALES / "fishbowl.pot"
KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "plurals": (1, 2),
    "worded": None,
    "Refused": (2,),
    "Problem": (3,),
    "wrong": (3,),
}
"""What a sentence is an argument of, and which one it is."""


def template() -> Catalog:
    """Every sentence in the sources."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call] # Babel types it not
    found = Catalog()
    for _, _, message, _, context in extract_from_dir(ROOT, methods, options, keywords=KEYWORDS):
        found.add(message, context=context)
    return found


def renew(path: Path, wanted: Catalog, language: str) -> list[str]:
    """The catalogue at `path` made anew, with the translations it has. Returns what waits for one."""
    written = path.read_text(encoding="utf-8")
    header = written[: written.index("\n\n") + 2]
    catalogue = read_po(BytesIO(written.encode()), locale=language)
    catalogue.update(wanted, no_fuzzy_matching=True)
    path.write_text(header + _text(catalogue), encoding="utf-8")
    return [str(message.id) for message in catalogue if message.id and not _is_translated(message)]


def _is_translated(message: Message) -> bool:
    said = message.string or ""
    return all(said) if not isinstance(said, str) else said != ""


def _text(catalogue: Catalog) -> str:
    body = BytesIO()
    write_po(
        body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True
    )
    return body.getvalue().decode().strip() + "\n"


if __name__ == "__main__":
    sentences = template()
    CATALOGUE.write_text(_text(sentences), encoding="utf-8")
    for each in sorted(LOCALES.glob("*/LC_MESSAGES/fishbowl.po")):
        language = each.parent.parent.name
        for sentence in renew(each, sentences, language):
            print(f"{language}: {sentence}")  # noqa: T201 - what it is run for
