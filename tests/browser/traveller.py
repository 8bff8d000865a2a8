"""Somebody on a train: the line comes and goes, pages are closed and opened again, answers get lost.

Knows no more of the page than `person` does.
"""

from collections.abc import Callable
from typing import Self

from playwright.sync_api import Page, expect

from tests.browser.person import Person


class Traveller(Person):
    """A person whose line is cut without a word about what the page should say of it."""

    def enters_a_tunnel(self) -> Self:
        self._cut = True
        self._context.set_offline(True)
        self._line.cut()
        return self

    def leaves_the_tunnel(self) -> Self:
        """Back on the line; what an open page has to say of it, it says by itself."""
        self._line.mend()
        self._context.set_offline(False)
        return self

    def is_not_answered(self) -> Self:
        """What is said gets out, what comes back is lost."""
        self._cut = True
        self._line.deafen()
        return self

    def is_behind_a_proxy(self) -> Self:
        """No WebSocket gets through from here."""
        self._cut = True
        self._line.refuse_upgrades()
        return self

    def is_let_through(self) -> Self:
        self._line.allow_upgrades()
        return self

    def is_behind_a_wall(self) -> Self:
        """Pages and their scripts come; nothing of the debate itself does."""
        self._cut = True
        self._line.refuse_upgrades()
        self._context.route("**/api/v1/**", lambda route: route.abort())
        return self

    def finds_a_door(self) -> Self:
        self._context.unroute("**/api/v1/**")
        return self.is_let_through()

    def closes_the_tab(self) -> Self:
        self.page.close()
        return self

    def opens_a_tab(self, address: str) -> Self:
        self.page = self._context.new_page()
        return self.opens_link(address)

    def finds_no_page(self, address: str) -> Self:
        """Without a line there is no page to open; the tab stays."""
        self.page = self._context.new_page()
        self.page.goto("about:blank")
        answer = self.page.evaluate("(address) => fetch(address).then(() => true, () => false)", address)
        assert answer is False, "the line was not cut"
        return self

    def turns_to(self, tab: Page) -> Self:
        """Another tab of the same browser."""
        self.page = tab
        return self

    def waits_until(self, holds: Callable[[], bool]) -> Self:
        """Wait for what happens elsewhere."""
        for _ in range(500):
            if holds():
                return self
            self.page.wait_for_timeout(20)
        raise AssertionError("it did not happen")

    def removes(self, text: str) -> Self:
        """Think better of what has not been sent."""
        self.contribution(text).get_by_role("button", name="Discard").click()
        expect(self.contribution(text)).to_have_count(0)
        return self
