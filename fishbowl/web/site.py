"""Everything a request may need, in one place.

Knows how the parts are named, not what they do. It is made once, by `app`, when the service starts, and is
the same object for every request until the service ends.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from fishbowl.clock import Clock
from fishbowl.live.debates import Debates
from fishbowl.log.contract import Log
from fishbowl.log.stores import Store
from fishbowl.settings import Settings
from fishbowl.web.access import Access
from fishbowl.web.addresses import Addresses
from fishbowl.web.fresh import FreshLinks
from fishbowl.web.kept import KeptPages
from fishbowl.web.links import Links
from fishbowl.web.metrics import Metrics
from fishbowl.web.receipts import Receipts
from fishbowl.web.rehearsals import Rehearsals
from fishbowl.web.render import Renderer
from fishbowl.web.retention import Retention
from fishbowl.web.seals import Seals
from fishbowl.web.searching import Index
from fishbowl.web.window import Window

__all__ = ["Site", "site_of"]


@dataclass(frozen=True, slots=True)
class Site:
    settings: Settings
    clock: Clock
    addresses: Addresses
    store: Store
    log: Log
    links: Links
    debates: Debates
    access: Access
    joins: Window
    commands: Window
    """By person and debate: what a connection's frames are to the live stream."""
    receipts: Receipts
    """Of onlookers' reports."""
    renderer: Renderer
    kept: KeptPages
    fresh: FreshLinks
    """An organiser's, for the sheet."""
    returns: FreshLinks
    """Of people who joined by the form, for the page they come to."""
    rehearsals: Rehearsals
    metrics: Metrics
    seals: Seals
    retention: Retention
    index: Index
    office: asyncio.Lock
    """Held while a large file is made or checked: one at a time, for each takes much memory."""
    going_down: asyncio.Event
    """Set when the service is told to stop: whoever waits for something waits no longer."""


def site_of(connection: HTTPConnection) -> Site:
    site: Site = connection.app.state.site
    return site
