"""What the command line asks of debates, whether a service is running or not.

Knows no command's options. Where a service holds the data directory it is asked over HTTP on this machine,
with the secret of its run; where none does, the directory is held here and the same parts are called.
"""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO, Any, TypeVar
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from fishbowl.clock import SystemClock, to_wire
from fishbowl.debate.definition import Definition
from fishbowl.live.debates import Debates
from fishbowl.log.contract import LogError, NoSuchDebate, Unavailable, new_epoch
from fishbowl.log.directory import DataDirectory, DirectoryInUse
from fishbowl.log.erasures import erased_in
from fishbowl.log.stores import Store, StoredLog, open_store
from fishbowl.settings import Settings
from fishbowl.transcript import FORMATS, UnknownFormat, UnknownVersion, Version
from fishbowl.transcript.choice import EVERYTHING, Choice
from fishbowl.transcript.issue import issue_of
from fishbowl.transcript.projection import UNISSUED
from fishbowl.transcript.unpacking import unpacked
from fishbowl.web import opening
from fishbowl.web.addresses import Addresses
from fishbowl.web.links import Links
from fishbowl.web.retention import Retention
from fishbowl.web.running import Running, running_in
from fishbowl.web.seals import kept_of, opened_for
from fishbowl.web.transcripts import transcript_file

__all__ = ["RefusedByService", "admin_link", "create", "export", "retention", "take_in"]

T = TypeVar("T")
SECONDS = 60


class RefusedByService(LogError):
    """The running service said no; the message is its sentence."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True)
class _Store:
    """The parts of a service that a command needs, opened for it alone."""

    opened: Store
    log: StoredLog
    links: Links
    debates: Debates
    addresses: Addresses


def create(settings: Settings, data: object, definition: Definition) -> dict[str, Any]:
    """Make the debate; what `POST /api/v1/debates` answers. `definition` is `data`, read."""

    async def here(store: _Store) -> dict[str, Any]:
        opened = await opening.open_debate(store.debates, store.links, definition)
        return opened.answer(store.addresses.base)

    def there(service: Running) -> dict[str, Any]:
        made: dict[str, Any] = msgspec.json.decode(_ask(service, "POST", "/api/v1/debates", data))
        return made

    return _either(settings, here, there)


def admin_link(settings: Settings) -> str:
    """A new link for the administrator."""

    async def here(store: _Store) -> str:
        return await opening.admin_link(store.links, store.addresses)

    def there(service: Running) -> str:
        answer: dict[str, str] = msgspec.json.decode(_ask(service, "POST", "/api/v1/admin-link", {}))
        return answer["link"]

    return _either(settings, here, there)


def export(
    settings: Settings, slug: str, ending: str, version: str, choice: Choice = EVERYTHING
) -> Iterator[bytes]:
    """The transcript of a debate, in pieces."""
    if ending not in FORMATS:
        raise UnknownFormat(ending)
    if version not in list(Version):
        raise UnknownVersion(version)

    async def here(store: _Store) -> Iterator[bytes]:
        records = await store.log.read(slug)
        await opened_for(store.opened)
        seals = await kept_of(store.opened, slug)
        issue = issue_of(seals, records[-1].seq, settings.public_url) if records else UNISSUED
        return transcript_file(records, ending, version, choice=choice, issue=issue)

    def there(service: Running) -> Iterator[bytes]:
        asked = urlencode({"version": version, **choice.told()})
        path = f"/debates/{quote(slug, safe='')}/transcript.{ending}?{asked}"
        try:
            return iter([_ask(service, "GET", path)])
        except RefusedByService as refused:
            if refused.status == 404:
                raise NoSuchDebate(slug) from None
            raise

    return _either(settings, here, there)


def take_in(settings: Settings, file: IO[bytes]) -> tuple[str, int]:
    """Store the debate of an organiser's archive: its slug, and how many records. No service may be running.

    What was erased here before stays erased, though an older archive still holds it. Raises `NotAnArchive`,
    `DirectoryInUse`, and as the log's `take_in`.
    """
    slug, (records, texts) = unpacked(file)

    async def stored(directory: DataDirectory) -> None:
        async with _opened(settings, directory) as store:
            erased = erased_in(directory.path, slug, records[0].at) if records else set()
            kept = [text for text in texts if text.seq not in erased]
            await store.log.take_in(slug, (records, kept), new_epoch())

    with DataDirectory.lock(settings.data) as directory:
        asyncio.run(stored(directory))
    return slug, len(records)


def retention(settings: Settings) -> list[dict[str, Any]]:
    """What was erased because its days were over; as `GET /api/v1/retention` has it."""

    async def here(store: _Store) -> list[dict[str, Any]]:
        kept = Retention(store.opened, store.log, SystemClock(), settings.retention_days)
        await kept.open()
        return [{**msgspec.to_builtins(each), "at": to_wire(each.at)} for each in await kept.done()]

    def there(service: Running) -> list[dict[str, Any]]:
        erased: list[dict[str, Any]] = msgspec.json.decode(_ask(service, "GET", "/api/v1/retention"))[
            "erased"
        ]
        return erased

    return _either(settings, here, there)


def _either(settings: Settings, here: Callable[[_Store], Awaitable[T]], there: Callable[[Running], T]) -> T:
    """Ask the running service, else do it here."""
    try:
        with DataDirectory.lock(settings.data) as directory:
            return asyncio.run(_with_store(settings, directory, here))
    except DirectoryInUse:
        service = running_in(settings.data)
        if service is None:
            raise
        return there(service)


async def _with_store(
    settings: Settings, directory: DataDirectory, use: Callable[[_Store], Awaitable[T]]
) -> T:
    async with _opened(settings, directory) as store:
        return await use(store)


@asynccontextmanager
async def _opened(settings: Settings, directory: DataDirectory) -> AsyncIterator[_Store]:
    clock = SystemClock()
    async with open_store(settings.database, directory) as opened:
        links = Links(opened.store, clock)
        await links.open()
        # Nothing is running, and nothing is to run: existing debates are not opened.
        debates = Debates(opened.log, clock, settings)
        try:
            yield _Store(opened.store, opened.log, links, debates, Addresses(settings))
        finally:
            await debates.close()


def _ask(service: Running, method: str, path: str, body: object = None) -> bytes:
    """The answer's body; raises `RefusedByService` with the service's sentence."""
    address = urlsplit(service.address)
    assert address.hostname is not None
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=SECONDS)
    headers = {"Authorization": f"Bearer {service.secret}", "Accept": "application/json"}
    try:
        connection.request(method, path, msgspec.json.encode(body) if body is not None else None, headers)
        response = connection.getresponse()
        answer = response.read()
    except (OSError, http.client.HTTPException) as error:
        raise Unavailable(f"The running service at {service.address} does not answer: {error}.") from None
    finally:
        connection.close()
    if response.status >= 400:
        raise RefusedByService(_sentence(answer, response.status), response.status)
    return answer


def _sentence(answer: bytes, status: int) -> str:
    try:
        return str(msgspec.json.decode(answer)["detail"])
    except (msgspec.DecodeError, KeyError, TypeError):
        return f"The running service answered {status}."
