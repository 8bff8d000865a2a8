"""A definition made into a debate, with the links that lead into it.

Knows neither HTTP nor forms: the API, the set-up page and the command line all come through here. Guarantees
that there is a debate with all its links, or none at all.
"""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from fishbowl.debate.definition import Definition
from fishbowl.debate.vocabulary import Role
from fishbowl.live.debates import Debates
from fishbowl.log.contract import SlugTaken
from fishbowl.web.addresses import Addresses
from fishbowl.web.links import ADMINISTRATOR, Issued, Links
from fishbowl.web.words import negotiate, translations

__all__ = ["Opened", "admin_link", "open_debate", "role_names", "way_in"]


PAGES: Final = frozenset({"new"})
"""Slugs whose page is another one: `/debates/new` is where debates are set up."""


class Opened(Struct, frozen=True):
    """A new debate and the links to hand out, with their secrets."""

    slug: str
    organiser: Issued
    chair: Issued
    speakers: list[tuple[str, Issued]]

    def answer(self, base: str) -> dict[str, Any]:
        """What `POST /api/v1/debates` answers, with links under `base`."""
        return {
            "slug": self.slug,
            "links": {
                "public": f"{base}/debates/{self.slug}",
                "wall": f"{base}/debates/{self.slug}/wall",
                "chair": way_in(base, self.slug, self.chair),
                "organiser": way_in(base, self.slug, self.organiser),
                "speakers": [
                    {"name": name, "link": way_in(base, self.slug, issued), "token": issued.secret}
                    for name, issued in self.speakers
                ],
            },
            "tokens": {"chair": self.chair.secret, "organiser": self.organiser.secret},
        }

    def issued(self) -> list[Issued]:
        return [self.organiser, self.chair, *(issued for _, issued in self.speakers)]


async def open_debate(debates: Debates, links: Links, definition: Definition) -> Opened:
    """Make the debate. Raises `SlugTaken`, and what the store raises, and has then made nothing."""
    if definition.slug in PAGES:
        raise SlugTaken(definition.slug)
    created = await debates.create(definition, role_names(definition.language))
    try:
        cast = created.people
        people = [(cast.organiser, Role.ORGANISER), (cast.chair, Role.CHAIR)]
        people += [(person, Role.SPEAKER) for person, _ in cast.speakers]
        organiser, chair, *speakers = await links.issue_all(created.slug, people)
    except BaseException:
        await debates.delete(created.slug)
        raise
    names = [name for _, name in cast.speakers]
    return Opened(created.slug, organiser, chair, list(zip(names, speakers, strict=True)))


def role_names(language: str) -> dict[Role, str]:
    """What people without a name of their own are called in a debate in `language`."""
    _ = translations(negotiate(language)).gettext
    return {
        Role.ORGANISER: _("Organiser"),
        Role.CHAIR: _("Chair"),
        Role.MODERATOR: _("Moderator"),
        Role.SPEAKER: _("Speaker"),
    }


def way_in(base: str, slug: str, issued: Issued) -> str:
    """A personal link: the secret stands behind the `#`, where no server and no log sees it."""
    return f"{base}/join/{slug}#{issued.secret}"


async def admin_link(links: Links, addresses: Addresses) -> str:
    """A new link for the administrator; the one before ends."""
    issued = await links.issue(ADMINISTRATOR, "administrator")
    return f"{addresses.base}/admin#{issued.secret}"
