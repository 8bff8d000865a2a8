"""The chair's console, by keyboard and by button, with a real service and two chairs at once."""

from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chair import Chair
from tests.browser.debates import LIBRARY
from tests.browser.play import Play
from tests.e2e.client import Debate

pytestmark = pytest.mark.browser

_debates = count(1)

SAID = [
    "The keys hang in a drawer nobody opens.",
    "Then open the drawer together.",
    "Heating costs more than the caretaker.",
    "Evening classes pay for half of it.",
]


@pytest.fixture
def debate(play: Play) -> Debate:
    """Live, with an open seat and no speakers, three participants' hands down, four things said under Q1."""
    definition: dict[str, Any] = {
        "title": "Who keeps the keys of the hall?",
        "slug": f"hall-keys-{next(_debates)}",
        "hashtags": ["hallkeys"],
        "language": "en",
        "introduction": "The hall stands empty five evenings a week.",
        "starts_at": "2026-12-01T19:00:00+00:00",
        "speakers": [],
        "rules": {"pace_per_minute": 0, "away_seconds": 600, "grace_seconds": 600},
        "questions": [{"text": "Who has them today?"}, {"text": "Who should?"}, {"text": "And at night?"}],
    }
    debate = Debate.create(play.service, definition)
    debate.move_on_to("live")
    debate.chair.must("focus", question=1)
    author = debate.join()
    for text in SAID:
        author.must("post", text=text)
    return debate


def chair_of(play: Play, debate: Debate, who: str = "chair", **context: object) -> Chair:
    """Somebody at the console."""
    chair = play.enters(who, Chair, **context)
    chair.opens_link(debate.made["links"]["chair"])
    expect(chair.page).to_have_url(f"{play.service.base}/debates/{debate.slug}/chair")
    chair.sees(SAID[-1])
    return chair


def test_two_chairs_see_the_same_and_z_takes_back(play: Play, debate: Debate) -> None:
    """What one chair does the other sees; tag, focus, highlight, freeze and hide are undone by one key."""
    with play:
        one, other = chair_of(play, debate), chair_of(play, debate, "other")
        one.tags(SAID[1], 3)
        other.sees_tag(SAID[1], 3)
        one.page.keyboard.press("z")
        other.sees_tag(SAID[1], 1)
        one.goes_on(to=2)
        other.sees_focus(2)
        one.page.keyboard.press("z")
        other.sees_focus(1)
        one.highlights(SAID[0])
        other.sees_highlighted(SAID[0])
        one.page.keyboard.press("z")
        expect(other.contribution(SAID[0]).get_by_text("Highlighted")).to_be_hidden()
        one.freezes()
        one.page.keyboard.press("z")
        expect(other.page.get_by_role("button", name="Freeze")).to_have_attribute("aria-pressed", "false")
        one.hides(SAID[2], "Insult")
        expect(other.contribution(SAID[2])).to_contain_text("This contribution was hidden")
        expect(other.contribution(SAID[2])).to_contain_text(SAID[2])
        one.page.keyboard.press("z")
        expect(other.contribution(SAID[2])).not_to_contain_text("This contribution was hidden")


def test_a_refusal_is_a_sentence_and_nothing_else(play: Play, debate: Debate) -> None:
    """What is refused is said in words until the next act is accepted, and changes nothing."""
    with play:
        first, second = debate.join(), debate.join()
        first.must("take_seat")
        second.must("raise_hand")
        chair = chair_of(play, debate)
        chair.sees_hands(second.name)
        chair.page.keyboard.press("s")
        refusal = chair.page.get_by_role("alert").filter(has_text="No seat is free.")
        expect(refusal).to_be_visible()
        chair.sees_hands(second.name)
        chair.page.keyboard.press("o")
        expect(refusal).to_be_hidden()
        seats = chair.page.get_by_role("list", name="Seats", exact=True).get_by_role("listitem")
        expect(seats.filter(has_text=second.name)).to_contain_text("to answer")


