"""When it is one's move: the title calls, whoever wants it hears a sound, and afterwards all is as it was."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.person import Person
from tests.browser.play import Play
from tests.e2e.client import Debate
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

TITLE = "What should a town library be for?"
HEARD = """
window.heard = {notes: 0, vibrations: 0};
const start = OscillatorNode.prototype.start;
AudioScheduledSourceNode.prototype.start = function (...at) {
  window.heard.notes += 1;
  return start.apply(this, at);
};
navigator.vibrate = () => (window.heard.vibrations += 1, true);
"""
BELL = {"notes": 2, "vibrations": 1}
SILENCE = {"notes": 0, "vibrations": 0}


def comes_in(play: Play, debate: Debate, who: str) -> Person:
    """Somebody who has joined, and whose page notes every sound it makes."""
    person = play.enters(who, Person)
    person.page.add_init_script(HEARD)
    return person.opens_link(f"{debate.service.base}/debates/{debate.slug}").joins()


def sound(person: Person) -> Locator:
    """The switch, beside the hand and the seat."""
    return person.page.get_by_role("button", name="Sound and vibration when it is my turn")


def heard(person: Person) -> object:
    return person.page.evaluate("window.heard")


def test_the_title_calls(play: Play, service: Service) -> None:
    """An offered seat and "who makes room?" stand first in the title, for their reader, while they last."""
    debate = new_debate(service, "live")
    with play:
        speaker = play.enters("speaker", Person)
        speaker.name = debate.speakers[0].name
        speaker.opens_link(f"{service.base}/join/{debate.slug}#{debate.speakers[0].token}")
        cleo, dan = comes_in(play, debate, "cleo"), comes_in(play, debate, "dan")
        cleo.raises_hand().is_offered_a_seat()
        expect(cleo.page).to_have_title(f"Seat 3: your turn · {TITLE}")
        expect(speaker.page).to_have_title(TITLE)
        cleo.takes_the_seat()
        expect(cleo.page).to_have_title(TITLE)

        dan.raises_hand()
        expect(speaker.page).to_have_title(f"Who makes room? · {TITLE}")
        expect(dan.page).to_have_title(TITLE)
        expect(cleo.page).to_have_title(TITLE)
        speaker.makes_room()
        expect(speaker.page).to_have_title(TITLE)
        expect(dan.page).to_have_title(f"Seat 1: your turn · {TITLE}")
        dan.reloads().is_offered_a_seat()
        expect(dan.page).to_have_title(f"Seat 1: your turn · {TITLE}")


def test_the_sound_is_off_until_it_is_switched_on(play: Play, service: Service) -> None:
    """Nobody is startled: without the switch nothing sounds, and nothing is fetched for it."""
    debate = new_debate(service, "live")
    with play:
        cleo = comes_in(play, debate, "cleo")
        expect(sound(cleo)).to_have_attribute("aria-pressed", "false")
        cleo.raises_hand().is_offered_a_seat()
        expect(cleo.page).to_have_title(re.compile("^Seat 3: your turn"))
        assert heard(cleo) == SILENCE
        assert "bell.js" not in cleo.page.evaluate(
            'performance.getEntriesByType("resource").map(({ name }) => name).join()'
        )


def test_the_sound_is_heard_once_and_kept(play: Play, service: Service) -> None:
    """Switched on it sounds at once, as a sample, then once per call; this browser remembers it."""
    debate = new_debate(service, "live")
    with play:
        cleo = comes_in(play, debate, "cleo")
        sound(cleo).click()
        cleo.page.wait_for_function("window.heard.notes === 2")
        cleo.reloads()
        expect(sound(cleo)).to_have_attribute("aria-pressed", "true")
        assert heard(cleo) == SILENCE
        cleo.raises_hand().is_offered_a_seat()
        cleo.page.wait_for_function("window.heard.notes === 2")
        cleo.takes_the_seat()
        debate.chair.must("post", text="Welcome.")
        cleo.sees("Welcome.")
        assert heard(cleo) == BELL
        sound(cleo).click()
        cleo.leaves_the_seat().raises_hand().is_offered_a_seat()
        assert heard(cleo) == BELL


def test_onlookers_have_no_switch(play: Play, service: Service) -> None:
    """Whom nobody will call is offered no call."""
    debate = new_debate(service, "live")
    debate.chair.must("post", text="Welcome.")
    with play:
        onlooker = play.enters("onlooker", Person)
        onlooker.opens_link(f"{service.base}/debates/{debate.slug}").sees("Welcome.")
        expect(sound(onlooker)).to_be_hidden()
