"""The chair in front of the console: steers, tags, moderates, by button and by key.

Knows the console's page as `person` knows the debate's.
"""

import re
from typing import ClassVar, Self

from playwright.sync_api import Locator, expect

from tests.browser.person import Person


class Chair(Person):
    """A person with the chair's link open."""

    _not_held: ClassVar = ("not here yet", "offered", "lent by")

    # Phases

    def moves_to(self, phase: str, *, answering: str | None = None) -> Self:
        """Press the phase; where the console asks first, `answering` is the button pressed."""
        self._phases.get_by_role("button", name=phase, exact=True).click()
        if answering is not None:
            self.page.get_by_role("dialog").get_by_role("button", name=answering).click()
        return self.sees_phase(phase)

    def sees_phase(self, phase: str) -> Self:
        now = self._phases.get_by_role("button", name=phase, exact=True)
        expect(now).to_have_attribute("aria-current", "step")
        return self

    def pauses(self) -> Self:
        self.page.get_by_role("button", name="Pause", exact=True).click()
        expect(self.page.get_by_role("button", name="Go on", exact=True)).to_be_visible()
        return self

    def resumes(self) -> Self:
        self.page.get_by_role("button", name="Go on", exact=True).click()
        expect(self.page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
        return self

    def freezes(self) -> Self:
        """By its key."""
        self._presses("f")
        expect(self.page.get_by_role("button", name=re.compile("^Unfreeze"))).to_be_visible()
        return self

    def thaws(self) -> Self:
        self.page.get_by_role("button", name=re.compile("^Unfreeze")).click()
        expect(self.page.get_by_role("button", name=re.compile("^Freeze"))).to_be_visible()
        return self

    # Questions

    def moves_to_question(self, question: int) -> Self:
        """Press the question in the list."""
        self._question(question).click()
        return self.sees_focus(question)

    def goes_on(self, to: int) -> Self:
        """To the next question, by its key."""
        self._presses("n")
        return self.sees_focus(to)

    def goes_back(self, to: int) -> Self:
        """To the question before, by its key."""
        self._presses("b")
        return self.sees_focus(to)

    def sees_focus(self, question: int) -> Self:
        expect(self._question(question)).to_have_attribute("aria-pressed", "true")
        return self

    # The floor

    def chooses(self, text: str) -> Self:
        # Where its words begin: in its middle may be a link to what it answers, where names are long.
        words = self.contribution(text).locator("[data-part='text'], [data-part='gone']")
        words.locator("visible=true").first.click(position={"x": 2, "y": 2})
        expect(self.contribution(text)).to_have_attribute("aria-current", "true")
        return self

    def tags(self, text: str, question: int) -> Self:
        """Choose it and press one key."""
        self.chooses(text)._presses(str(question))
        return self.sees_tag(text, question)

    def highlights(self, text: str) -> Self:
        self.chooses(text)._presses("l")
        expect(self.contribution(text).get_by_text("Highlighted")).to_be_visible()
        return self

    def hides(self, text: str, reason: str) -> Self:
        self.chooses(text)
        self.page.get_by_role("button", name=re.compile("^Hide")).click()
        dialog = self.page.get_by_role("dialog", name=re.compile("^Hide no"))
        dialog.get_by_role("button", name=reason).click()
        expect(self.contribution(text).get_by_text("This contribution was hidden")).to_be_visible()
        return self

    def restores(self, text: str) -> Self:
        """What was hidden is there again; a chair still reads it."""
        self.chooses(text)
        self.page.get_by_role("button", name=re.compile("^Restore")).click()
        expect(self.contribution(text).get_by_text("This contribution was hidden")).to_be_hidden()
        return self

    # The room

    def announces(self, text: str) -> Self:
        box = self.page.get_by_role("textbox", name="Announce")
        box.fill(text)
        self.page.get_by_role("button", name="Say it").click()
        expect(self.page.get_by_text(f"Last: {text}")).to_be_visible()
        return self

    def turns_the_door_to_code(self, code: str) -> Self:
        self.page.get_by_role("button", name="By code").click()
        self.page.get_by_label("Code people need to join").fill(code)
        self.page.get_by_role("button", name="Set this code").click()
        expect(self.page.get_by_role("button", name="By code")).to_have_attribute("aria-pressed", "true")
        return self

    def sees_hands(self, *names: str) -> Self:
        hands = self.page.get_by_role("list", name=re.compile("^Hands")).get_by_role("listitem")
        expect(hands).to_have_count(len(names))
        for place, name in enumerate(names):
            expect(hands.nth(place)).to_contain_text(name)
        return self

    def sees_note(self, note: str) -> Self:
        hands = self.page.get_by_role("list", name=re.compile("^Hands"))
        expect(hands.get_by_text(note)).to_be_visible()
        return self

    def _presses(self, key: str) -> Self:
        self.page.keyboard.press(key)
        return self

    def _question(self, question: int) -> Locator:
        listed = self.page.get_by_role("list", name=re.compile("^Questions"))
        return listed.get_by_role("button", name=re.compile(rf"^Q{question}\b"))

    @property
    def _seats(self) -> Locator:
        return self.page.get_by_role("list", name="Seats", exact=True).get_by_role("listitem")

    @property
    def _phases(self) -> Locator:
        return self.page.get_by_role("list", name="Phase")
