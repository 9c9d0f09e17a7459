"""The loop of the materialization `cluster_nights` outside dbt: the same statements in order."""

from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import jinja2

MACROS = Path(__file__).resolve().parents[2] / "macros" / "identity"


@cache
def _template(name: str) -> Any:
    return jinja2.Template((MACROS / f"{name}.sql").read_text(encoding="utf-8")).module


def statement(name: str, **relations: str) -> str:
    """The SQL of one macro of macros/identity, for relations given by name."""
    return str(getattr(_template(name), name)(**relations))


class ClusterNights:
    """Joins and parts clusters night by night.

    Args:
        connection: where the relations are; temporary tables are made beside them.
        members: the change log to write, holding every new party as a cluster of its own.
        parties: as int_parties.
        edges: as int_identity_edges.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, members: str, parties: str, edges: str
    ) -> None:
        self.connection = connection
        self.relations = {"members": members, "parties": parties, "edges": edges}

    def run(self, start: str, end: str) -> None:
        """Run the nights ``start`` to ``end``, inclusive, in order."""
        nights = {"from_night": f"date '{start}'", "to_night": f"date '{end}'"}
        for (night,) in self._do("cluster_changed_nights", "edges", **nights).fetchall():
            self.night(f"date '{night}'")

    def night(self, night: str) -> None:
        """Run one night, given as a date literal."""
        self._do("cluster_links", "parties", "edges", night=night)
        self._do("cluster_touched", "members", night=night)
        self._do("cluster_opened", "members", night=night)
        self._do("cluster_edges", "edges", night=night)
        self.components()
        self._do("cluster_moves", "members", night=night)
        self._do("cluster_forget", "members", night=night)
        self._do("cluster_write", "members", "parties", night=night)

    def components(self) -> None:
        """Connected components of the table `cluster_edges` into `cluster_parents`."""
        self._do("cluster_parents_none")
        while self._count("cluster_edges_left"):
            self._do("cluster_hooks")
            while self._count("cluster_jumps_left"):
                self._do("cluster_jump")
            self._do("cluster_keep_hooks")
            self._do("cluster_contract")

    def _count(self, name: str) -> int:
        return int(self._do(name).fetchall()[0][0])

    def _do(self, name: str, *relations: str, **values: str) -> duckdb.DuckDBPyConnection:
        named = {relation: self.relations[relation] for relation in relations}
        return self.connection.execute(statement(name, **named, **values))
