"""The command line.

Knows what may be typed and how an error is told: one sentence on stderr, and exit 2 where what was typed does
not fit, 1 where it did but could not be done. Does nothing itself: each command calls the part that does.

A command that needs a debate speaks to the service that holds the data directory; where none does, it holds
the directory itself for as long as it takes. Both ways give the same answer.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from fishbowl import __version__
from fishbowl.debate.definition import BadDefinition, parse_definition
from fishbowl.log.contract import LogError
from fishbowl.settings import SETTINGS, Settings, SettingsError
from fishbowl.tagging import BadLine, entities_lines, tag_lines
from fishbowl.text import questions_from_text
from fishbowl.transcript import FORMATS, BadChoice, NothingToRead, UnknownFormat, UnknownVersion

__all__ = ["main"]

F = TypeVar("F", bound=Callable[..., Any])


class Undone(click.ClickException):
    """What was typed fits, but could not be done: a sentence for stderr."""

    exit_code = 1


class Unfit(click.ClickException):
    """What was typed does not fit."""

    exit_code = 2


@contextmanager
def _told() -> Generator[None, None, None]:
    """What the parts raise, told as this command line tells it."""
    try:
        yield
    except (BadChoice, SettingsError, UnknownFormat, UnknownVersion) as error:
        raise Unfit(str(error)) from None
    except BadDefinition as error:
        raise Unfit("\n  ".join(map(str, error.problems))) from None
    except (BadLine, LogError, NothingToRead, OSError) as error:
        raise Undone(str(error)) from None


def _settings(*names: str) -> Callable[[F], F]:
    """The options of these settings, as docs/operating.md has them."""
    known = {setting.name: setting for setting in SETTINGS}

    def add(command: F) -> F:
        for name in reversed(names):
            setting = known[name]
            is_switch = setting.unit == "switch"
            command = click.option(
                f"--{name.replace('_', '-')}",
                name,
                help=f"{setting.sentence} [{setting.variable}]",
                is_flag=is_switch,
                default=None,
                metavar=None if is_switch else setting.unit.upper(),
            )(command)
        return command

    return add


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Online fishbowl debates: a small circle talks, everybody may join in."""


@main.command()
@_settings(*(setting.name for setting in SETTINGS if setting.has_option))
def serve(**options: object) -> None:
    """Run the service."""
    with _told():
        settings = Settings.load(options, os.environ)
        # Only here: the server is much to load for the commands that need none.
        from fishbowl.web.serve import serve

        serve(settings)


@main.command()
@_settings("host", "port", "public_url", "insecure_http")
def demo(**options: object) -> None:
    """Run the service with an invented debate under way; nothing of it is kept."""
    with _told():
        settings = Settings.load(options, os.environ)
        from fishbowl.web.demo import demo

        demo(settings)


@main.command()
@click.argument("file", type=click.File("rb"))
@_settings("data", "database", "public_url")
def create(file: Any, **options: object) -> None:
    """Make a debate from a definition, and print its links."""
    from fishbowl.web import desk

    with _told():
        settings = Settings.load(options, os.environ)
        try:
            data = json.loads(file.read())
        except (ValueError, RecursionError) as error:
            raise Unfit(f"{file.name} is not readable JSON: {error}") from None
        definition = parse_definition(data)  # before anything is opened, so that nothing is half made
        answer = desk.create(settings, data, definition)
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


@main.command()
@click.argument("slug")
@click.option("--format", "form", required=True, help=f"The ending of the file: {', '.join(FORMATS)}.")
@click.option("--version", "version", default="organiser", help="public, redacted or organiser (default).")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; else it goes to stdout.")
@click.option("--order", help="question (default), time or speaker.")
@click.option("--question", help="Only what carries the tag of this question.")
@click.option("--hashtag", help="Only what carries this hashtag.")
@click.option("--circle", help="Only what came from the inner or the outer circle.")
@click.option("--person", help="Only what this person wrote, by handle or id.")
@_settings("data", "database", "public_url")
def export(slug: str, form: str, version: str, out: Path | None, **options: Any) -> None:
    """Write the transcript of a debate."""
    from fishbowl.transcript.choice import Choice, choice_of
    from fishbowl.web import desk

    with _told():
        asked = {name: options.pop(name) or "" for name in Choice.__struct_fields__}
        choice = choice_of(asked)
        pieces = desk.export(Settings.load(options, os.environ), slug, form, version, choice)
        with click.open_file(str(out) if out else "-", "wb", atomic=out is not None) as file:
            for piece in pieces:
                file.write(piece)


