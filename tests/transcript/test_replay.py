"""The replay: one file that plays what the transcript's JSON says, runs nothing else and asks nobody."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from fishbowl.transcript import Transcript, Version, replay, transcript
from tests.transcript.invented import invented_records
from tests.transcript.readers import written
from tests.transcript.test_html import WITNESS, attacked

DATA = re.compile(r'<script type="application/json" id="transcript">\n(.*?)\n</script>', re.DOTALL)


def evening(version: Version = Version.PUBLIC) -> Transcript:
    return transcript(invented_records(260, seed=7), version)


@pytest.mark.parametrize("version", Version)
def test_holds_the_json(version: Version) -> None:
    """What it plays from is the JSON of its version, and nothing of another version stands beside it."""
    file = "".join(replay.render(evening(version)))
    (data,) = DATA.findall(file)
    assert json.loads(data) == json.loads(written("json", invented_records(260, seed=7), version))
    hidden = [each.text for each in evening(Version.ORGANISER).contributions if each.status == "hidden"]
    alone = [text for text in hidden if text and json.dumps(text) not in data]
    assert bool(alone) == (version is not Version.ORGANISER)
    for text in alone:
        assert text not in file


def test_runs_its_own_script_alone() -> None:
    """Its policy names the digest of the one script there is, and allows nothing to be fetched."""
    file = "".join(replay.render(evening()))
    (script,) = re.findall(r'<script type="module">(.*?)</script>', file, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in replay.policy()
    assert replay.policy().startswith("default-src 'none';")
    assert len(re.findall("<script", file)) == 3
    assert "url(" not in file
    assert "import " not in script.replace("important", "")


@pytest.fixture
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser: Browser, file: Path, html: str, asked: list[str]) -> Page:
    file.write_text(html)
    page = browser.new_page(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(str(error)))
    page.on("console", lambda message: asked.append(message.text))
    page.goto(file.as_uri())
    return page


@pytest.mark.browser
def test_plays(browser: Browser, tmp_path: Path) -> None:
    """By keyboard it plays and pauses, goes on and back; at the end all that was said has been there, and on
    the way seats and questions were what the transcript says. It asks for nothing and fits a phone.
    """
    whole, asked = evening(), list[str]()
    page = opened(browser, tmp_path / "replay.html", "".join(replay.render(whole)), asked)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.locator("#play")).to_have_text("Play")
    expect(page.locator("#threads article")).to_have_count(0)
    page.locator("#speed").select_option("120")
    page.locator("h1").click()
    page.keyboard.press("k")
    expect(page.locator("#play")).to_have_text("Pause")
    expect(page.locator("#threads article").first).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator("#play")).to_have_text("Play")
    page.locator("#time").focus()
    page.keyboard.press("End")
    expect(page.locator("#count")).to_have_text(f"contributions: {len(whole.contributions)}")
    last = whole.contributions[-1]
    newest = page.locator("#threads article.newest")
    expect(newest).to_contain_text(f"{last.contribution} · ")
    expect(newest).to_contain_text(str(last.author.name))
    page.keyboard.press("Home")
    expect(page.locator("#threads article")).to_have_count(0)
    speaker = next(each for each in whole.sittings if each.role == "speaker")
    expect(page.locator(f"#seat-{speaker.seat} b")).to_have_text(str(speaker.name))
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator("#questions [aria-current]")).to_have_count(1)
    assert asked == [(tmp_path / "replay.html").as_uri()]


@pytest.mark.browser
def test_nothing_else_runs(browser: Browser, tmp_path: Path) -> None:
    """Whatever people wrote anywhere, none of it runs, also without the policy that would stop it."""
    html = "".join(replay.render(transcript(attacked(), Version.ORGANISER)))
    page = opened(browser, tmp_path / "attacked.html", re.sub("<meta http-equiv=.*>", WITNESS, html), [])
    page.locator("#time").focus()
    page.keyboard.press("End")
    expect(page.locator("#threads article")).not_to_have_count(0)
    assert page.evaluate("typeof ran") == "function"
    assert page.evaluate("window.hit") is None
