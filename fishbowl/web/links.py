"""The store of access: links, and what each browser holds by them.

Knows no request, no cookie's name and no right: a link says which person in which debate its secret stands
for, and whoever asks decides what that person may do.

Guarantees: a secret has 160 bits and is handed out once; only its digest is kept (a plain SHA-256: what has
160 random bits is not guessed, however fast the digest). A revoked link opens nothing from the moment
`revoke` has returned, in no browser and under no secret. A request whose secret or cookie was seen before
costs no query. Where others may write the store too it costs one, and what is remembered serves only while
the store fails here, and no news of the debate come in either.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import astuple, replace

from fishbowl.clock import Clock
from fishbowl.log.contract import LogError, Unavailable
from fishbowl.log.database import Change
from fishbowl.log.stores import Store

__all__ = ["ADMINISTRATOR", "Browser", "Issued", "Link", "Links", "digest", "new_secret"]

ADMINISTRATOR: Final = ""
"""Where a link names its debate, the administrator's names none."""

_REMEMBERED = 50_000
"""Secrets and browsers kept in memory, about 20 MB of them; beyond that the oldest are read again."""

_SCHEMA = Path(__file__).with_name("links.sql")


class Link(Struct, frozen=True):
    """One way in, a row of links.sql. `role` is empty for the administrator's; times in milliseconds."""

    id: str
    debate: str
    person: str
    role: str
    secret: bytes
    created_at: int
    last_used: int | None = None
    revoked_at: int | None = None

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None


_COLUMNS: Final = Link.__struct_fields__
_INSERT: Final = f"insert into links values ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - ours
_HOLD: Final = (
    "insert into browsers values (?, ?, ?) on conflict (cookie, debate) do update set link = excluded.link"
)
_ENDED: Final = (
    "with ended as (update debates set turns = turns + 1 where slug = ? and exists "
    "(select 1 from links where debate = ? and person = ? and revoked_at = ?) returning slug, turns) "
    "insert into endings select slug, turns, ?, ? from ended"
)
_SELECT: Final = f"select {', '.join(_COLUMNS)} from links where"  # noqa: S608 - ours


class Issued(Struct, frozen=True):
    """A link with its secret: the one time that anybody sees it."""

    link: Link
    secret: str


class Browser(Struct, frozen=True):
    """What a browser holds: the id of a link per debate, and under `ADMINISTRATOR` the administrator's."""

    cookie: bytes
    held: dict[str, str]


def new_secret() -> str:
    """160 random bits, safe in a URL's fragment and in a header."""
    return secrets.token_urlsafe(20)


