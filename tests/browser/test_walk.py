"""A whole debate by keyboard alone, as onlooker, participant and speaker: all is reached, done and seen.

Every stop of the focus is drawn, on the screen and uncovered (keyboard.py); after each step the focus is
somewhere that makes sense; what arrives meanwhile moves nothing.
"""

import re
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import Keyboard
from tests.browser.play import Play
from tests.browser.walked import ANSWER, SAID, SPEAKER, arrives, enters, fills, speaks, walked

pytestmark = pytest.mark.browser

SIZES: Final = pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["wide", "phone"])


@SIZES
def test_an_onlooker(play: Play, size: tuple[int, int]) -> None:
    """Find the debate, read, filter, pause, go back in time, follow an answer, change the language, join."""
    debate = walked(play.service)
    with play:
        author = debate.join()
        fills(author)
        speaks(author)
        says = arrives(author)
        title = debate.onlooker.snapshot()["debate"]["title"]
        reader = enters(play, "onlooker", size).opens_link(play.service.base)
        reader.reaches(title).presses("Enter").opens_the_debate(title).sees(ANSWER)

        reader.presses("Tab").is_on("To the content").presses("Enter")
        reader.reaches("Inner circle").presses("Enter").is_on("Inner circle")
        expect(reader.page).to_have_url(re.compile(r"\?show=inner$"))
        reader.reaches("Q1", back=True).reaches("Everything", back=True).presses("Enter").is_on("Everything")
        expect(reader.contribution(ANSWER)).to_be_visible()

        reader.reaches("Pause").presses("Space").is_on("Go on")
        reader.stays_put(says, "Paused, this waits.").is_on("Go on: 1 waits")
        reader.does_not_see("Paused, this waits.").presses("Space").is_on("Pause")
        expect(reader.contribution("Paused, this waits.")).to_be_visible()

        reader.reaches("Show earlier contributions").presses("Enter")
        expect(reader.contribution("Evening 1 it")).to_have_count(1)
        reader.has_the_focus()
        reader.reaches("", within="Evening 3 it").stays_put(says)

        reader.reaches("EN", back=True).presses("Enter").reaches("Deutsch").presses("Enter")
        expect(reader.page.get_by_role("link", name="Innenkreis")).to_be_visible()
        reader.reaches("DE").presses("Enter").reaches("English").presses("Enter")
        expect(reader.page.get_by_role("link", name="Inner circle")).to_be_visible()
        reader.reaches("Past the contributions").presses("Enter")
        joins(reader)


@SIZES
def test_a_participant(play: Play, size: tuple[int, int]) -> None:
    """Join, write, choose a question, answer, endorse, withdraw, raise a hand, sit and speak, leave."""
    debate = walked(play.service)
    with play:
        author = debate.join()
        speaks(author)
        says = arrives(author)
        me = enters(play, "participant", size).opens_link(f"{play.service.base}/debates/{debate.slug}")
        joins(me)

        me.presses("Tab").is_on("To the content").presses("Tab").is_on("Write a contribution").presses(
            "Enter"
        )
        me.is_on("Your contribution").types("Who swee").stays_put(says).types("ps the hall?")
        me.reaches("Q1\nin focus").presses("Enter").reaches("Q2").presses("Space", "Escape").is_on("Q2")
        me.stays_put(says).reaches("Post").presses("Space").has_posted("Who sweeps the hall?")
        me.sees_tag("Who sweeps the hall?", 2)

        me.reaches("Reply", within=SAID, back=True).stays_put(says).presses("Enter")
        me.is_on("Your contribution").types("I have").presses("Escape").is_on("Your contribution")
        expect(me.page.get_by_text("You answer")).to_be_hidden()
        me.reaches("Reply", within=SAID, back=True).presses("Enter").is_on("Your contribution")
        me.reaches("Do not reply", back=True).presses("Enter").is_on("Your contribution")
        me.reaches("Reply", within=SAID, back=True).presses("Enter").is_on("Your contribution")
        me.types(" a key.").presses("Control+Enter").is_on("Your contribution").has_posted("I have a key.")

        me.reaches("Endorse", within=SAID, back=True).presses("Space").stays_put(says).is_on("Endorse")
        me.sees_endorsed(SAID, 1)
        me.reaches("Withdraw", within="I have a key.").presses("Enter").is_on("Withdraw it")
        me.presses("Escape").is_on("Withdraw").presses("Enter").is_on("Withdraw it").stays_put(says)
        me.presses("Enter").sees_said("This contribution was withdrawn by its author.").has_the_focus()

        me.reaches("Raise a hand", back=True).presses("Enter").is_on("What do you want").types("A key.")
        me.stays_put(says).presses("Enter")
        me.is_offered_a_seat().has_the_focus().reaches("Take the seat", back=True).stays_put(says)
        me.presses("Enter").is_seated().has_the_focus()
        me.reaches("Your contribution").types("From the seat.").presses("Control+Enter")
        me.has_posted("From the seat.").reaches("Leave my seat", back=True).stays_put(says)
        me.presses("Enter").is_not_seated().has_the_focus().reaches("Raise a hand").catches_up()


def test_a_speaker(play: Play) -> None:
    """Come in by the personal link, lend the seat, come back with more time, make room for somebody."""
    debate = walked(play.service)
    with play:
        guest, newcomer = debate.join(), debate.join()
        guest.must("take_seat")
        says = arrives(guest)
        speaker = enters(play, "speaker").opens_link(debate.made["links"]["speakers"][0]["link"])
        speaker.name = SPEAKER
        speaker.is_seated().reaches("Your contribution").types("Good evening.").presses("Control+Enter")
        speaker.has_posted("Good evening.")

        speaker.reaches("Leave my seat", back=True).stays_put(says).presses("Enter")
        speaker.is_not_seated().has_the_focus()
        speaker.reaches("Raise a hand").presses("Enter").is_on("What do you want").presses("Enter")
        speaker.is_offered_a_seat().has_the_focus()
        speaker.reaches("A little more time", back=True).presses("Enter")
        expect(speaker.page.get_by_role("button", name="A little more time")).to_be_hidden()
        speaker.has_the_focus().reaches("Take the seat", back=True).stays_put(says).presses("Enter")
        speaker.is_seated().has_the_focus()

        newcomer.must("raise_hand")
        speaker.is_asked_to_make_room(newcomer.name)
        speaker.has_the_focus().reaches("I make room", back=True).stays_put(says).presses("Enter")
        speaker.is_not_seated().has_the_focus().catches_up()


def joins(somebody: Keyboard) -> None:
    """Join by a made-up name, and take note of it."""
    somebody.reaches("Join").presses("Enter").reaches("Join").presses("Enter")
    welcome = somebody.page.get_by_role("dialog", name=re.compile("^Welcome, "))
    somebody.name = welcome.get_by_role("heading").inner_text().removeprefix("Welcome, ")
    somebody.reaches("To the debate").presses("Enter")
    expect(somebody.page.get_by_role("form", name="Your contribution")).to_be_visible()
