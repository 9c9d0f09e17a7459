"""dbt-duckdb plugin: hands the key for personal data to DuckDB as a session variable.

The key is read from the environment and set through a bound parameter, so it appears neither in
SQL nor in ``target/`` or the logs. Models use it through the macro ``hash_pii``.
"""

import os
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError

PUBLIC_DEMO_KEY = "public-demo-key-protects-nobody"
"""The key of demo and public data. It is published on purpose: never use it for real people."""


def hash_key() -> str:
    """Return the key for personal data.

    Raises:
        DbtRuntimeError: RISK_HASH_KEY is unset and the landing zone is not marked as public data.
    """
    key = os.environ.get("RISK_HASH_KEY", "")
    if key:
        return key
    landing = Path(os.environ.get("RISK_LANDING", "data/landing"))
    if not landing.exists() or (landing / "_PUBLIC").exists():
        return PUBLIC_DEMO_KEY
    raise DbtRuntimeError(
        f"RISK_HASH_KEY is not set and {landing} is not marked as public data: "
        "export RISK_HASH_KEY=<a long random secret, the same every night>"
    )


class Plugin(BasePlugin):
    """Sets the DuckDB variable ``risk_hash_key`` on every cursor dbt opens."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Create the folder of the build database: a plain ``dbt build`` works at once."""
        Path(self.creds.path).parent.mkdir(parents=True, exist_ok=True)

    def configure_cursor(self, cursor: Any) -> None:
        """Set the variable: DuckDB variables live in a session, and each cursor is one."""
        cursor.execute("set variable risk_hash_key = ?", [hash_key()])
