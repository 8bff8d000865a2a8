"""The application put together: every part made once, every address given to its part.

Knows all parts by name and none by heart: nothing is decided here but who gets what. Guarantees that whatever
was opened is closed again in the opposite order, also when the start fails half way.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute, Route

from fishbowl.assets import find_assets
from fishbowl.clock import Clock, SystemClock
from fishbowl.live.debates import Debates
from fishbowl.live.session import FRAMES_PER_SECOND
from fishbowl.live.several import follow
from fishbowl.log.contract import LogError
from fishbowl.log.directory import DataDirectory
from fishbowl.log.nodes import Nodes
from fishbowl.log.pool import Pool, Superseded
from fishbowl.log.stores import OpenStore, Store, open_store
from fishbowl.settings import Settings
from fishbowl.transcript.seal import Key
from fishbowl.web import api, archives, citations, figures, pages, search, socket, transcripts
from fishbowl.web.access import Access, cookie_name
from fishbowl.web.addresses import Addresses
from fishbowl.web.answers import Answers
from fishbowl.web.card import card_of, presets_in
from fishbowl.web.fresh import FreshLinks, InDatabase, InMemory
from fishbowl.web.gate import Gate
from fishbowl.web.kept import KeptPages
from fishbowl.web.links import Links
from fishbowl.web.metrics import Metrics, Timed
from fishbowl.web.organisation import Organisation
from fishbowl.web.problems import Problem
from fishbowl.web.receipts import Receipts
from fishbowl.web.rehearsals import Rehearsals
from fishbowl.web.render import Renderer
from fishbowl.web.retention import Retention
from fishbowl.web.seals import KEY_FILE, Seals
from fishbowl.web.searching import Index
from fishbowl.web.site import Site
from fishbowl.web.static import StaticFolder
from fishbowl.web.window import Window

__all__ = ["create_app"]

JOIN_SECONDS: Final = 600
REST_LOOK_SECONDS: Final = 60
"""How often debates that are over are looked through for those nobody asks for."""
NOTE_USES_SECONDS: Final = 60
"""How often the links' last uses are written down: what a crash may lose of them, and nothing else."""

NOTE_SHARED_USES_SECONDS: Final = 2
"""The same where other nodes list them, too."""

logger = logging.getLogger("fishbowl.log")


def create_app(
    settings: Settings,
    clock: Clock | None = None,
    *,
    directory: DataDirectory,
    secrets: Iterable[str] = (),
) -> Starlette:
    """The service as an ASGI application; its lifespan opens the store and the debates, and closes them.

    `settings.port` is the port it is really reached at; `directory` is locked by the caller, who unlocks it
    after the lifespan. `secrets`: the administrator's for as long as it runs, beside the one in the settings.
    """
    clock = clock or SystemClock(not_before=directory.last_alive())
    addresses = Addresses(settings)
    static = StaticFolder(find_assets("static"))
    organisation = Organisation(settings)
    standing = {
        "organisation": organisation,
        "modules": static.modules,
        "card_of": card_of,
        "presets_in": presets_in,
    }
    renderer = Renderer(find_assets("templates"), static.address, standing)
    answers = Answers(renderer)
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with _open(settings, clock, addresses, renderer, metrics, directory, secrets) as site:
            app.state.site = site
            yield

    caught = (Problem, HTTPException, ClientDisconnect, LogError)
    gate = Middleware(
        Gate, addresses=addresses, cookie=cookie_name(addresses.is_https), answer=answers.problem
    )
    return Starlette(
        routes=[
            *socket.ROUTES,  # first: those who all come back at once should not be tried at every other
            *_compressed([*api.ROUTES, *pages.ROUTES, *archives.PAGES, *organisation.routes]),
            *_compressed([*figures.ROUTES, *search.ROUTES, *citations.ROUTES]),
            *archives.ROUTES,
            *transcripts.ROUTES,
            static.route,
        ],
        middleware=[Middleware(Timed, metrics=metrics), gate],
        exception_handlers=dict.fromkeys(caught, answers.problem),
        lifespan=lifespan,
    )


