"""The environment that templates are drawn in."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class Templates(Environment):
    """Flask's environment, whose names are complete once the application is built.

    Jinja keeps them in a chain of mappings, so that names may still be added later; comparing such
    a chain at every import of a macro took a twentieth of a list page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the names of one template in a mapping of its own."""
        return {**self.globals, **(d or {})}