def test_the_keyboard_keeps_its_place(play: Play, debate: Debate) -> None:
    """What is chosen keeps the focus while others arrive; a hand that is seated hands it to the next."""
    with play:
        author, waiting, next_in_line = debate.join(), debate.join(), debate.join()
        chair = chair_of(play, debate)
        page = chair.page
        page.keyboard.press("g")
        page.keyboard.press("k")
        expect(chair.contribution(SAID[2])).to_be_focused()
        author.must("post", text="Somebody says one more thing.")
        chair.sees("Somebody says one more thing.")
        expect(chair.contribution(SAID[2])).to_be_focused()
        author.must("take_seat")
        waiting.must("raise_hand")
        next_in_line.must("raise_hand")
        chair.sees_hands(waiting.name, next_in_line.name)
        debate.chair.must("open_seat")
        debate.chair.must("open_seat")
        page.get_by_role("button", name=f"Seat now: {waiting.name}").press("Enter")
        chair.sees_hands(next_in_line.name)
        expect(page.get_by_role("button", name=f"Seat now: {next_in_line.name}")).to_be_focused()


def test_keys_do_nothing_while_typing_or_switched_off(play: Play, debate: Debate) -> None:
    """What is typed is text; keys switched off stay off over a reload, and come back."""
    with play:
        chair = chair_of(play, debate)
        page = chair.page
        box = page.get_by_role("textbox", name="Your contribution")
        box.press_sequentially("no f n 2 h ?")
        expect(box).to_have_value("no f n 2 h ?")
        chair.sees_focus(1)
        expect(page.get_by_role("dialog")).to_have_count(0)
        box.fill("")
        box.press("Escape")
        page.keyboard.press("?")
        page.get_by_role("checkbox", name="Single keys").uncheck()
        page.keyboard.press("Escape")
        chair.reloads().sees(SAID[-1])
        page.keyboard.press("n")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_have_count(0)
        chair.sees_focus(1)
        page.get_by_text("More", exact=True).click()
        page.get_by_role("button", name="Keys").click()
        page.get_by_role("checkbox", name="Single keys").check()
        page.keyboard.press("Escape")
        chair.goes_on(to=2)


def test_each_key_is_the_chairs_own(play: Play, debate: Debate) -> None:
    """A key is changed or switched off by itself, no two acts share one, and the browser keeps it."""
    with play:
        chair = chair_of(play, debate)
        page = chair.page
        keys = page.get_by_role("dialog", name="Keys")
        page.keyboard.press("?")
        keys.get_by_label("next question into focus").press(";")
        keys.get_by_label("freeze, or go on").press("Delete")
        keys.get_by_role("checkbox", name="put the chosen one under that question").press("Space")
        keys.get_by_label("reply to it").press("h")
        expect(keys.get_by_role("alert")).to_have_text("H is taken: hide it, or restore it.")
        expect(keys.get_by_label("reply to it")).to_have_value("R")
        page.keyboard.press("Escape")
        freeze = page.get_by_role("button", name="Freeze")
        for _ in range(2):
            chair.chooses(SAID[0])
            for without_an_act in "nf3":
                page.keyboard.press(without_an_act)
            page.keyboard.press(";")
            chair.sees_focus(2).sees_tag(SAID[0], 1)
            expect(freeze).to_have_attribute("aria-pressed", "false")
            expect(freeze.locator("kbd")).to_be_hidden()
            expect(page.locator("#next kbd")).to_have_text(";")
            chair.goes_back(to=1)
            chair.reloads().sees(SAID[-1])
        page.keyboard.press("?")
        keys.get_by_role("button", name="All keys as they came").press("Enter")
        page.keyboard.press("Escape")
        chair.freezes().goes_on(to=2)


def test_every_key_is_listed(play: Play, debate: Debate) -> None:
    """The list has a field for every act that has a key, with the key in it."""
    with play:
        page = chair_of(play, debate).page
        listed = page.evaluate(
            """async () => {
              const {KEYS} = await import(document.querySelector("script[src*='chair/console']").src
                .replace("console.js", "keys.js"));
              const fields = [...document.querySelectorAll("#keys [data-act-key]")];
              return [Object.keys(KEYS).sort(), fields.map((field) => field.dataset.actKey).sort()];
            }"""
        )
        assert listed[0] == listed[1]
        assert page.locator("#keys [data-act-key='undo']").input_value() == "Z"


