"""What the warehouse says of the Olist files: the figures to hold against the adapter's own."""

import argparse
import sys
from decimal import Decimal
from pathlib import Path

import duckdb


def report(marts: Path) -> list[str]:
    """The report's lines.

    Args:
        marts: the published DuckDB file.
    """
    with duckdb.connect(marts, read_only=True) as connection:
        ((orders,),) = connection.execute("select count(*) from fct_orders").fetchall()
        ((paid, unapplied),) = connection.execute(
            """
            select
                sum(amount_minor) filter (where account = 'psp_cash' and fact = 'capture'),
                -sum(amount_minor) filter (where account = 'unapplied_cash')
            from fct_ledger_postings
            """
        ).fetchall()
        breaks = connection.execute(
            """
            select cause, count(*), sum(unapplied_minor), sum(missing_minor)
            from mart_reconciliation_breaks
            group by cause
            order by cause
            """
        ).fetchall()
        ((compared, different),) = connection.execute(
            "select count(*), count(*) filter (where difference_minor != 0) "
            "from mart_ledger_reconciliation"
        ).fetchall()
        blind = connection.execute(
            """
            select distinct id, reason
            from (
                select detection_id as id, reason, night from fct_detection_coverage
                where state = 'not_evaluated'
                union all
                select metric_id, missing_input, night from fct_metric_coverage
                where not is_ready
            )
            where night = (select max(night) from fct_detection_coverage)
            order by 1
            """
        ).fetchall()
    return [
        f"olist    {orders:,} orders in fct_orders",
        f"         R$ {_reais(paid)} of payments in the ledger, R$ {_reais(unapplied)} unapplied",
        f"         {compared:,} days, sources and currencies reconciled to raw, {different} differ",
        "         reconciliation breaks: orders, R$ unapplied, R$ missing",
        *(
            f"           {cause:<24}{count:>7,}{_reais(above):>14}{_reais(below):>10}"
            for cause, count, above, below in breaks
        ),
        "         blind on the last night, and why",
        *(f"           {name:<24} {reason}" for name, reason in blind),
    ]


def _reais(minor: int | None) -> str:
    return f"{Decimal(minor or 0).scaleb(-2):,}"


def main() -> int:
    """Print the report of a published file."""
    parser = argparse.ArgumentParser(prog="python -m adapters.olist.report", description=__doc__)
    parser.add_argument("--marts", type=Path, required=True, help="published marts.duckdb")
    print(*report(parser.parse_args().marts), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
