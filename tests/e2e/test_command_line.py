"""The commands, beside a running service and without one."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.client import Debate
from tests.e2e.conftest import StartService, new_debate
from tests.e2e.service import CHECKOUT, Service
from tests.e2e.test_http import GOOD

REAL = CHECKOUT.parent / "shared/data/neet-to-pete.json"


def _create(service: Service, definition: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    file = service.data.parent / "definition.json"
    file.write_text(json.dumps(definition), "utf-8")
    return service.command("create", str(file))


def test_create_and_export_with_the_service_and_without(start_service: StartService) -> None:
    """`create` and `export` do the same whether the service of that data directory runs or not."""
    service = start_service()
    running = _create(service, {**GOOD, "slug": "while-running"})
    assert running.returncode == 0, running.stderr
    debate = Debate(service, json.loads(running.stdout))
    debate.move_on_to("live")
    debate.join().must("post", text="#spoilt and said aloud")
    debate.chair.must("move_to", phase="wrap_up")
    with_service = service.command("export", "while-running", "--format", "json")
    assert with_service.returncode == 0, with_service.stderr
    assert "said aloud" in with_service.stdout

    service.stop()
    stopped = _create(service, {**GOOD, "slug": "while-stopped"})
    assert stopped.returncode == 0, stopped.stderr
    without = service.command("export", "while-running", "--format", "json")
    assert without.stdout == with_service.stdout, "the same seq gives the same bytes"

    service.start()
    made = Debate(service, json.loads(stopped.stdout))
    assert made.organiser.snapshot()["debate"]["phase"] == "draft"
    assert set(json.loads(stopped.stdout)) == set(json.loads(running.stdout))


@pytest.mark.parametrize("runs", [True, False], ids=["running", "stopped"])
def test_create_refuses_by_name(start_service: StartService, runs: bool) -> None:
    """A malformed definition, a slug taken, a file that is none: a failure and a sentence, no traceback."""
    service = start_service()
    taken = _create(service, {**GOOD, "slug": "taken-already"})
    assert taken.returncode == 0, taken.stderr
    service.secrets |= set(json.loads(taken.stdout)["tokens"].values())
    if not runs:
        service.stop()
    for definition, named in (
        ({**GOOD, "colour": "red"}, "colour"),
        ({**GOOD, "slug": "taken-already"}, "taken-already"),
        ({**GOOD, "rules": {"entry": "loudest"}}, "entry"),
    ):
        refused = _create(service, definition)
        assert refused.returncode != 0
        assert named in refused.stderr
        assert "Traceback" not in refused.stderr
        assert refused.stdout == ""
    missing = service.command("create", "no-such-file.json")
    assert missing.returncode != 0
    assert "no-such-file.json" in missing.stderr
    unknown = service.command("export", "no-such-debate", "--format", "md")
    assert unknown.returncode != 0
    assert "no-such-debate" in unknown.stderr
    strange = service.command("export", "taken-already", "--format", "papyrus")
    assert strange.returncode != 0
    assert "papyrus" in strange.stderr


def test_second_service_is_refused(start_service: StartService) -> None:
    """A second `serve` on the same data directory is refused by name; the first runs on."""
    service = start_service()
    second = service.command("serve", "--port", "0", "--data", str(service.data))
    assert second.returncode != 0
    assert str(service.data) in second.stderr
    assert "Traceback" not in second.stderr
    new_debate(service)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FISHBOWL_PER_ADRESS", "0"),
        ("FISHBOWL_PER_ADDRESS", "many"),
        ("FISHBOWL_ADMIN_TOKEN", "short"),
        ("FISHBOWL_PORT", "70000"),
        ("FISHBOWL_HOST", "0.0.0.0"),
    ],
)
def test_malformed_setting_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    """An unknown variable, or a value that does not fit, stops the start and is named."""
    service = Service(tmp_path / "data", {name: value})
    refused = service.command("serve")
    assert refused.returncode != 0
    assert name in refused.stderr or "--insecure-http" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_link_for_the_administrator_is_printed_once(tmp_path: Path) -> None:
    """The first start prints a link that makes its reader the administrator; the next does not."""
    service = Service(tmp_path / "data", admin_token=None)
    service.start()
    service.stop()
    first = service.output
    service.start()
    service.stop()
    assert first.count("#") == 1, first
    assert service.output.count("#") == 1, service.output
    new = service.command("admin-link")
    assert new.returncode == 0
    assert "#" in new.stdout


@pytest.mark.skipif(not REAL.exists(), reason="needs ../shared/data/neet-to-pete.json")
def test_formats_agree(start_service: StartService) -> None:
    """The real debate in every format: served and exported alike, and the same bytes each time."""
    service = start_service()
    debate = Debate(service, json.loads(_create(service, json.loads(REAL.read_text("utf-8"))).stdout))
    debate.move_on_to("live")
    debate.chair.must("set_rules", pace_per_minute=0)
    member = debate.join()
    for number in range(30):
        member.must(
            "post", text=f"Point {number} Q{number % 7 + 1} #govint", **({"reply_to": 1} if number else {})
        )
    debate.chair.must("move_to", phase="wrap_up")
    for ending in ("html", "md", "txt", "csv", "json"):
        served = debate.page(f"/transcript.{ending}").content
        assert debate.page(f"/transcript.{ending}").content == served
        exported = service.command("export", debate.slug, "--format", ending, "--version", "public")
        assert exported.stdout.encode() == served.replace(b"\r\n", b"\n"), ending
        counted = Counter(f"Point {number} " in served.decode() for number in range(30))
        assert counted == {True: 30}, ending


def test_entities_and_tags(tmp_path: Path) -> None:
    """`entities` and `tag` read JSON lines and answer each, in order."""
    questions = tmp_path / "questions.txt"
    questions.write_text("Who is the library for?\nWho pays for the library?\n", "utf-8")
    entities = _pipe(["entities"], [{"id": "a", "text": "@Chair #fish Q2 https://example.org/x"}])
    assert entities[0]["hashtags"] == [{"text": "fish", "start": 7, "end": 12}]
    assert entities[0]["mentions"] == [{"text": "Chair", "start": 0, "end": 6}]
    assert entities[0]["links"] == [{"url": "https://example.org/x", "start": 16, "end": 37}]
    assert [(each["question"], each["start"], each["end"]) for each in entities[0]["markers"]] == [
        (2, 13, 15)
    ]
    texts = [{"id": "a", "text": "Q2 the town"}, {"id": "b", "text": "yes", "reply_to": "a"}]
    tags = _pipe(["tag", "--questions", str(questions)], texts)
    assert [(line["id"], [(tag["question"], tag["source"]) for tag in line["tags"]]) for line in tags] == [
        ("a", [(2, "marker")]),
        ("b", [(2, "thread")]),
    ]
    assert all(sorted(number for number, _ in line["ranking"]) == [1, 2] for line in tags)


def _pipe(arguments: list[str], lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "fishbowl", *arguments],
        input="".join(json.dumps(line) + "\n" for line in lines),
        capture_output=True,
        text=True,
        check=True,
        cwd=CHECKOUT,
        timeout=60,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]
