"""Every action and every kind of subject that the source writes into the trail has words."""

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import pytest

from pol.identity.rules import CodePurpose
from pol.identity.services.doors import Door
from pol.partnership.allocation.rules.statuses import OfferStatus
from pol.partnership.applications.rules.life import MOVES
from pol.partnership.consignment.rules import ReturnStatus
from pol.partnership.settlement.rules import RenewalStatus
from pol.payments.rules import AttemptStatus
from pol.payments.rules.provider import follow
from pol.stalls.models import Market, Stall
from pol.web.trail_names import ACTIONS, SUBJECTS
from pol.web.trail_words import DOORS, PURPOSES, subject_words
from tests.architecture import PRODUCT, name_of, tree

RECORD = "audit.record"
PLACES = {Market.__tablename__, Stall.__tablename__}
DEPOSITS = {"deposit", "bank_deposit"}
NOT_AN_ANSWER = {OfferStatus.WAITING, OfferStatus.OFFERED, OfferStatus.CLOSED}
BUILT: dict[str, Iterable[str | None]] = {
    "application.{to}": {move.to for moves in MOVES.values() for move in moves},
    "attempt.{after}": {follow(*pair) for pair in product(AttemptStatus, repeat=2)} - {None},
    "cash.{kind}": DEPOSITS,
    "offer.{status}": set(OfferStatus) - NOT_AN_ANSWER,
    "renewal.{status.value}": set(RenewalStatus) - {RenewalStatus.ASKED, RenewalStatus.AGREED},
    "return.{note.status.value}": set(ReturnStatus),
    "{kind}.qris_kept": PLACES,
    "{kind}.qris_removed": PLACES,
}
"""What stands in the holes of actions that are put together."""
KINDS = {"cash.py": DEPOSITS, "qris.py": PLACES, "refused.py": {"page"}}
"""The kinds of subject that a file puts together."""


def calls_of(function: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
            yield node


def argument(call: ast.Call, name: str, at: int) -> ast.expr:
    return next((word.value for word in call.keywords if word.arg == name), None) or call.args[at]


def actions_of(module: ast.Module) -> Iterator[ast.expr]:
    """Yield what each call says as its action, also through helpers that hand it on."""
    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    recorders = {RECORD: 0}
    waiting = [RECORD]
    while waiting:
        name = waiting.pop()
        for function in functions:
            own = [each.arg for each in (*function.args.args, *function.args.kwonlyargs)]
            for call in calls_of(function, name):
                given = argument(call, "action", recorders[name])
                if not (isinstance(given, ast.Name) and given.id in own):
                    yield given
                elif function.name not in recorders:
                    recorders[function.name] = own.index(given.id)
                    waiting.append(function.name)


def spelled(given: ast.expr) -> Iterator[str]:
    """Yield each action that an expression can be; whatever else stands there is an error."""
    match given:
        case ast.Constant(value=str(action)):
            yield action
        case ast.IfExp():
            yield from spelled(given.body)
            yield from spelled(given.orelse)
        case ast.JoinedStr():
            pattern = ast.unparse(given)[2:-1]
            for value in BUILT[pattern]:
                yield re.sub("{.*}", str(value), pattern)
        case _:
            raise AssertionError(f"Nobody can say which action this is: {ast.unparse(given)}")


def subjects_of(path: Path) -> Iterator[str]:
    """Yield the kinds of subject that a file writes."""
    for function in ast.walk(tree(path)):
        if not isinstance(function, ast.FunctionDef):
            continue
        named = {
            ast.unparse(node.targets[0]): node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign)
        }
        for call in calls_of(function, RECORD):
            given = argument(call, "subject", 1)
            text = ast.unparse(named.get(ast.unparse(given), given))
            found = re.fullmatch(r"f['\"](\w+|{[\w.]+}):.*", text)
            assert found, f"{name_of(path)} says nobody knows whom: {text}"
            yield from KINDS[path.name] if "{" in found[1] else [found[1]]


def test_every_action_has_words_and_no_words_are_left_over() -> None:
    recorded = {
        action for path in PRODUCT for given in actions_of(tree(path)) for action in spelled(given)
    }
    assert sorted(recorded - ACTIONS.keys()) == []
    assert sorted(ACTIONS.keys() - recorded) == []


def test_every_kind_of_subject_has_words_and_no_words_are_left_over() -> None:
    kinds = {kind for path in PRODUCT for kind in subjects_of(path)}
    assert sorted(kinds - SUBJECTS.keys()) == []
    assert sorted(SUBJECTS.keys() - kinds) == []


def test_nobody_writes_into_the_trail_past_the_eyes_of_these_tests() -> None:
    elsewhere = [
        name_of(path)
        for path in PRODUCT
        if name_of(path) != "pol/kernel/audit.py"
        if re.search(r"\bAuditEntry\(|kernel\.audit import .*\brecord\b", path.read_text())
    ]
    assert elsewhere == []


def test_helpers_choices_and_built_actions_would_be_seen() -> None:
    """The control: an action goes through two helpers, one is chosen, one is put together."""
    module = ast.parse(
        "def low(what, action): audit.record(action=action, subject='x')\n"
        "def high(action): low(1, action)\n"
        "def one(): high('a.one')\n"
        "def two(): audit.record(action='a.yes' if some else 'a.no', subject='x')\n"
        "def three(): low(1, action=f'cash.{kind}')\n"
        "def four(): audit.record(action=some(), subject='x')\n"
    )
    *known, unknown = sorted(actions_of(module), key=lambda given: given.lineno)
    assert {action for given in known for action in spelled(given)} == {
        *("a.one", "a.yes", "a.no", "cash.deposit", "cash.bank_deposit")
    }
    with pytest.raises(AssertionError, match="which action"):
        list(spelled(unknown))


def test_every_door_and_purpose_has_words() -> None:
    assert set(DOORS) == set(Door)
    assert set(PURPOSES) == set(CodePurpose)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("user:6", "Akun 6"),
        ("order:100%", "Pesanan 100%"),
        ("page:GET /admin/jejak", "Halaman GET /admin/jejak"),
        ("officer_till.accept:/petugas/kas", "Halaman /petugas/kas"),
        ("moon:7", "moon:7"),
        ("moon", "moon"),
    ],
)
def test_a_subject_is_named_by_its_kind(code: str, words: str) -> None:
    assert subject_words(code) == words