@asynccontextmanager
async def _open(
    settings: Settings,
    clock: Clock,
    addresses: Addresses,
    renderer: Renderer,
    metrics: Metrics,
    directory: DataDirectory,
    secrets: Iterable[str],
) -> AsyncIterator[Site]:
    async with AsyncExitStack() as closing:
        opened = await closing.enter_async_context(open_store(settings.database, directory))
        store, log = opened.store, opened.log
        standing = [*secrets, *([settings.admin_token] if settings.admin_token else [])]
        links = Links(store, clock, standing, "" if opened.nodes is None else opened.nodes.node)
        await links.open()
        closing.push_async_callback(_note_uses_now, links)
        nodes = opened.nodes
        debates = await Debates.open(log, clock, settings, opened.last_alive, metrics, nodes)
        if nodes is not None:
            closing.push_async_callback(nodes.leave)
        closing.push_async_callback(debates.close)
        rehearsals = Rehearsals(debates, links, clock)
        closing.push_async_callback(rehearsals.close)
        _watch(metrics, debates, store)
        seals = Seals(store, log, Key(await opened.secret(KEY_FILE, Key.new)))
        await seals.open()
        retention = Retention(store, log, clock, settings.retention_days)
        await retention.open()
        index = Index()
        closing.callback(index.close)
        chores = _chores(opened, clock, links, debates)
        for chore in (*chores, seals.keep(debates), retention.keep(debates)):
            closing.push_async_callback(_end, asyncio.create_task(chore))
        yield Site(
            settings=settings,
            clock=clock,
            addresses=addresses,
            store=store,
            log=log,
            links=links,
            debates=debates,
            access=Access(links, debates, is_https=addresses.is_https),
            joins=Window(clock, settings.joins_per_address, JOIN_SECONDS),
            commands=Window(clock, FRAMES_PER_SECOND, 1.0, shared_by=_number_of(nodes)),
            receipts=Receipts(clock),
            renderer=renderer,
            kept=KeptPages(clock),
            fresh=_fresh(store, clock, "sheet"),
            returns=_fresh(store, clock, "return"),
            rehearsals=rehearsals,
            metrics=metrics,
            seals=seals,
            retention=retention,
            index=index,
            office=asyncio.Lock(),
            going_down=asyncio.Event(),
        )


def _chores(
    opened: OpenStore, clock: Clock, links: Links, debates: Debates
) -> Iterator[Coroutine[Any, Any, None]]:
    """What is done for as long as the service runs, whether anybody asks or not."""
    yield _note_uses(links, NOTE_USES_SECONDS if opened.nodes is None else NOTE_SHARED_USES_SECONDS)
    yield _beat(opened, clock)
    yield _rest(debates)
    if opened.nodes is not None:
        yield follow(debates, opened.nodes)


def _fresh(store: Store, clock: Clock, use: str) -> FreshLinks:
    return InDatabase(store, clock, use) if isinstance(store, Pool) else InMemory(clock)


def _number_of(nodes: Nodes | None) -> Callable[[], int]:
    return lambda: 1 if nodes is None else len(nodes.alive)


def _watch(metrics: Metrics, debates: Debates, store: Store) -> None:
    """What the operator can see of them."""
    metrics.watch("connections", "Live connections.", lambda: debates.admission.open)
    metrics.watch("connections_refused", "Connections refused.", lambda: debates.admission.refused)
    metrics.watch("debates", "Debates in the store.", lambda: len(debates))
    metrics.watch("lagging", "Connections that do not read as fast as they are written to.", debates.lagging)
    metrics.watch("waiting", "Commands that wait to be decided.", debates.waiting)
    metrics.watch("failing", "Debates whose last attempt to store failed.", debates.failing)
    metrics.watch("store_failing", "Whether the last transaction failed.", lambda: store.failing)
    metrics.watch("store_waiting", "Writes that wait for a transaction.", lambda: store.waiting)
    metrics.watch("store_reads", "Questions to the store so far.", lambda: store.reads)
    metrics.watch("store_transactions", "Transactions so far.", lambda: store.transactions)
    metrics.watch("debates_running", "Debates held in memory.", lambda: len(debates.all()))


async def _note_uses(links: Links, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        await _note_uses_now(links)


async def _note_uses_now(links: Links) -> None:
    with suppress(LogError):  # they are kept for the next round; that the store fails is told elsewhere
        await links.note_uses()


async def _rest(debates: Debates) -> None:
    while True:
        await asyncio.sleep(REST_LOOK_SECONDS)
        with suppress(LogError):  # it is looked for in the store when somebody asks
            await debates.rest()


async def _beat(opened: OpenStore, clock: Clock) -> None:
    """Leave a sign of life every second: after a crash the clocks go on from the last one."""
    while True:
        try:
            await opened.beat(clock.now())
        except Superseded as error:
            logger.error("%s It stops.", error)
            os.kill(os.getpid(), signal.SIGTERM)
            return
        except (OSError, LogError):
            pass  # what keeps a sign from being left keeps records from being stored too, and says so there
        await asyncio.sleep(1)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _compressed(routes: Iterable[Route]) -> list[BaseRoute]:
    """The same routes, their answers compressed for whoever asks. (Streams and static files are not.)"""
    return [
        Route(
            route.path,
            route.endpoint,
            methods=route.methods,
            middleware=[Middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)],
        )
        for route in routes
    ]
