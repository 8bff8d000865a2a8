"""Who is asking, and whether they may come in at all.

Knows links, cookies and audiences; not what a person may do inside (that is `debate.decide`'s to say). This
is the one door where the question "who are you" is answered, for pages, HTTP and sockets alike.

Guarantees: what a caller may not read is answered exactly like what does not exist. A secret that is unknown
or has ended opens nothing, not even what anybody could read without one: a program learns that its link is
dead, and a page that was sent away does not go on reading. Another debate's secret makes nobody of anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from starlette.requests import HTTPConnection, cookie_parser

from fishbowl.debate.rights import ADMINISTRATOR as BY_ADMINISTRATOR
from fishbowl.debate.state import Person, State
from fishbowl.debate.vocabulary import Role
from fishbowl.live.debates import Debates, LiveDebate
from fishbowl.live.views import Reader, may_read
from fishbowl.web.links import ADMINISTRATOR, Browser, Link, Links
from fishbowl.web.problems import Problem, not_found

__all__ = ["Access", "Credentials", "Visit", "Who", "cookie_name", "shown_in"]

COOKIE_SECONDS: Final = 180 * 24 * 3600
"""How long a browser keeps its cookie: a debate is prepared, held and read up within half a year."""


class Credentials(Struct, frozen=True):
    """What a request shows: a bearer's secret, a browser's cookie, or neither."""

    bearer: str | None = None
    cookie: str | None = None

    @property
    def rests_on_cookie(self) -> bool:
        return self.bearer is None and self.cookie is not None


def shown_in(headers: Mapping[str, str], cookie: str) -> Credentials:
    """What these headers show. Another scheme than Bearer is some proxy's business, not ours."""
    scheme, _, secret = headers.get("authorization", "").partition(" ")
    bearer = secret.strip() if scheme.lower() == "bearer" else None
    return Credentials(bearer, cookie_parser(headers.get("cookie", "")).get(cookie))


class Who(Struct, frozen=True):
    """What a request resolves to in one debate. Nobody in particular: no person, no role, no admin."""

    slug: str
    person: str | None = None
    role: Role | None = None
    admin: bool = False

    @property
    def is_organiser(self) -> bool:
        """Whether they hold the organiser's rights; the administrator holds them in every debate."""
        return self.admin or self.role is Role.ORGANISER

    @property
    def by(self) -> str:
        """As whom the organiser's acts are recorded."""
        return self.person if self.person is not None and self.role is Role.ORGANISER else BY_ADMINISTRATOR

    @property
    def reader(self) -> Reader:
        """Whose view of the debate they get: their own, else the organiser's for the administrator."""
        role = Role.ORGANISER if self.admin and self.person is None else self.role
        return Reader(self.person, role)


class Visit(Struct, frozen=True):
    """Somebody in a debate they may read."""

    debate: LiveDebate
    who: Who
    asker: str | None = None
    """As whom they give commands; also of somebody who left, whose earlier ids are still known."""


