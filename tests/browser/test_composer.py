"""The composer, as whoever writes meets it: what it counts, shows, keeps, refuses and gives back."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.play import Play
from tests.browser.traveller import Traveller
from tests.e2e.client import Debate
from tests.e2e.conftest import new_debate
from tests.e2e.service import Service

pytestmark = pytest.mark.browser

TEXT = "A kettle behind the counter."
Board = Callable[[Debate], Traveller]


@pytest.fixture
def board(play: Play) -> Board:
    """Somebody who has joined a debate."""

    def board(debate: Debate) -> Traveller:
        address = f"{debate.service.base}/debates/{debate.slug}"
        return play.enters("cleo", Traveller).opens_link(address).joins().sees_phase("Live")

    return board


def composer(cleo: Traveller) -> Locator:
    return cleo.page.get_by_role("form", name="Your contribution")


def stored(debate: Debate) -> list[str]:
    return [one["text"] for one in debate.chair.snapshot()["contributions"]]


@pytest.mark.parametrize("one", ["👨‍👩‍👧", "🇩🇪", "👍🏽", "e\u0301", "ŵ", "ก็", "3\ufe0f\u20e3"])
def test_what_a_reader_sees_as_one_counts_as_one(
    play: Play, service: Service, board: Board, one: str
) -> None:
    """Families, flags, skin tones, keycaps and combined letters take the room of one character."""
    debate = new_debate(service, "live", rules={"max_length": 140})
    with play:
        cleo = board(debate).begins_to_write(one * 3)
        expect(composer(cleo)).to_contain_text("137 left")


def test_a_text_too_long_is_not_sent(play: Play, service: Service, board: Board) -> None:
    """One says by how much it is too long, and what to do; nothing is sent, nothing is lost."""
    debate = new_debate(service, "live", rules={"max_length": 140})
    long = "x" * 141
    with play:
        cleo = board(debate).begins_to_write(long)
        expect(composer(cleo)).to_contain_text("1 too many")
        composer(cleo).get_by_role("button", name="Post").click()
        expect(composer(cleo).get_by_role("alert")).to_contain_text("shorten it a little")
        cleo.is_still_writing(long)
        assert stored(debate) == []
        cleo.begins_to_write(long[1:])
        expect(composer(cleo).get_by_role("alert")).to_be_hidden()
        cleo.sends_what_was_written().has_posted(long[1:])


def test_personal_data_is_asked_about_first(play: Play, service: Service, board: Board) -> None:
    """One is told what it looks like, and the text stays; changed it goes out, as it is to a moderator."""
    debate = new_debate(service, "live")
    text = "Ring me on 07700 900123."
    with play:
        cleo = board(debate).begins_to_write(text)
        post = composer(cleo).get_by_role("button", name="Post")
        warning = composer(cleo).get_by_role("alert")
        post.click()
        expect(warning).to_contain_text("looks like a phone number")
        cleo.is_still_writing(text)
        assert stored(debate) == []
        cleo.begins_to_write("Ring me tomorrow, 07700 900123.")
        expect(warning).to_be_hidden()
        post.click()
        expect(warning).to_contain_text("looks like a phone number")
        cleo.begins_to_write("Ask me here.").sends_what_was_written().has_posted("Ask me here.")
        expect(warning).to_be_hidden()
        cleo.begins_to_write(text)
        post.click()
        expect(warning).to_be_visible()
        cleo.is_still_writing(text).sends_what_was_written()
        expect(cleo.contribution(text)).to_contain_text("moderator")
        assert [one["status"] for one in debate.chair.snapshot()["contributions"]] == ["posted", "held"]


def test_markers_are_choices_while_one_types(play: Play, service: Service, board: Board) -> None:
    """A question named in the text is chosen, visibly; another chosen beside it leaves it chosen."""
    debate = new_debate(service, "live")
    text = "Q3 is the one for me."
    with play:
        cleo = board(debate).begins_to_write(text)
        summary = composer(cleo).locator("summary")
        expect(summary).to_contain_text("Q3")
        expect(summary).to_contain_text("named in your text")
        summary.click()
        box = {n: composer(cleo).get_by_role("checkbox", name=re.compile(rf"^Q{n}\b")) for n in (1, 2, 3)}
        expect(box[3]).to_be_checked()
        expect(box[1]).not_to_be_checked()
        box[1].check()
        expect(box[3]).to_be_checked()
        expect(summary).to_contain_text("your choice")
        cleo.sends_what_was_written().has_posted(text).sees_tag(text, 1, 3)


def test_an_answer_can_be_called_off(play: Play, service: Service, board: Board) -> None:
    """Whom one answers is shown; called off by its button or by Escape, the text stands by itself."""
    debate = new_debate(service, "live")
    debate.chair.must("post", text="Who is it for?")
    with play:
        cleo = board(debate)
        ways: tuple[Callable[[], object], ...] = (
            composer(cleo).get_by_role("button", name="Do not reply").click,
            partial(cleo.page.keyboard.press, "Escape"),
        )
        for call_off in ways:
            cleo.contribution("Who is it for?").get_by_role("button", name="Reply").click()
            expect(composer(cleo).get_by_text("You answer Chair")).to_be_visible()
            cleo.begins_to_write(TEXT)
            call_off()
            expect(composer(cleo).get_by_text("You answer")).to_be_hidden()
            cleo.is_still_writing(TEXT)
            expect(composer(cleo).get_by_role("textbox")).to_be_focused()
        cleo.sends_what_was_written().has_posted(TEXT).sees(TEXT)
        assert debate.chair.snapshot()["contributions"][-1]["path"] == "2"


def test_a_draft_outlives_the_page(play: Play, service: Service, board: Board) -> None:
    """Text, question and what it answers are there after a reload; once posted, nothing of it is."""
    debate = new_debate(service, "live")
    debate.chair.must("post", text="Who is it for?")
    with play:
        cleo = board(debate)
        cleo.contribution("Who is it for?").get_by_role("button", name="Reply").click()
        cleo.begins_to_write(TEXT)
        composer(cleo).locator("summary").click()
        composer(cleo).get_by_role("checkbox", name=re.compile("^Q2")).check()
        cleo.reloads().is_still_writing(TEXT)
        expect(composer(cleo).get_by_text("You answer Chair")).to_be_visible()
        expect(composer(cleo).locator("summary")).to_contain_text("Q2")
        cleo.sends_what_was_written().sees(TEXT, path="1.1").sees_tag(TEXT, 2)
        cleo.reloads().has_posted(TEXT).is_still_writing("")


def test_a_draft_outlives_not_being_allowed(play: Play, service: Service, board: Board) -> None:
    """Frozen or paused, the composer makes room for a sentence; the text is there again afterwards."""
    debate = new_debate(service, "live")
    with play:
        cleo = board(debate).begins_to_write(TEXT)
        for stop, go_on, said in (
            (("freeze", {"on": True}), ("freeze", {"on": False}), "The floor is frozen for a moment."),
            (("move_to", {"phase": "paused"}), ("move_to", {"phase": "live"}), "A break."),
        ):
            debate.chair.must(stop[0], **stop[1])
            cleo.cannot_post().sees_said(said).reloads().cannot_post().sees_said(said)
            debate.chair.must(go_on[0], **go_on[1])
            expect(composer(cleo)).to_be_visible()
            cleo.is_still_writing(TEXT)


def test_too_fast_tells_how_long_to_wait(play: Play, service: Service, board: Board) -> None:
    """The text stays, the button counts down, does nothing meanwhile, and is back by itself."""
    debate = new_debate(service, "live", rules={"pace_per_minute": 6, "pace_burst": 1})
    with play:
        cleo = board(debate).posts("The first.").begins_to_write(TEXT)
        send = composer(cleo).get_by_role("button", name="Post")
        send.click()
        expect(composer(cleo).get_by_role("alert")).to_contain_text("A little slower, please")
        cleo.is_still_writing(TEXT)
        expect(send).to_have_attribute("aria-disabled", "true")
        expect(send).to_contain_text(re.compile("0:(0[1-9]|10)"))
        composer(cleo).get_by_role("textbox").press("Control+Enter")
        cleo.is_still_writing(TEXT)
        expect(send).not_to_have_attribute("aria-disabled", "true")
        expect(composer(cleo).get_by_role("alert")).to_be_hidden()
        assert stored(debate) == ["The first."]
        cleo.sends_what_was_written().has_posted(TEXT)


def test_slow_mode_counts_before_one_is_refused(play: Play, service: Service, board: Board) -> None:
    """After a post the button shows the pause that slow mode asks for, and is back by itself."""
    debate = new_debate(service, "live", rules={"pace_per_minute": 60, "slow_seconds": 8})
    with play:
        cleo = board(debate).posts("The first.").begins_to_write(TEXT)
        send = composer(cleo).get_by_role("button", name="Post")
        expect(send).to_contain_text(re.compile("0:0[1-8]"))
        expect(composer(cleo).get_by_role("alert")).to_be_hidden()
        expect(send).not_to_have_attribute("aria-disabled", "true")
        cleo.sends_what_was_written().has_posted(TEXT)


def test_a_refused_text_is_kept_beside_what_is_being_written(
    play: Play, service: Service, board: Board
) -> None:
    """Refused while one writes on: it stands on the floor with the reason, outlives the page, is edited."""
    debate = new_debate(service, "live")
    debate.chair.must("post", text="Never mind.")
    with play:
        cleo = board(debate)
        cleo.contribution("Never mind.").get_by_role("button", name="Reply").click()
        cleo.enters_a_tunnel().begins_to_write(TEXT).sends_what_was_written().sees_waiting(TEXT)
        cleo.begins_to_write("Something else.")
        debate.chair.must("withdraw", contribution=1)
        cleo.leaves_the_tunnel()
        refused = cleo.contribution(TEXT)
        for _ in range(2):
            expect(refused).to_have_attribute("data-state", "refused")
            cleo.is_still_writing("Something else.")
            cleo.reloads()
        refused.get_by_role("button", name="Edit and send again").click()
        cleo.is_still_writing(f"{TEXT}\n\nSomething else.")
        expect(refused).to_have_count(0)
        assert stored(debate) == [None]


def test_one_sees_that_it_is_on_its_way(play: Play, service: Service, board: Board) -> None:
    """Until its reply has come a post stands on the floor as being sent, and as nothing else."""
    debate = new_debate(service, "live")
    with play:
        cleo = board(debate).posts("The first.").is_not_answered()
        cleo.begins_to_write(TEXT).sends_what_was_written()
        expect(cleo.contribution(TEXT)).to_contain_text("sending")
        expect(cleo.contribution(TEXT).get_by_role("button")).to_have_count(0)
        cleo.enters_a_tunnel().leaves_the_tunnel().has_posted(TEXT)
