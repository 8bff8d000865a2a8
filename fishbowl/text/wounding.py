"""Words that wound, in English, German and Welsh: names people are called to hurt them.

A short list on purpose. It finds what is hardly ever said kindly, whole words only, in small letters without
marks; a moderator decides. Swearing about a matter is no reason to hold anything.
"""

from __future__ import annotations

__all__ = ["WOUNDING"]

WOUNDING = frozenset(
    """
    bastard bellend bitch cunt dickhead faggot fag kike knobhead moron motherfucker nigger nigga paki pikey
    prick retard retarded scumbag slag slut spastic spaz tosser tranny twat wanker whore wog
    arschloch drecksau fotze hurensohn hure huso kanake kanacke missgeburt mongo nutte schlampe
    schwuchtel spast spasti vollidiot wichser zigeuner
    hwren coci pidlen
    """.split()
)
