"""Somebody in front of a browser: what a person does and sees on the debate page, by the names on it.

Knows no address, no command and no seq: people press what is there to press. Whatever the browser complains
about on the way (an error in the console, one that nobody caught, something the policy refused) is kept and
fails the play.
"""

import re
import time
from pathlib import Path
from typing import ClassVar, Self

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, WebError, expect

from tests.browser.line import Line

# What a browser says of a line that was cut; a complaint at any other time.
_OF_THE_LINE = re.compile(r"net::ERR_|WebSocket connection to .* failed")


class Person:
    """One person, one browser context, one page."""

    # What stands beside a name at a seat that is not its owner's just now.
    _not_held: ClassVar = ("not here yet", "offered", "free")

    def __init__(self, who: str, context: BrowserContext, line: Line) -> None:
        self.who = who
        self.name = ""
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self._context = context
        self._line = line
        self._cut = False
        self._expected: list[re.Pattern[str]] = []
        context.on("console", self._hear)
        context.on("weberror", self._catch)

    def __repr__(self) -> str:
        return self.who

    # Coming and going

    def opens_link(self, link: str) -> Self:
        """Open an address, as from a mail."""
        self.page.goto(link)
        return self

    def opens_the_debate(self, heading: str) -> Self:
        """Be on the debate's page, wherever the link led first."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        return self

    def joins(self, code: str | None = None) -> Self:
        """Join from the debate page, and take note of one's name."""
        self.page.get_by_role("link", name="Join", exact=True).click()
        dialog = self.page.get_by_role("dialog", name="Join the debate")
        if code is not None:
            dialog.get_by_label("Code").fill(code)
        dialog.get_by_role("button", name="Join", exact=True).click()
        welcome = self.page.get_by_role("dialog", name=re.compile("^Welcome, "))
        self.name = welcome.get_by_role("heading").inner_text().removeprefix("Welcome, ")
        welcome.get_by_role("button", name="To the debate").click()
        expect(self.page.get_by_role("banner").get_by_text(self.name, exact=True)).to_be_visible()
        # Its scripts are at work: what is pressed before goes by plain forms, and is another story.
        expect(self.page.locator("#composer-left")).not_to_be_empty()
        return self

    def tries_to_join(self, code: str) -> Self:
        """Join by a code that is wrong: the dialog stays, and says so."""
        self.expects(r"status of 403")
        self.page.get_by_role("link", name="Join", exact=True).click()
        dialog = self.page.get_by_role("dialog", name="Join the debate")
        dialog.get_by_label("Code").fill(code)
        dialog.get_by_role("button", name="Join", exact=True).click()
        expect(dialog.get_by_role("alert")).to_be_visible()
        dialog.get_by_role("button", name="Just read").click()
        return self

    def loses_connection(self) -> Self:
        """The line is cut: nothing arrives, nothing gets out, and the page says so."""
        self._cut = True
        self._context.set_offline(True)
        self._line.cut()
        expect(self._says("The connection is interrupted.")).to_be_visible()
        return self

    def regains_connection(self) -> Self:
        self._line.mend()
        self._context.set_offline(False)
        expect(self._says("The connection is interrupted.")).to_be_hidden()
        self._cut = False
        return self

    def reloads(self) -> Self:
        self.page.reload()
        return self

    # The floor

    def posts(self, text: str, *questions: int) -> Self:
        """Write, choose questions if any, post, and see it stand on the floor."""
        self.begins_to_write(text)
        if questions:
            self._composer.locator("summary").click()
            for question in questions:
                self._composer.get_by_role("checkbox", name=re.compile(rf"^Q{question}\b")).check()
        return self.sends_what_was_written().has_posted(text)

    def begins_to_write(self, text: str) -> Self:
        self._text.fill(text)
        return self

    def is_still_writing(self, text: str) -> Self:
        expect(self._text).to_have_value(text)
        return self

    def sends_what_was_written(self) -> Self:
        self._composer.get_by_role("button", name="Post").click()
        expect(self._text).to_have_value("")
        return self

    def sees_waiting(self, text: str) -> Self:
        """It stands on the floor as what it is: not sent yet."""
        expect(self.contribution(text)).to_contain_text("waits for the connection")
        expect(self._settled(text)).to_have_count(0)
        return self

    def has_posted(self, text: str) -> Self:
        """What was on its way has its place on the floor, once."""
        expect(self._settled(text)).to_have_count(1)
        expect(self.contribution(text)).to_have_count(1)
        return self

    def cannot_post(self) -> Self:
        expect(self._text).to_be_hidden()
        return self

    def replies_to(self, text: str, answer: str) -> Self:
        self.shows_new_until(self.contribution(text))
        self.contribution(text).get_by_role("button", name="Reply").click()
        return self.posts(answer)

    def endorses(self, text: str) -> Self:
        self.shows_new_until(self.contribution(text))
        button = self.contribution(text).get_by_role("button", name="Endorse")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        button.blur()  # while it has the focus, what arrives waits
        return self

    def withdraws(self, text: str) -> Self:
        self.contribution(text).get_by_role("button", name="Withdraw").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Withdraw it").click()
        expect(self.contribution(text)).to_have_count(0)
        return self

    # The circle

    def raises_hand(self, note: str = "") -> Self:
        self.page.get_by_role("button", name="Raise a hand").click()
        dialog = self.page.get_by_role("dialog", name="Raise a hand")
        dialog.get_by_role("textbox").fill(note)
        dialog.get_by_role("button", name="Raise my hand").click()
        expect(dialog).to_be_hidden()
        return self

    def is_offered_a_seat(self) -> Self:
        expect(self.page.get_by_role("button", name="Take the seat")).to_be_visible()
        return self

    def takes_the_seat(self) -> Self:
        """Take the seat one is offered."""
        self.page.get_by_role("button", name="Take the seat").click()
        return self.is_seated()

    def is_asked_to_make_room(self, newcomer: str) -> Self:
        asked = self.page.get_by_role("status").filter(has_text="Who makes room?")
        expect(asked).to_contain_text(newcomer)
        expect(asked.get_by_role("button", name="I make room")).to_be_visible()
        return self

    def is_not_asked_to_make_room(self) -> Self:
        expect(self.page.get_by_role("button", name="I make room")).to_be_hidden()
        return self

    def makes_room(self) -> Self:
        self.page.get_by_role("button", name="I make room").click()
        return self.is_not_seated()

    def leaves_the_seat(self) -> Self:
        self.page.get_by_role("button", name="Leave my seat").click()
        return self.is_not_seated()

    def comes_back(self) -> Self:
        """Raise a hand for the seat one lent, and take it when it is offered."""
        self.raises_hand()
        return self.is_offered_a_seat().takes_the_seat()

    def is_seated(self) -> Self:
        expect(self.seat_of(self.name)).to_be_visible()
        return self

    def is_not_seated(self) -> Self:
        expect(self.seat_of(self.name)).to_have_count(0)
        return self

    def opens_the_transcript(self) -> Self:
        self.page.get_by_role("link", name="Transcript").click()
        expect(self.page).to_have_title(re.compile("Transcript"))
        return self

    # What one sees

    def sees(self, text: str, *, path: str | None = None) -> Self:
        """The contribution stands on the floor, once, whole and unhidden."""
        self.shows_new_until(self.contribution(text))
        expect(self.contribution(text)).to_have_count(1)
        if path is not None:
            expect(self.page.locator(f'[data-path="{path}"]').get_by_text(text)).to_be_visible()
        return self

    def does_not_see(self, text: str) -> Self:
        """It is nowhere: not on the page, and not in what the page is made of."""
        expect(self.page.get_by_text(text)).to_have_count(0)
        assert text not in self.page.content(), f"{self.who} has in the page, though unseen: {text}"
        return self

    def sees_said(self, sentence: str) -> Self:
        """A sentence of the page itself: a direction on the floor, a line across the page."""
        self.shows_new_until(self.page.get_by_text(sentence).locator("visible=true").first)
        return self

    def sees_hands(self, *names: str) -> Self:
        """These hands are up, in this order."""
        hands = self.page.get_by_role("region", name=re.compile("^Hands")).get_by_role("listitem")
        expect(hands).to_have_count(len(names))
        for place, name in enumerate(names):
            expect(hands.nth(place)).to_contain_text(name)
        return self

    def sees_seated(self, *names: str) -> Self:
        for name in names:
            expect(self.seat_of(name)).to_be_visible()
        return self

    def sees_seat(self, seat: int, said: str) -> Self:
        expect(self.seat(seat)).to_contain_text(said)
        return self

    def sees_phase(self, phase: str) -> Self:
        expect(self.page.get_by_role("banner").get_by_text(phase, exact=True)).to_be_visible()
        return self

    def sees_focus(self, question: int) -> Self:
        questions = self.page.get_by_role("navigation", name="Questions").get_by_role("listitem")
        expect(questions.nth(question - 1)).to_contain_text("in focus")
        return self

    def sees_tag(self, text: str, *questions: int) -> Self:
        """The contribution stands under these questions, and no other."""
        self.shows_new_until(self.contribution(text))
        links = self.contribution(text).get_by_role("link", name=re.compile(r"^Q\d+$"))
        tags = links.and_(self.page.locator(".tag"))  # a marker in the text is a link of that name too
        expect(tags).to_have_text([f"Q{question}" for question in questions])
        return self

    def sees_highlighted(self, text: str) -> Self:
        expect(self.contribution(text).get_by_text("Highlighted")).to_be_visible()
        return self

    def sees_endorsed(self, text: str, times: int) -> Self:
        expect(self.contribution(text)).to_contain_text(f"{times} endorse")
        return self

    def shows_new_until(self, thing: Locator) -> Self:
        """Press "new: show" as long as what is looked for waits behind it."""
        new = self.page.get_by_role("button", name=re.compile(r"^\d+ new"))
        for _ in range(10):
            expect(thing.or_(new).first).to_be_visible()
            if thing.is_visible():
                return self
            if new.is_visible():
                new.click()
        expect(thing).to_be_visible()
        return self

    # Finding things

    def contribution(self, text: str) -> Locator:
        return self.page.get_by_role("article").filter(has_text=text)

    def seat(self, number: int) -> Locator:
        return self._seats.filter(has_text=re.compile(rf"Seat {number}\b"))

    def seat_of(self, name: str) -> Locator:
        """The seat `name` holds; one that waits for its speaker, is offered or lent is not held."""
        held = self._seats.filter(has_text=name)
        for state in self._not_held:
            held = held.filter(has_not_text=state)
        return held

    def pictured(self, path: Path) -> None:
        self.page.screenshot(path=path)

    # Complaints

    def expects(self, complaint: str) -> Self:
        """The browser may complain once in these words: what the play does is refused on purpose."""
        self._expected.append(re.compile(complaint))
        return self

    def hears_a_complaint(self) -> Self:
        """Wait for one: it comes from another process."""
        deadline = time.monotonic() + 5
        while not self.complaints and time.monotonic() < deadline:
            self.page.wait_for_timeout(20)
        return self

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        said = message.text
        if self._cut and _OF_THE_LINE.search(said):
            return
        expected = next((pattern for pattern in self._expected if pattern.search(said)), None)
        if expected is not None:
            self._expected.remove(expected)
        else:
            self.complaints.append(f"{self.who}: {said} ({message.location.get('url')})")

    def _catch(self, error: WebError) -> None:
        self.complaints.append(f"{self.who}: nobody caught {error.error}")

    def _settled(self, text: str) -> Locator:
        return self.contribution(text).and_(self.page.locator("[data-contribution]"))

    def _says(self, sentence: str) -> Locator:
        return self.page.get_by_role("status").filter(has_text=sentence)

    @property
    def _text(self) -> Locator:
        return self.page.get_by_role("textbox", name="Your contribution", include_hidden=True)

    @property
    def _seats(self) -> Locator:
        return self.page.get_by_role("list", name="Seats in the circle").get_by_role("listitem")

    @property
    def _composer(self) -> Locator:
        return self.page.get_by_role("form", name="Your contribution")
