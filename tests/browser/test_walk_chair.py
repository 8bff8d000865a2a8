"""A whole debate by keyboard alone, as organiser and chair: from set-up to archive, by Tab and by key.

Held to the same as in test_walk.py.
"""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.keyboard import Keyboard
from tests.browser.play import Play
from tests.browser.walked import ANSWER, SAID, arrives, enters, speaks, walked
from tests.e2e.client import Debate

pytestmark = pytest.mark.browser


def test_an_organiser(play: Play) -> None:
    """Set a debate up, put right what was wrong, copy and revoke a link, take the transcript home."""
    with play:
        organiser = enters(play, "organiser", permissions=["clipboard-read", "clipboard-write"]).opens_link(
            play.administrator_link
        )
        expect(organiser.page.get_by_role("link", name="New debate")).to_be_visible()
        organiser.reaches("New debate").presses("Enter").reaches("Title").types("Who sweeps the hall?")
        organiser.expects("status of 422").reaches("Make the debate").presses("Enter").has_the_focus()
        organiser.reaches("Date").presses("Enter").is_on("Date").types("12122026")
        organiser.reaches("Starts at").types("0700PM").reaches("Kick-off questions")
        organiser.types("1. Who has a broom?").presses("Enter").types("2. Who should?")
        organiser.reaches("Speakers").types("Adaeze Obi, caretaker")
        organiser.reaches("Anybody").presses("ArrowDown", "ArrowUp").is_on("Anybody")
        organiser.reaches("Make the debate").presses("Enter")

        expect(organiser.page.get_by_role("heading", name="Links", level=1)).to_be_visible()
        organiser.reaches("Copy").presses("Enter").is_on("Cop")
        organiser.reaches("Revoke", within="Adaeze Obi").presses("Enter").is_on("Revoke the link")
        organiser.presses("Escape")
        expect(organiser.page.get_by_role("dialog")).to_have_count(0)
        organiser.is_on("Revoke").presses("Enter").is_on("Revoke the link").presses("Enter")
        revoked = organiser.page.get_by_role("listitem").filter(has_text="Adaeze Obi")
        expect(revoked).to_contain_text("revoked")
        with organiser.page.expect_download() as download:
            organiser.reaches("Plain text").presses("Enter")
        assert download.value.suggested_filename.endswith(".txt")


def test_a_chair_opens_doors_and_steers(play: Play) -> None:
    """Open the doors, go live, bring questions into focus by list and by key, pause, announce, freeze."""
    debate = walked(play.service, "announced")
    with play:
        chair = at_the_console(play, debate)
        chair.reaches("Lobby").presses("Enter")
        is_in(chair, "Lobby").has_the_focus()
        says = arrives(debate.chair)
        chair.reaches("Live").stays_put(says).presses("Space")
        is_in(chair, "Live").has_the_focus()

        chair.reaches("Q2\nWho").stays_put(says).presses("Enter").is_on("Q2\nWho")
        has_in_focus(chair, 2).presses("n")
        has_in_focus(chair, 3).presses("b")
        has_in_focus(chair, 2).reaches("Next: Q3").presses("Enter")
        has_in_focus(chair, 3).has_the_focus().presses("z")
        has_in_focus(chair, 2)

        chair.presses("a").is_on("Announce").types("Ten minutes more").stays_put(says).presses("Enter")
        expect(chair.page.get_by_text("Last: Ten minutes more")).to_be_visible()
        chair.is_on("Announce").presses("Escape").has_the_focus().presses("f")
        expect(chair.page.get_by_role("button", name="Unfreeze")).to_be_visible()
        chair.reaches("Unfreeze").presses("Space").is_on("Freeze")
        chair.reaches("Pause", back=True).presses("Space").is_on("Go on").presses("Space").is_on("Pause")

        chair.reaches("More").presses("Enter").reaches("Rules").presses("Enter")
        chair.reaches("Everybody who joined").presses("ArrowDown").is_on("Everybody, in two streams")
        chair.presses("ArrowDown").is_on("The circle only").reaches("Set these rules").presses("Enter")
        expect(chair.page.get_by_role("dialog")).to_have_count(0)
        chair.has_the_focus()


