"""Where the templates and the static files are.

Knows nothing of what is in them. Guarantees a folder that exists, from whatever directory the service was
started: in a checkout the folders of that name beside the package, in an installed wheel the copies it
carries (pyproject.toml maps them there).
"""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def find_assets(folder: Literal["templates", "static"], package: Path = _PACKAGE) -> Path:
    """The folder, as an absolute path.

    The wheel's own copy comes first: beside an installed package lie other people's files.
    """
    places = (package / "_assets" / folder, package.parent / folder)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(
        f"this installation of fishbowl is incomplete: {folder} is in neither of "
        f"{', '.join(str(place) for place in places)}; install it again"
    )