def test_what_ends_something_is_asked_first(play: Play, debate: Debate) -> None:
    """Wrapping up and ending are asked in words; left unanswered, nothing happens."""
    with play:
        chair = chair_of(play, debate)
        page = chair.page
        page.get_by_role("list", name="Phase").get_by_role("button", name="Wrap-up").click()
        page.get_by_role("dialog", name="Wrap the debate up?").get_by_role("button", name="Not yet").click()
        assert debate.chair.snapshot()["debate"]["phase"] == "live"
        chair.moves_to("Wrap-up", answering="Wrap up")
        chair.moves_to("End", answering="End the debate")
        assert debate.chair.snapshot()["debate"]["phase"] == "correction"
        expect(page.get_by_role("link", name="Transcript", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Open a seat")).to_be_hidden()


def test_a_seat_is_not_freed_without_a_reason(play: Play, debate: Debate) -> None:
    """Freeing a seat asks why; whoever sat there reads the reason."""
    with play:
        holder = debate.join()
        holder.must("take_seat")
        chair = chair_of(play, debate)
        page = chair.page
        page.get_by_role("button", name=f"Free: Seat 1, {holder.name}").click()
        dialog = page.get_by_role("dialog", name=f"Free seat 1: {holder.name}?")
        dialog.get_by_role("button", name="Free it now").click()
        expect(dialog).to_be_visible()
        dialog.get_by_role("button", name="Time for somebody new").click()
        dialog.get_by_role("button", name="Free it now").click()
        expect(page.get_by_role("button", name="Invite: Seat 1", exact=True)).to_be_visible()
        (freed,) = [record for record in holder.records() if record["type"] == "seat.freed"]
        assert freed["reason"] == "Time for somebody new"


def test_questions_are_added_and_reworded_in_place(play: Play, debate: Debate) -> None:
    """A new question stands at the end of the list; a reworded one in its place, for both chairs."""
    with play:
        one, other = chair_of(play, debate), chair_of(play, debate, "other")
        one.page.get_by_role("button", name="Add", exact=True).click()
        one.page.get_by_role("textbox", name="New question").fill("Who was never asked?")
        one.page.get_by_role("button", name="Save").click()
        listed = other.page.get_by_role("list", name="Questions").get_by_role("listitem")
        expect(listed).to_have_count(4)
        expect(listed.nth(3)).to_contain_text("Who was never asked?")
        one.page.get_by_role("button", name="Edit Q2").click()
        one.page.get_by_role("textbox", name="Reword Q2").fill("Who should have them?")
        one.page.get_by_role("button", name="Save").click()
        expect(listed.nth(1)).to_contain_text("Who should have them?")
        expect(listed).to_have_count(4)


def test_questions_are_moved_and_dropped(play: Play, debate: Debate) -> None:
    """One place earlier and back by Z; dropped once that was asked; numbers stay, for both chairs."""
    with play:
        one, other = chair_of(play, debate), chair_of(play, debate, "other")
        listed = other.page.get_by_role("list", name="Questions").get_by_role("listitem")
        listed.nth(0).get_by_role("button", name="Edit Q1").click()
        expect(other.page.get_by_role("textbox", name="Reword Q1")).to_be_focused()
        one.page.get_by_role("button", name="Edit Q3").press("Enter")
        one.page.get_by_role("button", name="Ask it earlier").press("Enter")
        expect(listed.nth(1)).to_contain_text("Q3")
        one.page.get_by_role("button", name="Ask it earlier").press("Enter")
        expect(listed.nth(0)).to_contain_text("Q3")
        expect(one.page.get_by_role("button", name="Ask it earlier")).to_be_hidden()
        expect(one.page.get_by_role("button", name="Ask it later")).to_be_focused()
        one.page.keyboard.press("z")
        expect(listed.nth(1)).to_contain_text("Q3")
        expect(other.page.get_by_role("button", name="Next: Q3")).to_be_visible()

        one.page.get_by_role("button", name="Leave it").press("Enter")
        one.page.get_by_role("button", name="Edit Q1").press("Enter")
        one.page.get_by_role("button", name="Drop it").press("Enter")
        dialog = one.page.get_by_role("dialog", name="Drop Q1?")
        dialog.get_by_role("button", name="Leave it").press("Enter")
        expect(listed).to_have_count(3)
        one.page.get_by_role("button", name="Drop it").press("Enter")
        dialog.get_by_role("button", name="Drop it").press("Enter")
        expect(listed).to_have_count(2)
        expect(listed.nth(0)).to_contain_text("Q3")
        expect(one.page.locator("#question-form")).to_be_hidden()
        expect(one.page.get_by_role("button", name="Add", exact=True)).to_be_focused()
        expect(other.page.locator("#question-form")).to_be_hidden()
        assert debate.onlooker.snapshot()["debate"]["phase"] == "live"


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1280, 860), (390, 844), (320, 640)])
def test_it_fits_its_screen(play: Play, debate: Debate, width: int, height: int) -> None:
    """No page scrolls, in no direction: panes do; what is pressed is at least 24 pixels either way."""
    with play:
        chair = chair_of(play, debate, viewport={"width": width, "height": height})
        chair.chooses(SAID[-1])
        assert overflow(chair.page) == (0, 0)
        assert too_small(chair.page) == []