def test_a_chair_works_on_the_floor(play: Play) -> None:
    """Choose, tag by digit, hide with a reason, restore, highlight, answer, undo."""
    debate = walked(play.service)
    with play:
        author = debate.join()
        speaks(author)
        says = arrives(author)
        chair = at_the_console(play, debate).sees(ANSWER)
        chair.presses("g").has_the_focus().presses("k")
        said = chair.contribution(SAID)
        expect(said).to_be_focused()
        chair.stays_put(says).presses("3").sees_tag(SAID, 3).presses("Shift+Digit1").sees_tag(SAID, 3, 1)
        chair.presses("0").sees_tag(SAID).presses("z").sees_tag(SAID, 3, 1)

        chair.presses("h")
        chair.is_on("Off topic").stays_put(says).presses("Escape")
        expect(said).to_be_focused()
        chair.presses("h").is_on("Off topic").presses("3")
        expect(said).to_contain_text("This contribution was hidden")
        expect(said).to_be_focused()
        chair.presses("h")
        expect(said).not_to_contain_text("This contribution was hidden")
        chair.reaches("Highlight").presses("Space").is_on("Highlight").sees_highlighted(SAID)
        chair.reaches("Hide").presses("Enter").reaches("Do not hide it").presses("Enter").is_on("Hide")

        chair.reaches("Reply", back=True).presses("Enter").is_on("Your contribution")
        chair.types("Ask the caretaker.").stays_put(says).presses("Control+Enter").has_posted(
            "Ask the caretaker."
        ).presses("Escape")
        expect(said).to_be_focused()
        chair.presses("ArrowDown").has_the_focus().presses("c").is_on("Your contribution")


def test_a_chair_fills_the_circle(play: Play) -> None:
    """Seat a hand, free a seat with a reason, open another, invite somebody found by name."""
    debate = walked(play.service)
    with play:
        sitting, waiting, last = debate.join(), debate.join(), debate.join()
        sitting.must("take_seat")
        waiting.must("raise_hand")
        says = arrives(last)
        chair = at_the_console(play, debate)
        chair.reaches(f"Free: Seat 2, {sitting.name}").stays_put(says).presses("Enter")
        chair.reaches("Time for somebody new").presses("Enter").is_on("Why?")
        chair.reaches("Free it now").presses("Enter").has_the_focus()
        expect(a_seat(chair, waiting.name)).to_contain_text("to answer")
        chair.presses("s")
        expect(a_seat(chair, waiting.name)).not_to_contain_text("to answer")
        chair.has_the_focus().reaches("Open a seat", back=True).presses("Enter").is_on("Open a seat")
        chair.reaches("Invite: Seat 3").stays_put(says).presses("Enter").is_on("Find by name")
        chair.types(last.name).reaches(f"Seat now: {last.name}").presses("Enter").has_the_focus()
        expect(a_seat(chair, last.name)).to_contain_text("seat 3")
        chair.reaches("By code").presses("Enter").is_on("Code people need")
        chair.types("kingfisher").presses("Enter")
        expect(chair.page.get_by_role("button", name="By code")).to_have_attribute("aria-pressed", "true")


def test_a_chair_changes_a_key_and_closes(play: Play) -> None:
    """List the keys, change one, switch one off, then all; wrap up, end and archive."""
    debate = walked(play.service)
    with play:
        says = arrives(debate.join())
        chair = at_the_console(play, debate)
        has_in_focus(chair, 1).presses("?").is_on("Single keys").stays_put(says)
        chair.reaches("next question into focus").presses(";")
        chair.reaches("question before into focus").presses("Backspace", "Escape")
        expect(chair.page.get_by_role("dialog")).to_have_count(0)
        chair.presses("n", "b", ";")
        has_in_focus(chair, 2).presses("b")
        chair.presses("?").is_on("Single keys").presses("Space").reaches("Done").presses("Enter", ";", "?")
        expect(chair.page.get_by_role("dialog")).to_have_count(0)
        has_in_focus(chair, 2).reaches("More").presses("Enter").reaches("Keys").presses("Enter")
        chair.is_on("Single keys").presses("Space")
        chair.reaches("All keys as they came").presses("Enter", "Escape").has_the_focus().presses("n")
        has_in_focus(chair, 3)

        for phase, answer in (("Wrap-up", "Wrap up"), ("End", "End the debate"), ("Archive", "Archive it")):
            chair.reaches(phase).presses("Enter").has_the_focus().reaches("Not yet")
            chair.presses("Enter").is_on(phase).presses("Enter").reaches(answer).presses("Enter")
            is_in(chair, phase).has_the_focus()
        chair.reaches("Transcript")


def at_the_console(play: Play, debate: Debate) -> Keyboard:
    chair = enters(play, "chair").opens_link(debate.made["links"]["chair"])
    expect(chair.page).to_have_url(re.compile("/chair$"))
    expect(chair.page.get_by_role("list", name="Phase").get_by_role("listitem")).to_have_count(4)
    return chair


def is_in(chair: Keyboard, phase: str) -> Keyboard:
    now = chair.page.get_by_role("list", name="Phase").get_by_role("button", name=phase, exact=True)
    expect(now).to_have_attribute("aria-current", "step")
    return chair


def has_in_focus(chair: Keyboard, question: int) -> Keyboard:
    listed = chair.page.get_by_role("list", name=re.compile("^Questions"))
    row = listed.get_by_role("button", name=re.compile(rf"^Q{question}\b"))
    expect(row).to_have_attribute("aria-pressed", "true")
    return chair


def a_seat(chair: Keyboard, name: str) -> Locator:
    seats = chair.page.get_by_role("list", name="Seats", exact=True).get_by_role("listitem")
    return seats.filter(has_text=name)
