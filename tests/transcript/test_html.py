"""The HTML file: it runs nothing, loads nothing, and its markup says what the log says."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from msgspec import structs
from playwright.sync_api import Browser, sync_playwright

from fishbowl.debate import commands
from fishbowl.debate.definition import QuestionDefinition, SpeakerDefinition
from fishbowl.debate.evolve import fold
from fishbowl.debate.record import Record
from fishbowl.debate.vocabulary import Circle
from fishbowl.transcript import Version
from tests.transcript.invented import Evening, invented_definition, invented_records, people_saying
from tests.transcript.payloads import PAYLOADS
from tests.transcript.readers import Page, written

TAGS = set(
    "html head meta title style body a header p h1 h2 h3 span nav ol ul li main section div b bdi time dl "
    "dt dd table caption thead tbody tr th td article footer svg circle path".split()
)
"""Every element a transcript may hold; none of them runs or loads anything."""
ATTRIBUTES = set(
    "lang charset name content http-equiv class href id aria-label aria-labelledby aria-hidden dir datetime "
    "title scope tabindex rel viewbox width height cx cy r d".split()
)


WITNESS = "<script>function ran() { window.hit = true }</script>"
INK = "parseFloat(getComputedStyle(document.body).color.slice('oklch('.length))"
"""How light the ink is, from 0 to 1."""


@cache
def evening() -> Sequence[Record]:
    return invented_records(500, seed=8)


def page(records: Sequence[Record], version: Version = Version.PUBLIC) -> Page:
    return Page(written("html", records, version))


def attacked() -> list[Record]:
    """A debate with a payload in every field that holds somebody's words."""
    every = " ".join(PAYLOADS)
    definition = invented_definition(
        title=every,
        introduction=every,
        organisation=every,
        help_contact=every,
        speakers=tuple(SpeakerDefinition(each, each, each) for each in PAYLOADS[:20]),
        questions=tuple(QuestionDefinition(each, 5, each) for each in PAYLOADS[:20]),
    )
    evening = Evening(definition, seed=1)
    evening.begin(people=3)
    for payload in PAYLOADS:
        assert evening.ask(evening.participants[0], commands.Post(id="", text=payload))
        assert evening.chair(commands.Announce(id="", text=payload))
        assert evening.chair(commands.EditQuestion(id="", question=1, text=payload))
    for number, payload in enumerate(PAYLOADS, 1):
        if number % 3 == 0:
            hide = commands.Hide(id="", contribution=number, reason=payload, note=payload)
            assert evening.ask(evening.moderator, hide)
    assert evening.chair(commands.FreeSeat(id="", seat=1, reason=every[:200]))
    return [_renamed(record) for record in evening.records]


STANDS_FOR = re.compile(r"[PSCMO]\d+|\[(?:phone|e-mail|address|school|account)\]")


def _is_redacted(said: str, payload: str) -> bool:
    """Whether `said` is `payload` with nothing changed but names, and parts of them, for what stands for
    them.
    """
    kept = map(re.escape, STANDS_FOR.split(said))
    found = re.fullmatch("(.+?)".join(kept), payload, re.DOTALL)
    names = [name.casefold() for name in PAYLOADS]
    return found is not None and all(
        any(each.casefold() in name for name in names) for each in found.groups()
    )


def _renamed(record: Record) -> Record:
    """Participants are given pseudonyms; here they are called what no name would be let through for."""
    name = PAYLOADS[record.seq % len(PAYLOADS)]
    known = getattr(record.event, "person", None) is not None and hasattr(record.event, "handle")
    return structs.replace(record, event=structs.replace(record.event, name=name)) if known else record


@pytest.mark.parametrize("version", Version)
def test_runs_nothing(version: Version) -> None:
    """Whatever anybody writes anywhere, the file holds only plain elements and attributes, and its links
    lead within the file or to the web.
    """
    found = page(attacked(), version)
    assert {tag for tag, _ in found.tags} <= TAGS
    assert {name for _, attributes in found.tags for name in attributes} <= ATTRIBUTES
    assert sum(1 for tag, _ in found.tags if tag == "style") == 1
    for tag, attributes in found.tags:
        if "href" in attributes:
            assert tag == "a"
            assert re.match(r"(#[a-z0-9-]+|https?://[^\s\"'<>]+)$", attributes["href"] or ""), attributes
    shown = [article.text for article in found.articles if not article.withheld]
    expected = [payload for number, payload in enumerate(PAYLOADS, 1) if number % 3]
    assert len(shown) == len(expected)
    # Names are made of the same words, and where they are replaced, so are those.
    if version is Version.REDACTED:
        for said, payload in zip(shown, expected, strict=True):
            assert said is not None
            assert _is_redacted(said, payload), said
    else:
        assert shown == expected
    if version is Version.ORGANISER:
        assert [article.text for article in found.articles] == list(PAYLOADS)


