"""The benchmark of the identity clusters runs, and puts every party where scipy puts it."""

import pytest

from benchmarks.graph import measure


def test_partitions_are_scipys(capsys: pytest.CaptureFixture[str]) -> None:
    assert measure(2000, 4000)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in lines[2:]] == ["0"] * 5
