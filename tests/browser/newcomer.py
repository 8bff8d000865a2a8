"""Somebody who has read nothing: presses what is in sight and says what they want to do, and tries once.

Never scrolls and never looks for anything: what is not in sight is not there.
"""

from typing import Self

from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.line import Line
from tests.browser.person import Person


class Newcomer(Person):
    """A person with a mouse, or with a thumb where `thumb` is set."""

    def __init__(self, who: str, context: BrowserContext, line: Line) -> None:
        super().__init__(who, context, line)
        self.thumb = False

    def presses(self, name: str, within: Locator | None = None) -> Self:
        """The one thing in sight of this name; nothing goes wrong by it."""
        place = within if within is not None else self._foremost
        things = place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name))
        thing = things.locator("visible=true")
        expect(thing).to_have_count(1)
        expect(thing).to_be_in_viewport(ratio=0.9)
        (thing.tap if self.thumb else thing.click)()
        return self

    def writes(self, text: str) -> Self:
        """Into the one field in sight."""
        field = self._foremost.get_by_role("textbox").locator("visible=true")
        expect(field).to_have_count(1)
        expect(field).to_be_in_viewport(ratio=0.9)
        (field.tap if self.thumb else field.click)()
        self.page.keyboard.insert_text(text)
        return self

    def reads(self, words: str) -> Self:
        """The words are in sight, without doing anything for it."""
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_in_viewport()
        return self

    def was_not_refused(self) -> Self:
        expect(self.page.get_by_role("alert").locator("visible=true")).to_have_count(0)
        return self

    @property
    def _foremost(self) -> Locator:
        """What lies on top: a dialog, where one is open."""
        dialog = self.page.locator("dialog[open]")
        return dialog if dialog.count() else self.page.locator("body")