@main.command()
@click.argument("file", type=click.File("rb"))
def verify(file: Any) -> None:
    """Check an archive's seal; exit 1 and what was altered, by seq where a record was."""
    from fishbowl.transcript.verify import NotAnArchive, told, verify

    try:
        verified = verify(file)
    except NotAnArchive as error:
        raise Undone(f"{file.name}: {error}") from None
    for line in told(verified):
        click.echo(line)
    if verified.findings:
        raise Undone(f"{file.name} is not what was sealed.")


@main.command("import")
@click.argument("file", type=click.File("rb"))
@_settings("data", "database")
def take_in(file: Any, **options: object) -> None:
    """Store the debate of an organiser's archive; the service must be stopped."""
    from fishbowl.transcript.verify import NotAnArchive
    from fishbowl.web import desk

    with _told():
        try:
            slug, records = desk.take_in(Settings.load(options, os.environ), file)
        except NotAnArchive as error:
            raise Undone(f"{file.name}: {error}") from None
    click.echo(f"{slug}: {records} records")


@main.command()
@click.option("--from", "source", required=True, metavar="STORE", help="sqlite:DIRECTORY or postgresql://...")
@click.option(
    "--to", "target", required=True, metavar="STORE", help="The other of the two; nothing is in it yet."
)
def migrate(source: str, target: str) -> None:
    """Move everything from SQLite to PostgreSQL or back; the service must be stopped."""
    from fishbowl.web import migrating

    with _told():
        try:
            moved = migrating.migrate(source, target)
        except migrating.BadMove as error:
            raise Unfit(str(error)) from None
    debates = f"{moved.debates} debate{'s' if moved.debates != 1 else ''}"
    click.echo(f"Moved and read back: {debates}, {moved.records} records.")


@main.command()
@_settings("data", "database")
def retention(**options: object) -> None:
    """Tell what was erased because its days were over, and when."""
    from fishbowl.web import desk

    with _told():
        erased = desk.retention(Settings.load(options, os.environ))
    for one in erased:
        people, contributions = one["people"], one["contributions"]
        click.echo(f"{one['at']} {one['debate']}: people {people}, contributions {contributions}")
    if not erased:
        click.echo("Nothing has been erased because its days were over.")


@main.command("admin-link")
@_settings("data", "database", "public_url")
def admin_link(**options: object) -> None:
    """Print a new link for the administrator; the one before ends."""
    from fishbowl.web import desk

    with _told():
        click.echo(desk.admin_link(Settings.load(options, os.environ)))


@main.command()
@click.option("--questions", "file", type=click.File("r", encoding="utf-8"), required=True)
def tag(file: Any) -> None:
    """Tag texts with questions: JSON lines in, JSON lines out.

    The file of questions is a definition, or plain text with one question per line.
    """
    with _told():
        questions = _questions(file.read(), file.name)
        for line in tag_lines(questions, sys.stdin.buffer):
            click.echo(line)


@main.command()
def entities() -> None:
    """Find hashtags, mentions, links and question markers: JSON lines in, JSON lines out."""
    with _told():
        for line in entities_lines(sys.stdin.buffer):
            click.echo(line)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_settings("data", "database")
def backup(file: Path, **options: object) -> None:
    """Write the whole store to a new file, while the service runs or not; SQLite alone."""
    from fishbowl.log import backup

    with _told():
        backup.backup(_of_a_file(options, "pg_dump"), file)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_settings("data", "database")
def restore(file: Path, **options: object) -> None:
    """Make the store anew from a backup; the service must be stopped. SQLite alone."""
    from fishbowl.log import backup

    with _told():
        backup.restore(file, _of_a_file(options, "pg_restore"))


def _of_a_file(options: dict[str, object], instead: str) -> Path:
    """The data directory of a store that is a file; refused for another, naming the program that does it."""
    settings = Settings.load(options, os.environ)
    if settings.database != "sqlite":
        raise Unfit(
            f"This is for SQLite's file. A PostgreSQL database is kept by its own programs: {instead}."
        )
    return settings.data


def _questions(text: str, name: str) -> list[str]:
    """The questions in a definition, or one a line; a text in several languages in the definition's own."""
    if not text.lstrip().startswith("{"):
        return questions_from_text(text)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unfit(f"{name} begins like a definition, but is not readable JSON: {error}") from None
    definition = parse_definition(data)
    from fishbowl.debate.vocabulary import said_in

    return [said_in(question.text, definition.language) for question in definition.questions]