def test_the_wall_never_holds_what_was_hidden(play: Play, debate: Debate) -> None:
    """Also where the chair's own browser shows it, which is given hidden texts."""
    with play:
        holder = debate.join()
        holder.must("take_seat")
        number = holder.must("post", text="Ring me on 555 0142.")["contribution"]
        holder.must("post", text="From the seat: one key each.")
        debate.chair.must("hide", contribution=number, reason="personal_data")
        chair = chair_of(play, debate)
        chair.opens_link(f"{play.service.base}/debates/{debate.slug}/wall")
        expect(chair.page.get_by_text("From the seat: one key each.")).to_be_visible()
        chair.does_not_see("Ring me on 555 0142.")
        play.leaves(chair)


def overflow(page: Page) -> tuple[int, int]:
    """By how many pixels the page is wider and higher than its window."""
    found: list[int] = page.evaluate(
        "() => { const page = document.documentElement;"
        " return [page.scrollWidth - innerWidth, page.scrollHeight - innerHeight]; }"
    )
    return max(found[0], 0), max(found[1], 0)


def too_small(page: Page) -> list[str]:
    """Visible buttons and fields under 24 pixels, with their size."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("button, input, textarea, summary")]
        .filter((one) => one.checkVisibility() && !one.closest(".unseen"))
        .map((one) => [one, one.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
        .map(([one, box]) => `${one.textContent.trim() || one.id}: ${box.width} x ${box.height}`)"""
    )
    return found


def test_a_question_left_and_asked_again_at_once_is_one_question(play: Play) -> None:
    """Left, opened again and answered before the browser tells that it closed: hidden, and once."""
    debate = Debate.create(play.service, {**LIBRARY, "slug": "asked-twice", "rules": {"pace_per_minute": 0}})
    debate.move_on_to("live")
    debate.join().must("post", text="Hide me.")
    with play:
        chair = play.enters("chair", Chair).opens_link(debate.made["links"]["chair"]).sees("Hide me.")
        chair.chooses("Hide me.")
        # In one go: the browser tells of a close only when it has a moment.
        chair.page.evaluate(
            """() => {
              const press = (key) => document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
              press("h");
              document.getElementById("ask-hide").close();
              press("h");
            }"""
        )
        expect(chair.page.get_by_role("dialog")).to_be_visible()
        chair.page.wait_for_function("() => new Promise((told) => setTimeout(() => told(true)))")
        chair.page.keyboard.press("3")
        expect(chair.page.get_by_text("This contribution was hidden")).to_be_visible()
        assert [one["type"] for one in debate.chair.records()].count("contribution.hidden") == 1


def test_guesses_are_looked_at_first(play: Play, debate: Debate) -> None:
    """One key leads to the least sure guess and says why it is one, another settles it."""
    debate.chair.must("edit_question", question=2, text="Who pays for heating the sauna?")
    debate.chair.must("edit_question", question=3, text="What should the cellar be for at night?")
    author = debate.join()
    author.must("post", text="Q3 The night is short.")
    author.must("post", text="Heating at night costs us dearly")
    with play:
        chair = chair_of(play, debate)
        page = chair.page
        unsure = page.locator("#unsure")
        expect(unsure).to_contain_text("5 unsure")
        page.keyboard.press("u")
        expect(chair.contribution("Heating at night")).to_be_focused()
        expect(page.locator("#chosen")).to_contain_text("It looks like Q2: ")
        expect(page.locator("#chosen")).to_contain_text("heating")
        page.keyboard.press("2")
        expect(unsure).to_contain_text("4 unsure")
        page.keyboard.press("u")
        expect(chair.contribution(SAID[0])).to_be_focused()
        unsure.click()
        expect(chair.contribution(SAID[1])).to_be_focused()


