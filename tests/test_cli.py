"""The command line: what it prints, where it refuses, and that it says so in one sentence."""

import http.client
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fishbowl.cli import main
from fishbowl.log.directory import DATABASE

ROOT = Path(__file__).resolve().parent.parent
DEFINITION: dict[str, Any] = {
    "title": "Who owns the high street?",
    "slug": "high-street",
    "starts_at": "2026-01-31T19:00:00+00:00",
    "speakers": [{"name": "Ada Lind"}],
    "questions": [{"text": "Who owns the shops?"}, {"text": "Who should own them?"}],
}


def run(*words: str, stdin: str = "", **environ: str) -> Result:
    return CliRunner().invoke(main, words, input=stdin, env=environ)


@pytest.fixture
def definition(tmp_path: Path) -> Path:
    file = tmp_path / "definition.json"
    file.write_text(json.dumps(DEFINITION))
    return file


def refused(result: Result, code: int) -> str:
    """The one sentence on stderr; nothing on stdout, no traceback."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith(("Error: ", "Usage: "))
    return result.stderr


# The service


@contextmanager
def service(data: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str], list[str]]]:
    """`run.py` on `data`, in a process of its own; see `started`."""
    with started([str(ROOT / "run.py"), "--port", "0", "--data", str(data), *options]) as running:
        yield running


@contextmanager
def started(words: list[str], **more: str) -> Iterator[tuple[str, subprocess.Popen[str], list[str]]]:
    """A service of its own process: its address, the process, and the lines it printed."""
    command = [sys.executable, *words]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FISHBOWL_")}
    environ["PYTHONUNBUFFERED"] = "1"
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environ | {"PYTHONPATH": str(ROOT)} | more,
    ) as process:
        lines: list[str] = []
        assert process.stdout is not None
        try:
            lines.append(process.stdout.readline())
            found = re.search(r"http://\S+", lines[0])
            assert found, lines[0] + process.stdout.read()
            yield found[0], process, lines
        finally:
            process.terminate()
            lines += process.communicate(timeout=20)[0].splitlines()


def ask(address: str, path: str, token: str | None = None, body: object = None) -> Any:
    request = urllib.request.Request(address + path, json.dumps(body).encode() if body is not None else None)
    if token is not None:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def test_serving(tmp_path: Path, definition: Path) -> None:
    """`serve` says where it is and, the first time, gives the administrator's link; SIGTERM ends it.

    Commands given beside it speak to it, and give what it would; a second service on its data is refused.
    """
    data = tmp_path / "data"
    with service(data) as (address, process, lines):
        assert urllib.request.urlopen(address + "/healthz", timeout=10).read() == b"alive\n"
        made = json.loads(run("create", str(definition), "--data", str(data)).stdout)
        assert made["links"]["chair"].startswith(f"{address}/join/high-street#")
        snapshot = ask(address, "/api/v1/debates/high-street", made["tokens"]["chair"])
        assert snapshot["you"]["role"] == "chair"
        link = run("admin-link", "--data", str(data)).stdout.strip()
        assert re.fullmatch(rf"{address}/admin#[\w-]{{27}}", link)
        again = DEFINITION | {"slug": "again"}
        assert ask(address, "/api/v1/debates", link.partition("#")[2], again)["slug"] == "again"
        exported = run("export", "high-street", "--format", "json", "--data", str(data))
        assert json.loads(exported.stdout)["debate"]["slug"] == "high-street"
        taken = refused(run("create", str(definition), "--data", str(data)), 1)
        assert "already" in taken
        second = run("serve", "--data", str(data), "--port", "0")
        assert f"{process.pid}" in refused(second, 1)
        assert str(data) in second.stderr
        assert (data / "service.json").stat().st_mode & 0o777 == 0o600
        own_secret = json.loads((data / "service.json").read_text())["secret"]
    assert process.returncode == 0
    assert not (data / "service.json").exists()
    printed = "\n".join(lines)
    assert re.search(rf"{address}/admin#[\w-]{{27}}", printed)
    secrets = [made["tokens"]["chair"], made["tokens"]["organiser"], link.partition("#")[2], own_secret]
    assert not [secret for secret in secrets if secret in printed]
    assert "Traceback" not in printed
    with service(data) as (address, process, lines):
        assert ask(address, "/api/v1/debates/high-street", made["tokens"]["chair"])["seq"] == snapshot["seq"]
    assert not any("admin#" in line for line in lines), "the link is printed the first time only"


def test_a_demo_is_under_way_and_leaves_nothing(tmp_path: Path) -> None:
    """Its links open a debate with a past, in which more goes on by itself; nothing of it is kept."""
    with started(["-m", "fishbowl", "demo", "--port", "0"], TMPDIR=str(tmp_path)) as (
        address,
        process,
        lines,
    ):
        assert process.stdout is not None
        while not lines[-1].startswith("Everything is gone"):
            lines.append(process.stdout.readline().strip())
        slug = next(line for line in lines if "look on" in line).rpartition("/")[2]
        first = ask(address, f"/api/v1/debates/{slug}")
        assert first["debate"]["phase"] == "live"
        assert len(first["contributions"]) > 30
        assert sum(seat["state"] == "taken" for seat in first["seats"]) > 2
        began, newest = first["contributions"][0]["at"], first["contributions"][-1]["at"]
        assert newest[:16] > began[:16], "it has been going on for minutes"
        chair = next(line for line in lines if "be the chair" in line).partition("#")[2]
        assert ask(address, f"/api/v1/debates/{slug}", chair)["you"]["role"] == "chair"
        more = ask(address, f"/api/v1/debates/{slug}/records?since={first['seq']}&wait=30")
        assert more["records"], "it goes on"
        assert list(tmp_path.iterdir()), "what there is of it is in a directory of its own"
    assert process.returncode == 0
    assert not list(tmp_path.iterdir())
    assert "Traceback" not in "\n".join(lines)


def test_ending_with_a_reader_waiting(tmp_path: Path) -> None:
    """A long poll does not hold up the end."""
    data = tmp_path / "data"
    with service(data) as (address, process, _):
        (tmp_path / "d.json").write_text(json.dumps(DEFINITION))
        made = json.loads(run("create", str(tmp_path / "d.json"), "--data", str(data)).stdout)
        poll = http.client.HTTPConnection(address.partition("://")[2], timeout=30)
        head = ask(address, "/api/v1/debates/high-street", made["tokens"]["chair"])["seq"]
        poll.request(
            "GET",
            f"/api/v1/debates/high-street/records?since={head}&wait=30",
            headers={"Authorization": f"Bearer {made['tokens']['chair']}"},
        )
        ask(address, "/api/v1/debates/high-street", made["tokens"]["chair"])  # the poll was read before this
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert time.monotonic() - began < 15
        poll.close()


def test_a_port_in_use(tmp_path: Path) -> None:
    """A port that is taken is told with the way out of it."""
    with service(tmp_path / "one") as (address, _, _):
        port = address.rpartition(":")[2]
        told = refused(run("serve", "--data", str(tmp_path / "two"), "--port", port), 1)
    assert f"port {port}" in told
    assert "--port" in told


@pytest.mark.parametrize(
    ("words", "environ", "named"),
    [
        (["serve", "--port", "http"], {}, "--port is 'http'"),
        (["serve", "--host", "0.0.0.0"], {}, "--insecure-http"),
        (["serve"], {"FISHBOWL_PORTT": "1"}, "FISHBOWL_PORTT"),
        (["serve"], {"FISHBOWL_ADMIN_TOKEN": "short"}, "FISHBOWL_ADMIN_TOKEN"),
        (["serve", "--database", "mysql://db"], {}, "--database"),
        (["serve", "--colour", "blue"], {}, "--colour"),
        (["demo", "--data", "d"], {}, "--data"),
        (["rehearse"], {}, "rehearse"),
        (["verify", "x"], {}, "verify"),
        (["create", "/no/such/file.json"], {}, "/no/such/file.json"),
        (["export", "slug"], {}, "--format"),
        (["export", "slug", "--format", "exe"], {}, "exe"),
        (["export", "slug", "--format", "json", "--version", "secret"], {}, "secret"),
        (["tag"], {}, "--questions"),
    ],
)
def test_what_does_not_fit(tmp_path: Path, words: list[str], environ: dict[str, str], named: str) -> None:
    """What was typed and does not fit is refused by name, with exit 2, before anything is opened."""
    result = run(*words, FISHBOWL_DATA=str(tmp_path / "data"), **environ)
    assert named in refused(result, 2)
    assert not (tmp_path / "data").exists()


def test_a_damaged_store(tmp_path: Path) -> None:
    """A store that is none of ours is refused in a sentence, and stays as it is."""
    (tmp_path / "fishbowl.sqlite3").write_bytes(b"something else entirely")
    for words in (["serve", "--port", "0"], ["admin-link"]):
        told = refused(run(*words, "--data", str(tmp_path)), 1)
        assert "fishbowl.sqlite3" in told
    assert (tmp_path / "fishbowl.sqlite3").read_bytes() == b"something else entirely"


def test_a_directory_that_cannot_be(tmp_path: Path) -> None:
    """A data directory that cannot be made is told so."""
    (tmp_path / "file").write_text("not a directory")
    assert "file" in refused(run("serve", "--port", "0", "--data", str(tmp_path / "file" / "data")), 1)


# Without a service


def test_without_a_service(tmp_path: Path, definition: Path) -> None:
    """Where no service runs, commands open the store themselves; what they made is there for the next."""
    data = str(tmp_path / "data")
    made = json.loads(run("create", str(definition), "--data", data).stdout)
    assert set(made) == {"slug", "links", "tokens"}
    assert made["links"]["public"] == "http://127.0.0.1:8000/debates/high-street"
    assert "called 'high-street' already" in refused(run("create", str(definition), "--data", data), 1)
    assert re.fullmatch(r"http://127.0.0.1:8000/admin#[\w-]{27}\n", run("admin-link", "--data", data).stdout)
    exported = json.loads(run("export", "high-street", "--format", "json", "--data", data).stdout)
    assert exported["debate"]["title"] == DEFINITION["title"]
    assert "never-was" in refused(run("export", "never-was", "--format", "json", "--data", data), 1)
    out = tmp_path / "file.json"
    assert run("export", "high-street", "--format", "json", "--out", str(out), "--data", data).exit_code == 0
    assert json.loads(out.read_text()) == exported


def test_links_are_made_with_the_public_url(tmp_path: Path, definition: Path) -> None:
    """With a public URL the printed links are made of it."""
    words = [
        "create",
        str(definition),
        "--data",
        str(tmp_path / "data"),
        "--public-url",
        "https://debate.example",
    ]
    made = json.loads(run(*words).stdout)
    assert made["links"]["wall"] == "https://debate.example/debates/high-street/wall"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
        ("7", "definition"),
        ("{}", "title"),
        (json.dumps(DEFINITION | {"colour": 1}), "colour"),
        (json.dumps(DEFINITION | {"rules": {"entry": "loudest"}}), "rules.entry"),
    ],
)
def test_malformed_definitions(tmp_path: Path, text: str, named: str) -> None:
    """A definition that cannot be taken is refused by key, value and expectation, and nothing is opened."""
    file = tmp_path / "definition.json"
    file.write_text(text)
    told = refused(run("create", str(file), "--data", str(tmp_path / "data")), 2)
    assert named in told
    assert not (tmp_path / "data").exists()


def test_backup_and_restore(tmp_path: Path, definition: Path) -> None:
    """A backup restored elsewhere has the debate; nothing is ever written over."""
    one, two, file = str(tmp_path / "one"), str(tmp_path / "two"), str(tmp_path / "backup")
    run("create", str(definition), "--data", one)
    assert run("backup", file, "--data", one).exit_code == 0
    assert "exists already" in refused(run("backup", file, "--data", one), 1)
    assert run("restore", file, "--data", two).exit_code == 0
    assert "high-street" in run("export", "high-street", "--format", "json", "--data", two).stdout
    refused(run("restore", file, "--data", two), 1)


# Texts


def lines_of(result: Result) -> list[Any]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_entities() -> None:
    """`entities` gives what stands in each text, with places in code points."""
    (found,) = lines_of(run("entities", stdin='{"id":"a","text":"\U0001f41f @Bo Q3 #x"}\n'))
    assert found == {
        "id": "a",
        "hashtags": [{"text": "x", "start": 9, "end": 11}],
        "mentions": [{"text": "Bo", "start": 2, "end": 5}],
        "links": [],
        "markers": [{"question": 3, "start": 6, "end": 8}],
    }


@pytest.mark.parametrize("kind", ["plain", "definition"])
def test_tag(tmp_path: Path, kind: str) -> None:
    """`tag` takes questions from a definition or a plain list, and answers each text in order."""
    file = tmp_path / "questions"
    plain = "1. Who owns the shops?\n2. Who should own them?\n"
    file.write_text(plain if kind == "plain" else json.dumps(DEFINITION))
    texts: list[dict[str, str]] = [
        {"id": "a", "text": "Q2: the town"},
        {"id": "b", "text": "Agreed", "reply_to": "a"},
        {"id": "c", "text": "Well"},
    ]
    answered = run("tag", "--questions", str(file), stdin="\n".join(map(json.dumps, texts)))
    first, second, third = lines_of(answered)
    assert (first["id"], first["tags"][0]["question"], first["tags"][0]["source"]) == ("a", 2, "marker")
    assert (second["id"], second["tags"][0]["question"], second["tags"][0]["source"]) == ("b", 2, "thread")
    assert (third["id"], third["tags"]) == ("c", [])
    assert sorted(number for number, _ in first["ranking"]) == [1, 2]


@pytest.mark.parametrize("command", ["entities", "tag"])
def test_a_line_that_is_none(tmp_path: Path, command: str) -> None:
    """What was read before a bad line is answered; the bad line is named."""
    (tmp_path / "q").write_text("Who?\n")
    words = [command] + (["--questions", str(tmp_path / "q")] if command == "tag" else [])
    result = run(*words, stdin='{"id":"a","text":"x"}\nnot json\n')
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "2" in result.stderr
    assert "Traceback" not in result.stderr


def test_retention(tmp_path: Path) -> None:
    """What was erased because its days were over is told, a debate to a line, without a service too."""
    data = str(tmp_path / "data")
    assert run("retention", "--data", data).stdout == "Nothing has been erased because its days were over.\n"

    with closing(sqlite3.connect(tmp_path / "data" / DATABASE)) as store, store:
        store.execute("insert into retention_done values ('high-street', 0, 3, 12)")
    told = run("retention", "--data", data).stdout
    assert told == "1970-01-01T00:00:00.000Z high-street: people 3, contributions 12\n"