def test_loads_nothing() -> None:
    """The file needs nothing beside itself: no address in its style, and a policy that would refuse one."""
    file = written("html", evening())
    style = file[file.index("<style>") : file.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    policies = [attributes["content"] for _, attributes in page(evening()).tags if "http-equiv" in attributes]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_anchors() -> None:
    """Every contribution has its anchor, every question and stage direction too, none is there twice, and
    every link within the file leads somewhere.
    """
    found = page(evening())
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    state = fold(evening())
    assert len(ids) == len(set(ids))
    assert {f"c{number}" for number in state.contributions} <= set(ids)
    assert {f"q{number}" for number in state.questions} <= set(ids)
    links = {attributes["href"] for _, attributes in found.tags if "href" in attributes}
    assert {link[1:] for link in links if link and link.startswith("#")} <= set(ids)


def test_landmarks() -> None:
    """One main, one navigation, one first heading; a second heading and a labelled section per question."""
    tags = page(evening()).tags
    for once in ("main", "nav", "h1", "header", "footer", "title"):
        assert sum(1 for tag, _ in tags if tag == once) == 1, once
    sections = [attributes for tag, attributes in tags if tag == "section"]
    headings = {attributes.get("id") for tag, attributes in tags if tag == "h2"}
    assert {section["aria-labelledby"] for section in sections} <= headings
    assert [section["id"] for section in sections] == [
        *("about", "opening", "q1", "q2", "q3", "q4", "q5", "q6", "no-question", "circle")
    ]


def test_circles_and_depth() -> None:
    """A contribution is marked inner or outer as the log has it, and nested as deep as its thread goes, to
    five.
    """
    stated = fold(evening()).contributions
    articles = page(evening()).articles
    assert {article.depth for article in articles} >= {0, 1, 2, 3}
    for article in articles:
        contribution = stated[article.number]
        assert str(contribution.circle) in article.classes
        assert article.depth == min(5, contribution.path.count("."))
    assert {stated[article.number].circle for article in articles} == set(Circle)


def test_languages() -> None:
    """A text that is not in the page's language says which it is in; the page says its own."""
    found = page(evening())
    stated = fold(evening()).contributions
    assert found.language == "en"
    languages = {stated[article.number].language for article in found.articles}
    assert {"de", "cy", None} <= languages
    for article in found.articles:
        if article.text is not None:
            assert article.language == stated[article.number].language
    german = Page(written("html", evening(), say=_loud, language="de"))
    spoken = {article.language for article in german.articles if article.text is not None}
    assert german.language == "de"
    assert spoken == {"en", "cy", "fr", None}


def test_speaks_the_readers_language() -> None:
    """Every sentence of ours is said through `say`; people's own words are left alone."""
    texts = ["Quiet words, said once."]
    plain = "".join(Page(written("html", people_saying(texts))).said)
    loud = Page(written("html", people_saying(texts), say=_loud))
    said = "".join(loud.said)
    assert loud.articles[0].text == texts[0]
    for sentence in ("The debate began.", "About this debate", "People who joined", "outer circle"):
        assert sentence in plain
        assert sentence not in said
        assert sentence.upper() in said


def _loud(sentence: str) -> str:
    """The sentence in capitals, its placeholders as they are."""
    return "".join(
        part if part.startswith("{") else part.upper() for part in re.split(r"(\{[^}]*\})", sentence)
    )


def test_links() -> None:
    """A link in a text leads where it says; a bare domain is led to over https; nothing else is a link."""
    records = people_saying(
        ["see a.example.org/b?c=d&e, httpbin.example.org HTTP://x.example.com, ftp://f.example.com, #tag"]
    )
    links = [a["href"] for tag, a in page(records).tags if tag == "a" and a.get("rel")]
    assert links == [
        "https://a.example.org/b?c=d&e",
        "https://httpbin.example.org",
        "HTTP://x.example.com",
    ]


@pytest.fixture
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.browser
def test_nothing_runs_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    """In a real browser, and without the policy that would stop it, nothing that was written runs; a payload
    that was not escaped would be noticed.
    """
    escaped, bare = tmp_path / "escaped.html", tmp_path / "bare.html"
    page = written("html", attacked(), Version.ORGANISER)
    escaped.write_text(re.sub("<meta http-equiv=.*>", WITNESS, page))
    bare.write_text(WITNESS + PAYLOADS[0])
    tab = browser.new_page()
    tab.goto(bare.as_uri())
    assert tab.evaluate("window.hit") is True
    tab.goto(escaped.as_uri())
    assert tab.evaluate("typeof ran") == "function"
    assert tab.evaluate("window.hit") is None


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_in_a_browser(browser: Browser, tmp_path: Path, width: int) -> None:
    """A phone and a screen show the page without scrolling sideways, find a contribution by its anchor, and
    fetch nothing; on paper it is dark on white, also where the screen is dark.
    """
    file = tmp_path / "evening.html"
    file.write_text(written("html", evening()))
    tab = browser.new_page(viewport={"width": width, "height": 800}, color_scheme="dark")
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(file.as_uri() + "#c7")
    assert len(asked) == 1
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate("Math.abs(document.querySelector('#c7').getBoundingClientRect().top) < 800")
    on_screen = tab.evaluate(INK)
    tab.emulate_media(media="print", color_scheme="dark")
    on_paper = tab.evaluate(INK)
    assert on_screen > 0.8 > 0.4 > on_paper
    assert tab.pdf(format="A4").startswith(b"%PDF-")
