"""A program by itself: scripts in, on one line of JSON, and the same scripts out, shorter.

Run by `fishbowl.web.scripts`, and imported by nobody: the library it uses is Go's, with threads and a
collector of its own, which do not belong into a service that counts its memory and its time.
"""

from __future__ import annotations

import json
import sys

import minify

__all__: list[str] = []

if __name__ == "__main__":
    json.dump([minify.string("application/javascript", one) for one in json.load(sys.stdin)], sys.stdout)
