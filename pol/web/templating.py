"""The environment that templates are drawn in."""

from collections.abc import MutableMapping
from types import FunctionType
from typing import Any

from flask.templating import Environment
from jinja2.runtime import Context, Macro


class Calls(Context):
    """Jinja's context, which calls our macros and plain functions without asking what they are.

    A page makes some two hundred such calls, most of them for a sentence.
    """

    def call(__self, __obj: Any, *args: Any, **others: Any) -> Any:  # noqa: N805 - as Jinja's
        """Call what a template calls."""
        if type(__obj) is Macro:
            args = (__self.eval_ctx, *args)
        elif type(__obj) is not FunctionType or hasattr(__obj, "jinja_pass_arg"):
            return super().call(__obj, *args, **others)
        others.pop("_block_vars", None)
        others.pop("_loop_vars", None)
        return __obj(*args, **others)


class Templates(Environment):
    """Flask's environment, whose names are complete once the application is built.

    Jinja keeps them in a chain of mappings, so that names may still be added later; comparing such
    a chain at every import of a macro took a twentieth of a list page.
    """

    context_class = Calls

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the names of one template in a mapping of its own."""
        return {**self.globals, **(d or {})}
