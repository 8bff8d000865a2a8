"""A play: a real service, a real browser, and people who come in one by one.

    with Play(service, browser, exchange, pictures=tmp_path) as play:
        cleo = play.enters("cleo")
        cleo.opens_link(links.debate).joins().raises_hand()

At its end no browser may have complained, and every page still open must hold what the service holds for its
reader (agreement.py). Whatever went wrong, every page's picture is in `pictures`.
"""

from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from playwright.sync_api import Browser

from tests.browser.agreement import assert_agrees
from tests.browser.line import Exchange, Line
from tests.browser.person import Person
from tests.e2e.service import ADMIN_TOKEN, Service

_DESK: Final = {"locale": "en-GB", "timezone_id": "UTC", "viewport": {"width": 1280, "height": 860}}

_Somebody = TypeVar("_Somebody", bound=Person)


class Play:
    """The people of one test."""

    def __init__(self, service: Service, browser: Browser, exchange: Exchange, pictures: Path) -> None:
        self.service = service
        self.people: list[Person] = []
        self._browser = browser
        self._exchange = exchange
        self._pictures = pictures
        self._lines: list[Line] = []

    @property
    def administrator_link(self) -> str:
        return f"{self.service.base}/admin#{ADMIN_TOKEN}"

    def enters(self, who: str, kind: type[_Somebody], **context: object) -> _Somebody:
        """Somebody with a browser of their own; `context`: as Playwright's new_context takes it."""
        line = self._exchange.line()
        self._lines.append(line)
        settings: dict[str, Any] = {**_DESK, "proxy": {"server": line.address}, **context}
        browsing = self._browser.new_context(**settings)
        person = kind(who, browsing, line)
        self.people.append(person)
        return person

    def leaves(self, person: Person) -> None:
        """Somebody closes their browser."""
        person.page.context.close()
        self.people.remove(person)
        assert person.complaints == []

    def assert_well(self) -> None:
        """No browser complained, and every page agrees with the service."""
        assert [complaint for person in self.people for complaint in person.complaints] == []
        for person in self.people:
            assert_agrees(person)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self.assert_well()
        except AssertionError as found:
            self._take_pictures(found)
            raise
        else:
            if error is not None:
                self._take_pictures(error)
        finally:
            for person in self.people:
                person.page.context.close()
            for line in self._lines:
                line.close()

    def _take_pictures(self, error: BaseException) -> None:
        for person in self.people:
            picture = self._pictures / f"{person.who}.png"
            person.pictured(picture)
            error.add_note(f"{person.who} saw {picture}")
            for complaint in person.complaints:
                error.add_note(f"complaint of {complaint}")
