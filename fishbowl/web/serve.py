"""The service as a process: its socket, its server, its data directory, and what it prints.

Knows no route. Guarantees that it starts completely or says in one sentence why not; that it listens before
it says so; that it ends within its grace after SIGTERM or SIGINT; and that no address it logs holds a secret
(requests are not logged at all).
"""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Callable, Generator
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from typing import Final

import click
import uvicorn
from starlette.applications import Starlette

from fishbowl.clock import Clock
from fishbowl.live.admission import Admission
from fishbowl.live.wire import WireProtocol
from fishbowl.log.directory import DataDirectory
from fishbowl.settings import PLAIN_HTTP, Settings
from fishbowl.web.app import create_app
from fishbowl.web.http import HttpProtocol
from fishbowl.web.links import ADMINISTRATOR, new_secret
from fishbowl.web.logs import log_to
from fishbowl.web.opening import admin_link
from fishbowl.web.room import room_for
from fishbowl.web.running import Running, announced
from fishbowl.web.site import Site

__all__ = ["serve"]

GRACE_SECONDS: Final = 10
SEND_BYTES: Final = 256 * 1024
"""What the kernel holds for a peer that does not read (it takes twice that), instead of up to four megabytes.
Enough for some megabytes a second to the other side of the world."""
COLLECT_AFTER: Final = (10_000, 20, 50)
"""New objects until the collector looks at them, and how many such looks until it looks at older ones."""
SWITCH_SECONDS: Final = 0.0005
"""How long a thread that works may keep the interpreter from one that waits for it, the loop above all. A
post changes threads several times, and Python's own five milliseconds each are more than all it takes.
"""
BACKLOG: Final = 4096
"""Connections the kernel keeps for us: a whole audience that comes back at once."""


Beside = Callable[[Site], AbstractAsyncContextManager[None]]
"""What runs for as long as the service does; entered before anybody is served."""


def serve(settings: Settings, clock: Clock | None = None, beside: Beside | None = None) -> None:
    """Run until told to stop. Raises `LogError` or `OSError` with what kept it from starting."""
    log_to(settings.log)
    room = room_for(settings.connections)
    with DataDirectory.lock(settings.data) as directory, _listen(settings) as listening:
        settings = replace(settings, port=listening.getsockname()[1], connections=room.live)
        secret = new_secret()
        app = create_app(settings, clock, directory=directory, secrets=[secret])
        server = _Server(_config(app, room.requests), app)
        with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
            runner.run(_run(app, server, listening, directory, secret, beside))


async def _run(
    app: Starlette,
    server: uvicorn.Server,
    listening: socket.socket,
    directory: DataDirectory,
    secret: str,
    beside: Beside | None,
) -> None:
    async with app.router.lifespan_context(app):
        site: Site = app.state.site
        directory.announce(site.addresses.local)
        with announced(directory.path, Running(site.addresses.local, secret)):
            await _greet(site)
            _collect_seldom()
            _take_turns()
            async with beside(site) if beside else nullcontext():
                await server.serve(sockets=[listening])


async def _greet(site: Site) -> None:
    """What the operator reads: where the service is, and the first time how to become its administrator."""
    click.echo(f"Fishbowl is at {site.addresses.base}")
    if site.settings.is_exposed:
        click.echo(f"Mind: {PLAIN_HTTP}.")
    if site.settings.admin_token is None and not await site.links.of(ADMINISTRATOR):
        click.echo("Open this link to be its administrator; it is shown this once:")
        click.echo(await admin_link(site.links, site.addresses))


def _collect_seldom() -> None:
    """Let the collector of cycles look less often, and never again at what is there now.

    A debate's state holds no cycles; walking it again and again is a tenth of what posts cost.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def _take_turns() -> None:
    """Let whoever makes a file in a thread of its own hold up the loop for a moment only."""
    sys.setswitchinterval(SWITCH_SECONDS)


@contextmanager
def _listen(settings: Settings) -> Generator[socket.socket, None, None]:
    """A socket that takes connections already: whoever reads the address may use it at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BYTES)
        try:
            listening.bind((settings.host, settings.port))
        except OSError as error:
            raise OSError(
                f"cannot listen on {settings.host}, port {settings.port}: {error.strerror or error}; "
                "choose another with --port (0 takes any that is free) or --host"
            ) from None
        listening.listen(BACKLOG)
        listening.setblocking(False)
        yield listening


def _config(app: Starlette, requests: Admission) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=partial(HttpProtocol, room=requests),  # type: ignore[arg-type]  # called like the class
        ws=WireProtocol,
        lifespan="off",  # ours encloses the server's life, so that what fails to open fails in words
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        ws_max_size=64 * 1024,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


class _Server(uvicorn.Server):
    """uvicorn's server, but a signal ends it and nothing more: the rest of us still has to be closed."""

    def __init__(self, config: uvicorn.Config, app: Starlette) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        site: Site = self._app.state.site
        site.going_down.set()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        loop = asyncio.get_running_loop()
        signals = (signal.SIGTERM, signal.SIGINT)
        for number in signals:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)
