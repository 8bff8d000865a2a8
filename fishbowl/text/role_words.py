"""Words that say what somebody is in a debate, in the languages pages are in. They are nobody's name.

Lists of our own; `looks` compares names with them. No word that is a family name to many people: there are
Hosts and Leiters, but hardly a Moderator.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ROLE_WORDS"]

ROLE_WORDS: Final = tuple(
    """
    chair cochair chairs chairperson chairman chairwoman moderator moderators comoderator facilitator
    organiser organizer organisers organizers speaker speakers administrator administrators admin admins
    sysadmin webmaster fishbowl official helpdesk
    moderation moderatorin moderatorinnen moderatoren vorsitz vorsitzende vorsitzender organisation
    organisator organisatorin veranstalter veranstalterin veranstalterinnen redner rednerin
    administration administratorin
    cadeirydd cadeiryddion cadeiryddes cymedrolwr cymedrolwyr cymedrolydd trefnydd trefnwyr siaradwr
    siaradwyr gweinyddwr gweinyddwyr
    """.split()
)