def digest(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


class Links:
    """All links and browsers of one store. One instance per store, where it is not shared: what it remembers
    is taken as true.

    `standing`: secrets of the operator's own, the administrator's for as long as this process runs. `node`:
    what this process is called where others serve the same debates.
    """

    def __init__(self, store: Store, clock: Clock, standing: Iterable[str] = (), node: str = "") -> None:
        self._store = store
        self._node = node
        self._clock = clock
        self._standing = {link.id: link for link in map(_standing, standing)}
        self._by_id: dict[str, Link] = {}
        self._by_secret: dict[bytes, Link] = {}
        self._browsers: dict[bytes, Browser] = {}
        self._is_shared = store.is_shared
        self._changes = 0
        self._used: dict[str, int] = {}

    async def open(self) -> None:
        """To be called first: makes the tables where they are missing."""
        await self._store.ensure(_SCHEMA.read_text())

    # Issuing and revoking

    async def issue(self, debate: str, person: str, role: str = "") -> Issued:
        """A new link for the person; the one they had before ends."""
        (issued,) = await self.issue_all(debate, [(person, role)])
        return issued

    async def issue_all(self, debate: str, people: Sequence[tuple[str, str]]) -> list[Issued]:
        """A new link for each person and role, all of them or none; the ones they had before end."""
        now = self._clock.now()
        made = [_made(debate, person, role, now) for person, role in people]
        ending = [(now, debate, person) for person, _ in people]
        rows = [astuple(each.link) for each in made]

        await self._store.change(
            (
                "update links set revoked_at = ? where debate = ? and person = ? and revoked_at is null",
                ending,
            ),
            (_INSERT, rows),
            *self._told_to_others(debate, [person for person, _ in people], now),
        )
        self._forget(debate, {person for person, _ in people})
        return made

    async def revoke(self, debate: str, id: str) -> Link | None:
        """End the link. Returns it as it was; None where the debate has none of this id."""
        link = await self.by_id(id)
        if link is None or link.debate != debate:
            return None
        now = self._clock.now()
        await self._store.change(
            ("update links set revoked_at = ? where id = ? and revoked_at is null", [(now, id)]),
            *self._told_to_others(debate, [link.person], now),
        )
        self._forget(debate, {link.person})
        return link

    async def forget_debate(self, debate: str) -> None:
        """The debate is gone, and every way into it."""
        await self._store.change(
            ("delete from links where debate = ?", [(debate,)]),
            ("delete from browsers where debate = ?", [(debate,)]),
        )
        self._forget(debate)
        self._browsers.clear()

    # Asking

    async def of(self, debate: str) -> list[Link]:
        """All links of a debate, ended ones too, in the order they were issued."""
        rows = await self._store.ask(f"{_SELECT} debate = ? order by rowid", debate)
        return [self._as_used(Link(*row)) for row in rows]

    async def by_secret(self, secret: str) -> Link | None:
        """The link a secret opens, revoked or not."""
        wanted = digest(secret)
        for standing in self._standing.values():
            if standing.secret == wanted:
                return standing
        return await self._link(self._by_secret.get(wanted), f"{_SELECT} secret = ?", wanted)

    async def by_id(self, id: str) -> Link | None:
        if (standing := self._standing.get(id)) is not None:
            return standing
        return await self._link(self._by_id.get(id), f"{_SELECT} id = ?", id)

    def use(self, link: Link) -> None:
        """Note that the link was used now; `note_uses` writes it down."""
        self._used[link.id] = self._clock.now()

    async def note_uses(self) -> None:
        """Write down when links were last used, in one transaction: now and then, and before closing.

        What could not be written is kept for the next time.
        """
        used, self._used = self._used, {}
        rows = [
            (at, id) for id, at in sorted(used.items())
        ]  # in one order at all nodes: none waits in a ring
        try:
            if rows:
                await self._store.change(("update links set last_used = ? where id = ?", rows))
        except LogError:
            self._used = used | self._used
            raise

    # Browsers

    async def browser(self, cookie: str) -> Browser:
        """What the browser with this cookie holds; nothing where it is not known."""
        key = digest(cookie)
        known = self._browsers.get(key)
        if known is not None and (not self._is_shared or self._store.failing):
            return known
        try:
            return await self._fetch_browser(key)
        except Unavailable:
            if known is None:
                raise
            return known

    async def _fetch_browser(self, key: bytes) -> Browser:
        while True:
            before = self._changes
            rows = await self._store.ask("select debate, link from browsers where cookie = ?", key)
            if not rows:
                self._browsers.pop(key, None)
                return Browser(key, {})
            if before == self._changes:
                if len(self._browsers) >= _REMEMBERED:
                    del self._browsers[next(iter(self._browsers))]
                known = self._browsers[key] = Browser(key, dict(rows))
                return known

    async def hold(self, cookie: str, link: Link) -> None:
        """From now on the browser holds this link, and no other of the same debate."""
        key = digest(cookie)
        await self._store.change(
            (_HOLD, [(key, link.debate, link.id)]),
        )
        self._changes += 1
        self._browsers.pop(key, None)

    async def release(self, cookie: str, debate: str | None = None) -> None:
        """From now on the browser holds no link of that debate; none at all, where no debate is named."""
        key = digest(cookie)
        if debate is None:
            await self._store.change(("delete from browsers where cookie = ?", [(key,)]))
        else:
            await self._store.change(
                ("delete from browsers where cookie = ? and debate = ?", [(key, debate)])
            )
        self._changes += 1
        self._browsers.pop(key, None)

    def _told_to_others(self, debate: str, people: Sequence[str], now: int) -> tuple[Change, ...]:
        """What makes other nodes close the connections of those whose links have just ended."""
        if not self._is_shared:
            return ()
        return ((_ENDED, [(debate, debate, person, now, self._node, person) for person in people]),)

    # Memory

    async def _link(self, known: Link | None, query: str, value: str | bytes) -> Link | None:
        """As it is stored; as it is `known`, where nobody else writes the store, or it fails."""
        if known is not None and (not self._is_shared or self._store.failing):
            return known
        try:
            return await self._fetch(query, value)
        except Unavailable:
            if known is None:
                raise
            return known

    async def _fetch(self, query: str, value: str | bytes) -> Link | None:
        """One link from the store. Read again where links changed meanwhile: what was read may have ended."""
        while True:
            before = self._changes
            rows = await self._store.ask(query, value)
            if not rows:
                return None
            if before == self._changes:
                return self._remember(Link(*rows[0]))

    def _remember(self, link: Link) -> Link:
        if len(self._by_id) >= _REMEMBERED:
            oldest = self._by_id.pop(next(iter(self._by_id)))
            self._by_secret.pop(oldest.secret, None)
        self._by_id[link.id] = self._by_secret[link.secret] = link
        return link

    def _forget(self, debate: str, people: set[str] | None = None) -> None:
        """Remember nothing of these people's links (all of a debate's, where nobody is named)."""
        self._changes += 1
        for link in list(self._by_id.values()):
            if link.debate == debate and (people is None or link.person in people):
                self._by_id.pop(link.id)
                self._by_secret.pop(link.secret, None)

    def _as_used(self, link: Link) -> Link:
        return replace(link, last_used=self._used.get(link.id, link.last_used))


def _made(debate: str, person: str, role: str, now: int) -> Issued:
    secret = new_secret()
    return Issued(Link(secrets.token_hex(8), debate, person, role, digest(secret), now), secret)


def _standing(secret: str) -> Link:
    # Named after its secret, so that a browser it let in is out when the operator changes it.
    return Link(f"standing-{digest(secret).hex()[:16]}", ADMINISTRATOR, "operator", "", digest(secret), 0)