def test_a_guess_at_what_is_answered_is_taken_back(play: Play, debate: Debate) -> None:
    """What begins with a handle probably answers its owner; a key says no, and another takes that back."""
    snapshot = debate.chair.snapshot()
    handle = snapshot["contributions"][0]["author"]["handle"]
    number = debate.join().must("post", text=f"@{handle} is that so?")["contribution"]
    to = debate.chair.snapshot()["contributions"][-1]["reply_to"]
    with play:
        chair = chair_of(play, debate)
        page = chair.page
        chair.contribution("is that so?").locator(".text").click()
        expect(chair.contribution("is that so?")).to_contain_text(f"probably answers #{to}")
        page.keyboard.press("t")
        expect(chair.contribution("is that so?").locator(".answers")).to_be_hidden()
        expect(page.locator("#undo")).to_contain_text(f"No. {number} does not answer {to}.")
        assert "reply_to" not in debate.chair.snapshot()["contributions"][-1]
        page.keyboard.press("z")
        expect(page.locator("#undo")).to_be_hidden()
        assert debate.chair.snapshot()["contributions"][-1]["reply_to"] == to
        page.keyboard.press("t")
        expect(page.locator("#undo")).to_be_hidden()


def test_a_thread_moves_with_its_root(play: Play, debate: Debate) -> None:
    """The replies move along, and the console says how many; z puts each back where it stood."""
    author = debate.join()
    author.must("post", text="Ask the neighbours.", reply_to=1)
    author.must("post", text="And then?", reply_to=5)
    author.must("post", text="Mine is another.", reply_to=1, questions=[3])
    debate.chair.must("tag", contribution=5, questions=[2], thread=False)
    debate.chair.must("tag", contribution=1, questions=[1])
    with play:
        chair = chair_of(play, debate)
        chair.tags("And then?", 3)
        chair.tags(SAID[0], 2).sees_tag("Mine is another.", 3).sees_tag("And then?", 3)
        chair.tags("Ask the neighbours.", 2)
        chair.page.keyboard.press("z")
        chair.sees_tag("Ask the neighbours.", 2)
        loose = debate.join()
        loose.must("post", text="Loose ends.", reply_to=2)
        chair.tags(SAID[1], 3).sees_tag("Loose ends.", 3)
        expect(chair.page.locator("#undo")).to_contain_text("No. 2 is under Q3. 1 reply moves along.")
        chair.page.keyboard.press("z")
        chair.sees_tag(SAID[1], 1).sees_tag("Loose ends.", 1)


def test_the_focus_follows_when_the_chair_says_so(play: Play, debate: Debate) -> None:
    """Who posts a question's text as chair is offered the focus there, also back; nothing moves by itself."""
    with play:
        chair = chair_of(play, debate)
        page, offer = chair.page, chair.page.locator("#to-asked")
        debate.chair.must("post", text="Next: And at night?")
        expect(offer).to_contain_text("The chair has put Q3.")
        chair.sees_focus(1)
        page.keyboard.press("m")
        chair.sees_focus(3)
        expect(offer).to_be_hidden()
        debate.join().must("post", text="And at night?")
        debate.chair.must("post", text="Back once more: who has them today?")
        expect(offer).to_contain_text("The chair has put Q1.")
        page.get_by_role("button", name="Not now").click()
        expect(offer).to_be_hidden()
        page.keyboard.press("m")
        chair.sees_focus(3)


def test_the_whole_debate_in_short(play: Play, debate: Debate) -> None:
    """The chair sums up the debate; what is refused stays in its field, what was said before stands in it."""
    said, shorter = "Nobody knows who has the keys.", "Nobody knows."
    with play:
        chair = chair_of(play, debate)
        page = chair.page
        short = page.get_by_role("dialog", name="The debate in short")
        field, save = short.get_by_role("textbox"), short.get_by_role("button", name="Save")
        page.get_by_text("More", exact=True).click()
        page.get_by_role("button", name="Sum up the debate").click()
        field.fill(said)
        save.click()
        expect(short).to_be_hidden()
        expect(page.get_by_text("Your summary stands in the transcript.")).to_be_attached()
        assert debate.chair.snapshot()["debate"]["summary"] == said
        page.get_by_text("More", exact=True).click()
        page.get_by_role("button", name="Sum up the debate").click()
        expect(field).to_have_value(said)
        field.fill("")
        save.click()
        expect(field).to_be_focused()
        field.fill("Nobody \u0007knows.")
        save.click()
        expect(short.get_by_role("alert")).to_be_visible()
        expect(field).to_have_value("Nobody \u0007knows.")
        field.fill(shorter)
        save.click()
        expect(short).to_be_hidden()
        assert debate.chair.snapshot()["debate"]["summary"] == shorter
