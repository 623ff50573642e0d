"""What translators need: the sentences of refusals, and catalogues in their compiled form."""

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Found = tuple[int, None, str, list[str]]


def refusals(
    fileobj: IO[bytes],
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Found]:
    """Yield every `message` of a class, as Babel's extraction wants it (see babel.cfg)."""
    for node in ast.walk(ast.parse(fileobj.read())):
        if isinstance(node, ast.ClassDef):
            yield from _messages(node)


def _messages(node: ast.ClassDef) -> Iterator[Found]:
    for line in node.body:
        if (
            isinstance(line, ast.Assign)
            and [ast.unparse(target) for target in line.targets] == ["message"]
            and isinstance(line.value, ast.Constant)
        ):
            yield line.lineno, None, str(line.value.value), []


def compile_catalogue(source: Path, compiled: Path) -> None:
    """Write a catalogue as programs read it; whoever reads meanwhile sees the old one or the new.

    A catalogue that cannot be read stops the application here, not a visitor later.
    """
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parts[-3], abort_invalid=True)
    with NamedTemporaryFile(dir=compiled.parent, suffix=".part", delete=False) as part:
        write_mo(part, catalogue)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(compiled)
