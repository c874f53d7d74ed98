"""No arrow runs up: what a floor imports is seen in a process of its own."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import sleutelworkshop
from starting import PATIENCE, surroundings

IMPORTED = """
import importlib, json, pkgutil, sys
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        importlib.import_module(module.name)
print("\\n".join(sys.modules))
"""

RUN = """
import sys
from sleutelworkshop.cli import main
code = main(sys.argv[1:])
print("\\n".join(sys.modules), file=sys.stderr)
raise SystemExit(code)
"""


def modules_after(source: str, folder: Path, *arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", source, *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,  # where what a command makes ends up
        env=surroundings(folder),
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    told = (done.stderr if source is RUN else done.stdout).split()
    assert "sleutelworkshop" in told
    return {module.partition(".")[0] for module in told} | set(told)


@pytest.mark.parametrize("floor", ["script", "session", "summary", "sheets", "store", "export"])
def test_a_floor_draws_nothing(floor: str, tmp_path: Path) -> None:
    assert "textual" not in modules_after(IMPORTED, tmp_path, f"sleutelworkshop.{floor}")


@pytest.mark.parametrize(
    ("floor", "above"),
    [
        ("script", {"session", "store", "summary", "sheets", "export", "tui"}),
        ("session", {"store", "summary", "sheets", "export", "tui"}),
        ("store", {"summary", "sheets", "export", "tui"}),
        ("summary", {"store", "sheets", "export", "tui"}),
        ("sheets", {"store", "summary", "export", "tui"}),
        ("export", {"sheets", "tui"}),
    ],
)
def test_no_arrow_runs_up(floor: str, above: set[str], tmp_path: Path) -> None:
    imported = modules_after(IMPORTED, tmp_path, f"sleutelworkshop.{floor}")
    assert not imported & {f"sleutelworkshop.{name}" for name in (*above, "cli", "commands")}


@pytest.mark.parametrize("floor", ["script", "session", "summary", "sheets", "commands"])
def test_only_the_store_knows_tinydb(floor: str, tmp_path: Path) -> None:
    assert "tinydb" not in modules_after(IMPORTED, tmp_path, f"sleutelworkshop.{floor}")


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["list", "--json"],
        ["check"],
        ["summary", "2026"],
        ["summary", "2026", "--format", "md"],
        ["sheets", "2026"],
        ["settings"],
        ["new", "--organisation", "De Linde", "--team", "A"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_a_command_imports_no_screen(command: list[str], tmp_path: Path) -> None:
    first = ["new", "--organisation", "De Eik", "--team", "A"]
    assert "tinydb" in modules_after(RUN, tmp_path, *first)
    modules = modules_after(RUN, tmp_path, *command)
    assert not modules & {"textual", "sleutelworkshop.tui"}
    if command[0] != "new":
        assert not modules & {"tinydb", "filelock"}
    if command[0] != "sheets":
        assert not modules & {"typst", "icalendar"}


# What holds for every file of source.


def test_the_name_of_gettext_is_bound_to_nothing_else() -> None:
    bound = [
        f"{path.name}:{node.lineno}"
        for path in Path(sleutelworkshop.__file__).parent.rglob("*.py")
        if "i18n import _" in (source := path.read_text("utf-8"))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)
    ]
    assert not bound
