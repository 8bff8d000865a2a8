"""The rule card on pages: what is set is said, in every language, and follows when it changes."""

import re
from html import unescape
from typing import Any

import msgspec
import pytest

from fishbowl.debate.presets import PRESETS
from fishbowl.debate.rule_card import LINES
from fishbowl.debate.vocabulary import Rules
from fishbowl.web.card import card_of, filled_by, set_by
from fishbowl.web.words import LANGUAGES, translations
from tests.web.conftest import ADMIN, House

SET: dict[str, Any] = {**msgspec.to_builtins(Rules()), "door": "open", "audience": "link"}


def said_on(page: str) -> list[str]:
    """The sentences of the card that are shown."""
    card = page.partition('class="rule-card"')[2].partition("</ul>")[0]
    lines = re.findall(r"<li([^>]*)>([^<]*)<", card)
    return [unescape(text) for attributes, text in lines if not attributes.endswith(" hidden")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.rule}={line.value}")
def test_every_sentence_in_every_language(line: Any, language: str) -> None:
    """Each value of each rule is said in each language, with its figures, and in its own words."""
    settings = {**SET, "slow_seconds": 20, "round_seconds": 600}
    settings |= {line.rule: line.value} if line.value else {}
    shown = [
        each.shown
        for each in card_of(settings, language)
        if (each.rule, each.value) == (line.rule, line.value)
    ]
    assert len(shown) == 1
    assert shown[0] is not None
    assert "{" not in shown[0]
    if language != "en":
        assert translations(language).gettext(line.said.words) != line.said.words


async def test_on_the_pages(house: House) -> None:
    """Announced, at the door and in the debate the card says the same, without scripts in one's language."""
    made = await house.debate(door="code", join_code="minnow", rules={"exit": "timed", "turn_seconds": 120})
    await house.move(made, "announced")
    reader = await house.client()
    early = said_on((await reader.get("/debates/high-street")).text)
    assert "Whoever knows the code may join. The chair says it or shows it." in early
    assert "An open seat is yours for 2 min. Then, once somebody waits, you have 1 min to finish." in early
    assert said_on((await reader.get("/join/high-street")).text) == early
    await house.move(made, "lobby", "live")
    assert said_on((await reader.get("/debates/high-street")).text) == early
    chair = await house.browser(made["tokens"]["chair"])
    assert said_on((await chair.get("/debates/high-street/chair")).text) == early
    german = said_on((await reader.get("/debates/high-street", headers={"Accept-Language": "de"})).text)
    assert len(german) == len(early)
    assert not {*german} & {*early}


async def test_it_changes_with_the_rules(house: House) -> None:
    """After the chair set another rule the page says that one."""
    made = await house.live()
    reader = await house.client()
    before = said_on((await reader.get("/debates/high-street")).text)
    command = {"do": "set_rules", "id": "r", "posting": "classic", "slow_seconds": 20}
    await house.command(made, made["tokens"]["chair"], command)
    after = said_on((await reader.get("/debates/high-street")).text)
    assert {*after} - {*before} == {
        "The circle and the chair contribute; whoever wants to, raises a hand.",
        "Between two contributions of one person lie at least 20 s.",
    }


async def test_how_sure_a_guess_must_be(house: House) -> None:
    """The organiser changes from when on a text finds its question by itself; the card says so."""
    made = await house.live()
    organiser = await house.browser(made["tokens"]["organiser"])
    page = (await organiser.get("/debates/high-street/edit")).text
    assert '<input type="radio" name="tagging" value="helpful" checked>' in page
    found = re.search(r'name="was" value="([^"]*)"', page)
    assert found is not None
    data = {"was": unescape(found[1]), "tagging": "everything"}
    await organiser.post("/debates/high-street/edit", data=data)
    reader = await house.client()
    assert (await reader.get("/api/v1/debates/high-street")).json()["debate"]["rules"][
        "tagging"
    ] == "everything"
    (said,) = [line.said.words for line in LINES if (line.rule, line.value) == ("tagging", "everything")]
    assert said in said_on((await reader.get("/debates/high-street")).text)


async def test_closed_doors_say_nothing_of_rules(house: House) -> None:
    """Who has not joined a closed debate learns its title and the way in, no more; of no debate, nothing."""
    made = await house.live(audience="closed")
    reader = await house.client()
    for path in ("/debates/high-street", "/join/high-street", "/join/no-such-debate"):
        assert said_on((await reader.get(path)).text) == []
    speaker = await house.client(made["tokens"]["Ada Lind"])
    assert "Only people who joined may read." in said_on((await speaker.get("/debates/high-street")).text)


@pytest.mark.parametrize("preset", PRESETS)
async def test_a_preset_without_scripts(house: House, preset: str) -> None:
    """Its button fills in the rules and keeps what was typed; the card says what was filled in."""
    admin = await house.browser(ADMIN)
    answer = await admin.post(
        "/debates/new", data={"title": "Whose street?", "exit": "chair", "preset": preset}
    )
    assert answer.status_code == 200
    assert 'value="Whose street?"' in answer.text
    assert house.site.debates.summaries() == []
    rules = PRESETS[preset].rules
    for name in ("posting", "entry", "exit", "moderation"):
        value = getattr(rules, name)
        assert re.search(rf'name="{name}" value="{value}" checked', answer.text), name
    assert f'<option value="{rules.turn_seconds}" selected' in answer.text
    assert [one.shown for one in card_of(set_by(filled_by(PRESETS[preset])), "en") if one.shown] == said_on(
        answer.text
    )
    pressed = re.findall(r'name="preset" value="(\w+)"[^>]*aria-pressed="true"', answer.text)
    assert pressed == [preset]


async def test_a_turn_of_another_length(house: House) -> None:
    """The form changes how long a turn is, and keeps a length that is none of those it offers."""
    made = await house.live(rules={"turn_seconds": 77, "exit": "timed"})
    organiser = await house.browser(made["tokens"]["organiser"])
    page = (await organiser.get("/debates/high-street/edit")).text
    assert '<option value="77" selected>77 s</option>' in page
    was = unescape(re.findall(r'name="was" value="([^"]*)"', page)[0])
    answer = await organiser.post("/debates/high-street/edit", data={"was": was, "turn_seconds": "120"})
    assert answer.status_code == 303
    held = (await organiser.get("/api/v1/debates/high-street")).json()["debate"]["rules"]
    assert (held["turn_seconds"], held["exit"]) == (120, "timed")
