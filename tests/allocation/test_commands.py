"""`flask allocation solve` and `check`: without a database, and clear about wrong files."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pol.cli.allocation import cli
from pol.partnership.allocation.rules import instance as instances
from pol.partnership.allocation.rules.instance import InstanceUnreadable
from tests.allocation.instances import make

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent / "data"


def flask(*words: str | Path, instance: Path) -> subprocess.CompletedProcess[str]:
    settings = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "allocation", *map(str, words)],
        cwd=ROOT,
        env=settings | {"POL_INSTANCE": str(instance)},
        capture_output=True,
        text=True,
        check=False,
    )


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_solve_and_check_need_no_database(tmp_path: Path) -> None:
    out, source = tmp_path / "out.json", DATA / "store.json"

    solved = flask("solve", source, "--seconds", "5", "--out", out, instance=tmp_path / "new")
    checked = flask("check", source, out, instance=tmp_path / "new")

    assert (solved.returncode, checked.returncode) == (0, 0), solved.stderr + checked.stderr
    assert json.loads(out.read_bytes())["objective"] == 2_857_455
    assert not list((tmp_path / "new").glob("*.sqlite3"))


def test_check_prints_every_violation_and_ends_with_1(tmp_path: Path) -> None:
    source, out = tmp_path / "in.json", tmp_path / "out.json"
    source.write_text(json.dumps(make(6, 1, 2, 1)))
    assert call("solve", source, "--seconds", "1", "--out", out).exit_code == 0
    found = json.loads(out.read_bytes())
    out.write_text(json.dumps(found | {"objective": -1, "input_sha256": "0"}))

    checked = call("check", source, out)

    assert checked.exit_code == 1
    assert "objective: " in checked.stderr
    assert "input_sha256: " in checked.stderr


def without(key: str) -> Callable[[Json], Json]:
    return lambda raw: {k: v for k, v in raw.items() if k != key}


def product(**changes: Any) -> Callable[[Json], Json]:
    return lambda raw: raw | {"applications": [raw["applications"][0] | changes]}


def shelf(**changes: Any) -> Callable[[Json], Json]:
    return lambda raw: raw | {"shelves": [raw["shelves"][0] | changes]}


WRONG: dict[str, Callable[[Json], Any]] = {
    "no gap": without("gap_mm"),
    "no stores": without("stores"),
    "a list": lambda raw: [raw],
    "shelves no list": lambda raw: raw | {"shelves": {}},
    "a shelf no object": lambda raw: raw | {"shelves": [3]},
    "negative width": product(width_mm=-1),
    "width 0": shelf(width_mm=0),
    "a fraction": product(weight_g=0.5),
    "true as a number": product(weight_g=True),
    "not a number": product(unit_value=float("nan")),
    "a text as a number": shelf(load_g="9"),
    "huge": product(unit_value=10**400),
    "worth too much": product(unit_value=10**9, milli_units=[10**9] * 9),
    "unknown store of a shelf": shelf(store="S9"),
    "unknown store of a product": product(stores=["S9"]),
    "a store twice": product(stores=["S001", "S001"]),
    "a shelf twice": lambda raw: raw | {"shelves": raw["shelves"][:1] * 2},
    "facings the wrong way round": product(min_facings=5, max_facings=2),
    "too few weekly sales": product(milli_units=[]),
    "a name of many lines": lambda raw: raw | {"name": "a\nb"},
    "an empty code": product(id=""),
    "names no object": lambda raw: raw | {"names": [1]},
    "lefts no object": lambda raw: raw | {"lefts": [1]},
    "a left that is no number": lambda raw: raw | {"lefts": {"S001-1": "3"}},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_input_is_one_clear_sentence_and_2(tmp_path: Path, wrong: str) -> None:
    source = tmp_path / "in.json"
    source.write_text(json.dumps(WRONG[wrong](make(3, 1, 2, 1))))

    done = call("solve", source, "--seconds", "1", "--out", tmp_path / "out.json")

    assert done.exit_code == 2
    assert done.stderr.startswith("Berkas masukan tidak dapat dibaca: ")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"{", b"[" * 200_000, b"9" * 5000])
def test_what_is_no_json_is_one_clear_sentence_and_2(tmp_path: Path, data: bytes) -> None:
    source = tmp_path / "in.json"
    source.write_bytes(data)

    for command in (
        call("solve", source, "--seconds", "1", "--out", tmp_path / "out.json"),
        call("check", source, source),
    ):
        assert command.exit_code == 2
        assert len(command.stderr.splitlines()) == 1


def test_a_missing_file_and_a_closed_folder_are_said(tmp_path: Path) -> None:
    missing = call("solve", tmp_path / "no.json", "--seconds", "1", "--out", tmp_path / "o.json")
    closed = call(
        "solve", DATA / "store.json", "--seconds", "1", "--out", tmp_path / "no" / "o.json"
    )

    assert missing.exit_code == closed.exit_code == 2
    assert "no.json" in missing.stderr
    assert "tidak dapat ditulis" in closed.stderr


def test_a_file_beyond_the_limit_is_not_read_whole(tmp_path: Path) -> None:
    source = tmp_path / "in.json"
    with source.open("wb") as file:
        file.truncate(3 * 1024**3)

    done = call("solve", source, "--seconds", "1", "--out", tmp_path / "out.json")

    assert done.exit_code == 2
    assert "lebih besar dari 64 MB" in done.stderr


@pytest.mark.parametrize("with_commands", ["True", "False"])
def test_the_web_never_loads_the_solver_nor_what_only_files_need(with_commands: str) -> None:
    code = (
        f"import sys, pol.app; pol.app.create_app(with_commands={with_commands});"
        "large = {'highspy', 'numpy', 'openpyxl', 'fpdf'};"
        "print([name for name in sys.modules if name in large or 'services.solver' in name])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.stdout.strip() == "[]", done.stderr


def test_what_is_no_instance_is_refused_by_its_reader() -> None:
    with pytest.raises(InstanceUnreadable, match="JSON"):
        instances.read(b"[1, 2")
