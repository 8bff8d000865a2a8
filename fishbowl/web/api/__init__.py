"""`/api/v1`: the public contract over HTTP, one module per noun."""

from fishbowl.web.api import debates, entrance, floor, health, links, tags

__all__ = ["ROUTES"]

ROUTES = [*health.ROUTES, *debates.ROUTES, *links.ROUTES, *entrance.ROUTES, *floor.ROUTES, *tags.ROUTES]
