"""The command: same arguments, same bytes; somebody else's folder is left alone."""

import ast
import hashlib
from pathlib import Path

import pytest

import simulator
from simulator import run as runner
from simulator.__main__ import main

TINY = ["--scale", "120", "--nights", "6"]


def digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = [
        f"{p.relative_to(folder)} {hashlib.sha256(p.read_bytes()).hexdigest()}" for p in files
    ]
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def write(root: Path, *more: str) -> str:
    assert main(["--landing", str(root / "landing"), *TINY, *more]) == 0
    return digest(root)


def test_same_arguments_give_the_same_bytes(tmp_path):
    first = write(tmp_path / "a")
    assert write(tmp_path / "b") == first
    assert write(tmp_path / "c", "--seed", "8") != first


def test_a_rerun_replaces_what_the_simulator_wrote(tmp_path):
    longer = tmp_path / "landing"
    assert main(["--landing", str(longer), "--scale", "120", "--nights", "9"]) == 0
    write(tmp_path)
    assert len(list((longer / "_nights").iterdir())) == 7
    assert not list(longer.glob("*/dt=2026-01-09"))


def test_many_chunks_are_as_deterministic_and_complete_as_one(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "CHUNK_USERS", 50)
    assert write(tmp_path / "a") == write(tmp_path / "b")
    assert not list((tmp_path / "a").glob(".spill-*"))


def test_somebody_elses_landing_is_refused_in_one_line(tmp_path, capsys):
    landing = tmp_path / "landing"
    landing.mkdir()
    (landing / "orders.csv").write_text("theirs")
    assert main(["--landing", str(landing), *TINY]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "--force" in told
    assert [path.name for path in landing.iterdir()] == ["orders.csv"]
    assert main(["--landing", str(landing), *TINY, "--force"]) == 0
    assert (landing / "orders.csv").read_text() == "theirs"


def test_truth_inside_landing_is_refused(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--landing", str(tmp_path), "--truth", str(tmp_path / "truth"), *TINY])
    assert stopped.value.code == 2
    assert "outside the landing zone" in capsys.readouterr().err


def test_it_knows_nothing_of_policy_seeds_or_models():
    """Neither imports nor paths: the parameters of the schemes are the simulator's own."""
    for path in Path(simulator.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in {"seeds", "nightly", "models"}
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert "seeds/" not in node.value, path