class Access:
    """The door to all debates of one service."""

    def __init__(self, links: Links, debates: Debates, *, is_https: bool) -> None:
        self.links = links
        self._debates = debates
        self._is_https = is_https
        self.cookie = cookie_name(is_https)

    def credentials(self, headers: Mapping[str, str]) -> Credentials:
        return shown_in(headers, self.cookie)

    async def resolve(self, slug: str, shown: Credentials) -> Who | None:
        """Who shows this, in that debate; None where what is shown is unknown or has ended."""
        if shown.bearer is not None:
            link = await self.links.by_secret(shown.bearer)
            return None if link is None or not link.is_open else self._as(slug, link)
        if shown.cookie is None:
            return Who(slug)
        browser = await self.links.browser(shown.cookie)
        admin = await self._holds_administrator(browser)
        link = await self._held(browser, slug)
        if link is None:
            return Who(slug, admin=admin)
        if not link.is_open:
            return Who(slug, admin=True) if admin else None
        who = self._as(slug, link)
        return Who(slug, who.person, who.role, admin)

    async def enter(self, connection: HTTPConnection, slug: str) -> Visit:
        """The debate, and who is asking; raises the 404 for all that may not read it."""
        visit = await self.visit(slug, self.credentials(connection.headers))
        if visit is None:
            raise not_found()
        return visit

    async def visit(self, slug: str, shown: Credentials) -> Visit | None:
        """The debate and who comes with these credentials; None where they may not read it."""
        found = await self.resolve(slug, shown)
        debate = await self._debates.find(slug)
        if found is None or debate is None:
            return None
        who = await debate.read(lambda state: _let_in(state, found))
        if who is None:
            return None
        if who.person is not None:
            debate.touch(who.person)
        return Visit(debate, who, asker=found.person)

    async def outside(self, slug: str, shown: Credentials) -> Person | None:
        """Whose these credentials are, where the debate keeps them out: somebody blocked, turned away, or
        waiting at the door.
        """
        found = await self.resolve(slug, shown)
        debate = await self._debates.find(slug)
        if found is None or found.person is None or debate is None:
            return None
        person = await debate.read(lambda state: state.people.get(found.person or ""))
        if person is None or not (person.blocked or person.turned_away or person.waiting):
            return None
        return person

    async def enter_to_ask(self, connection: HTTPConnection, slug: str) -> Visit:
        """As `enter`, and for whoever waits at the door, who may read nothing, and ask."""
        shown = self.credentials(connection.headers)
        if (visit := await self.visit(slug, shown)) is not None:
            return visit
        person, debate = await self.outside(slug, shown), await self._debates.find(slug)
        if person is None or debate is None or not person.waiting:
            raise not_found()
        return Visit(debate, Who(slug), asker=person.person)

    async def enter_as_organiser(self, connection: HTTPConnection, slug: str) -> Visit:
        """As `enter`, for the organiser and the administrator alone; 403 for others who may read."""
        visit = await self.enter(connection, slug)
        if not visit.who.is_organiser:
            raise Problem(403, "right.missing", "Only the organiser of this debate may do this.")
        return visit

    async def is_administrator(self, connection: HTTPConnection) -> bool:
        shown = self.credentials(connection.headers)
        if shown.bearer is not None:
            link = await self.links.by_secret(shown.bearer)
            return link is not None and link.is_open and link.debate == ADMINISTRATOR
        return shown.cookie is not None and await self._holds_administrator(
            await self.links.browser(shown.cookie)
        )

    async def held(self, connection: HTTPConnection) -> frozenset[str]:
        """The slugs of the debates in which this browser holds a link."""
        cookie = self.credentials(connection.headers).cookie
        browser = await self.links.browser(cookie) if cookie is not None else None
        return frozenset(browser.held) if browser is not None else frozenset()

    async def require_administrator(self, connection: HTTPConnection) -> None:
        if not await self.is_administrator(connection):
            raise Problem(
                401,
                "administrator.required",
                "This takes the administrator's secret: as `Authorization: Bearer`, or by their link.",
            )

    def set_cookie(self, cookie: str) -> str:
        """The value of `Set-Cookie`. Lax, so that a link from a mail works; never for scripts to read."""
        return self._cookie(cookie, COOKIE_SECONDS)

    def end_cookie(self) -> str:
        """The value of `Set-Cookie` by which a browser gives its cookie up."""
        return self._cookie("", 0)

    def _cookie(self, value: str, seconds: int) -> str:
        secure = "; Secure" if self._is_https else ""
        return f"{self.cookie}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"

    def _as(self, slug: str, link: Link) -> Who:
        self.links.use(link)
        if link.debate == ADMINISTRATOR:
            return Who(slug, admin=True)
        return Who(slug, link.person, Role(link.role)) if link.debate == slug else Who(slug)

    async def _held(self, browser: Browser, debate: str) -> Link | None:
        id = browser.held.get(debate)
        return None if id is None else await self.links.by_id(id)

    async def _holds_administrator(self, browser: Browser) -> bool:
        link = await self._held(browser, ADMINISTRATOR)
        return link is not None and link.is_open


def cookie_name(is_https: bool) -> str:
    """`__Host-` binds the cookie to this host and to https; on plain http browsers would not keep it."""
    return "__Host-fishbowl" if is_https else "fishbowl"


def _let_in(state: State, who: Who) -> Who | None:
    """As whom the debate itself knows them; None where they may not read it.

    A participant who left is an onlooker again, and so is who was turned away; who was blocked or replaced
    has no link that opens anything.
    """
    person = state.people.get(who.person) if who.person is not None else None
    if person is not None and (person.blocked or person.replaced):
        return None
    if person is None or person.turned_away or (person.left and person.role is Role.PARTICIPANT):
        who = Who(who.slug, admin=who.admin)
    else:
        who = Who(who.slug, person.person, person.role, who.admin)
    return who if who.admin or may_read(state, who.reader) else None
