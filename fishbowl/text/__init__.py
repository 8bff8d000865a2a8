"""Text: what people type, made fit to be kept, and read for what stands in it.

Knows no debate, no clock and no store; imports nothing of ours. Everything here is a pure function of its
arguments, takes time linear in the text, and counts places in code points.

    clean("  naïve\\r\\ntext ")             # what is stored; BadText for control characters
    broken_limit(text, max_length=500)     # "empty", "graphemes", "code_points", "bytes", or None
    find_entities("@Bo Q3: see a.org #x")  # hashtags, mentions, links, question markers, with places
    choose_tags(questions=..., author=..., markers=..., parent=..., likely=..., focus=...)
    pseudonym(41), free_pseudonym(seed, taken), handle_for("Siân Llwyd", taken), clean_name(" Siân ")
    questions_from_text("1. Why?\\n2. How?")
    look("Сhаіr") == look("Chair")            # what a reader would take for one another
    concerns("Ring me on 07700 900123")       # ("phone",): what a moderator should look at first

A contribution goes through `clean`, then `broken_limit`, and only then is it stored; `find_entities` and
every offset afterwards speak of that stored text.
"""

from fishbowl.text.entities import Entities, Hashtag, Mention, find_entities
from fishbowl.text.links import Link
from fishbowl.text.looks import claims_a_role, look, within
from fishbowl.text.markers import Marker
from fishbowl.text.names import BadName, anonymous, clean_name, free_pseudonym, handle_for, pseudonym
from fishbowl.text.normalise import BadText, Limit, broken_limit, clean, graphemes
from fishbowl.text.questions import questions_from_text
from fishbowl.text.screening import CONCERNS, concerns, personal_data
from fishbowl.text.tags import Source, Tag, author_tags, chair_tags, choose_tags

__all__ = [
    "CONCERNS",
    "BadName",
    "BadText",
    "Entities",
    "Hashtag",
    "Limit",
    "Link",
    "Marker",
    "Mention",
    "Source",
    "Tag",
    "anonymous",
    "author_tags",
    "broken_limit",
    "chair_tags",
    "choose_tags",
    "claims_a_role",
    "clean",
    "clean_name",
    "concerns",
    "find_entities",
    "free_pseudonym",
    "graphemes",
    "handle_for",
    "look",
    "personal_data",
    "pseudonym",
    "questions_from_text",
    "within",
]
