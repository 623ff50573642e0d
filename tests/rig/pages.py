"""Reading a page the way a person does: heading, messages, forms, links."""

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode
from werkzeug.test import TestResponse


@dataclass(frozen=True)
class Form:
    """A form as it would be sent if nobody typed anything more."""

    action: str
    values: dict[str, str | list[str]]


class Page:
    """A parsed answer."""

    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.address = response.request.path
        self.tree = LexborHTMLParser(response.text)

    @property
    def heading(self) -> str:
        """Return the text of the one `h1`."""
        (heading,) = self.tree.css("h1")
        return text_of(heading)

    @property
    def text(self) -> str:
        """Return everything that can be read, with single spaces."""
        body = self.tree.body
        assert body is not None
        return text_of(body)

    def texts(self, selector: str) -> list[str]:
        """Return the text of each element that fits."""
        return [text_of(node) for node in self.tree.css(selector)]

    @property
    def errors(self) -> dict[str, str]:
        """Return each field that is marked invalid, with the sentence that belongs to it."""
        fields = self.tree.css("[aria-invalid=true]")
        return {node.attributes["name"] or "": self._described(node) for node in fields}

    @property
    def messages(self) -> list[str]:
        """Return what the page says about the last action, good or bad."""
        return self.texts("[role=status], [role=alert]")

    def links(self, selector: str = "a[href]") -> list[str]:
        """Return where the links lead."""
        return [node.attributes["href"] or "" for node in self.tree.css(selector)]

    def form(self, action: str | None = None) -> Form:
        """Return the form with this action, or the only one that changes something."""
        forms = [form for form in self.forms() if action in {None, form.action}]
        assert len(forms) == 1, [form.action for form in self.forms()]
        return forms[0]

    def forms(self) -> list[Form]:
        """Return every form of the page itself that is sent by POST; its frame has others."""
        return [
            Form(action=node.attributes.get("action") or self.address, values=_values(node))
            for node in self.tree.css("main form[method=post]")
        ]

    def _described(self, field: LexborNode) -> str:
        ids = (field.attributes.get("aria-describedby") or "").split()
        described = [self.tree.css_first(f'[id="{name}"]') for name in ids]
        return " ".join(text_of(node) for node in described if node is not None)


def text_of(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def _values(form: LexborNode) -> dict[str, str | list[str]]:
    values: dict[str, list[str]] = {}
    for field in form.css("input[name], textarea[name], select[name]"):
        name = field.attributes["name"] or ""
        values.setdefault(name, []).extend(_held(field))
    return {name: held[0] if len(held) == 1 else held for name, held in values.items() if held}


def _held(field: LexborNode) -> list[str]:
    attributes = field.attributes
    if "disabled" in attributes or attributes.get("type") in {"file", "submit", "image", "button"}:
        return []
    if field.tag == "textarea":
        return [field.text()]
    if field.tag == "select":
        chosen = field.css("option[selected]") or field.css("option")[:1]
        return [option.attributes.get("value", option.text()) or "" for option in chosen]
    if attributes.get("type") in {"checkbox", "radio"} and "checked" not in attributes:
        return []
    return [attributes.get("value") or ""]
