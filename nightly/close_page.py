"""The page of a month close: one HTML file for people, with no other file and no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

import duckdb

Row = Sequence[Any]

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: .5rem 0 1.5rem }
th, td { padding: .15rem .7rem; border-bottom: 1px solid #ddd; text-align: left }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
th { background: #f3f3f3; position: sticky; top: 0 }
tr.sum td { font-weight: bold }
p.note { color: #555 }
"""
SHOWN = 60
"""Rows of a table that the page shows; its file holds all of them."""

HEADLINES = """
    select
        coalesce(sum(gmv_usd) filter (where scope = 'month'), 0),
        sum(net_loss_usd) filter (where scope = 'month'),
        coalesce(sum(gmv_usd) filter (where scope = 'earlier_months'), 0),
        sum(net_loss_usd) filter (where scope = 'earlier_months'),
        count(*) = count(net_loss_usd),
        coalesce(bool_and(is_usd_complete), true)
    from rates
"""
LOSS_COLUMNS = """
    sum(gross_usd) as "gross", sum(recovered_usd) as "recovered, booked",
    sum(cash_recovered_usd) as "recovered, cash", sum(net_usd) as "net"
"""
SECTIONS: tuple[tuple[str, str, str], ...] = (
    (
        "Trial balance, US dollars",
        "Debit positive, credit negative. Opening is the last close; restated, earlier months and "
        "month lead to closing. By currency, in minor units, and beside the ledger of the cut-off "
        "night: trial_balance.csv.",
        """
        select
            coalesce(account, 'total') as "account", sum(opening_usd) as "opening",
            sum(restated_usd) as "restated",
            sum(earlier_months_usd) as "earlier months", sum(month_usd) as "month",
            sum(closing_usd) as "closing"
        from trial_balance group by rollup (account) order by grouping(trial_balance.account), 1
        """,
    ),
    (
        "Losses of the month by type and bearer, US dollars",
        "Only what the platform bears is in the ledger. All dimensions: losses.csv.",
        f"""
        select bearer, coalesce(loss_type, 'total') as "type", {LOSS_COLUMNS}
        from losses where scope = 'month'
        group by bearer, rollup (loss_type)
        order by bearer, grouping(loss_type), loss_type
        """,
    ),
    (
        "Losses of earlier months, known since, US dollars",
        "Prior-period changes: the figures of a closed month stay as they were.",
        f"""
        select bearer, coalesce(loss_type, 'total') as "type", {LOSS_COLUMNS}
        from losses where scope = 'earlier_months'
        group by bearer, rollup (loss_type)
        order by bearer, grouping(loss_type), loss_type
        """,
    ),
    (
        "Net loss over GMV of the month, US dollars",
        "Borne by the platform, by where the order was placed; bps are net loss of 10,000 sold. "
        "By currency: rates.csv.",
        """
        select
            coalesce(region, 'total') as "region", business_line as "business line",
            sum(gmv_usd) as "GMV",
            sum(net_loss_usd) as "net loss",
            cast(round(10000 * sum(net_loss_usd) / nullif(sum(gmv_usd), 0), 2)
                as decimal(18, 2)) as "bps"
        from rates where scope = 'month'
        group by grouping sets ((region, business_line), ())
        having count(*) > 0
        order by grouping(rates.region), rates.region, business_line
        """,
    ),
    (
        "Still to come",
        "Estimates as valued on the last night of the month, never posted: what the payment months "
        "up to this one will have lost beyond what they have. By payment month: reserves.csv.",
        """
        select
            measure, sum(latest_value) as "known", sum(ultimate_value) as "in the end",
            sum(reserve) as "reserve", max(total_standard_error) as "standard error"
        from reserves group by measure order by measure
        """,
    ),
    (
        "Reconciliation, minor units",
        "The ledger against the raw tables by the night they arrived, since the last cut-off. A "
        "month closes at difference 0 only.",
        """
        select
            source_table as "source", account, currency, raw_minor as "raw",
            ledger_minor as "ledger", difference_minor as "difference"
        from reconciliation order by all
        """,
    ),
    (
        "Reconciliation breaks, minor units",
        "What lies in unapplied_cash, what orders are short of and what went too far, then and "
        "now. docs/ledger.md says what each cause means.",
        """
        select
            cause, currency, breaks_then as "breaks then", breaks,
            unapplied_then_minor as "unapplied then", unapplied_minor as "unapplied",
            missing_minor as "missing", excess_minor as "excess", largest_subject_id as "largest"
        from breaks order by all
        """,
    ),
    (
        "What changed since the last close: by cause, US dollars",
        "Movements of months that were closed, all accounts together. arrived_late: the fact "
        "itself came after the cut-off; correction: it was posted before and became another; "
        "reversal: a void or returned payout; reclass: moved to another account; restated: the "
        "past was built anew.",
        """
        select
            event_month as "month", cause, source_table as "source", fact, journals,
            debits_usd as "debits", credits_usd as "credits", first_night as "from night",
            last_night as "to night"
        from reasons order by event_month desc, cause, source_table, fact
        """,
    ),
    (
        "What changed since the last close: balances, minor units",
        "The largest first; the rest in changes.csv, with the split by cause.",
        """
        select
            event_month as "month", account, currency, then_minor as "then",
            now_minor as "now", difference_minor as "difference",
            arrived_late_minor as "arrived late", correction_minor as "correction",
            reversal_minor as "reversal", reclass_minor as "reclass",
            restated_minor as "restated"
        from changes
        order by abs(difference_usd) desc, event_month, account, currency
        """,
    ),
    (
        "The journals that moved most",
        "One per month, account, currency, cause, source and fact; the rest in causes.csv.",
        """
        select
            event_month as "month", account, cause, source_table as "source", fact,
            largest_source_id as "row", largest_minor as "minor units", currency,
            largest_night as "night", largest_journal_id as "journal"
        from causes where largest_journal_id is not null
        order by abs(amount_usd) desc, event_month, account, currency, cause, source_table, fact
        """,
    ),
    (
        "Checks, minor units",
        "Figures that must be the same; a month with a difference is not frozen.",
        """
        select
            check_name as "check", currency, expected_minor as "expected",
            found_minor as "found", difference_minor as "difference"
        from checks order by all
        """,
    ),
    (
        "What nobody delivered",
        "Metrics that lack an input on the cut-off night: blank here, and not zero.",
        """
        select metric_id as "metric", missing_input as "missing"
        from coverage where not is_ready order by all
        """,
    ),
)


def page(
    connection: duckdb.DuckDBPyConnection,
    facts: Mapping[str, Any],
    rows: Mapping[str, int | None],
) -> str:
    """The page of the close whose tables are in `connection`."""
    title = f"Close of {facts['month']}, version {facts['version']}"
    body = [f"<h1>{title}</h1>", _facts(facts), "<h2>In short</h2>", _headlines(connection)]
    body += ["<h2>Restatements</h2>", _restatements(connection, facts)]
    for head, note, query in SECTIONS:
        found = connection.execute(query)
        columns = [column[0] for column in found.description]
        cells = found.fetchall()
        body += [f"<h2>{escape(head)}</h2>", f'<p class="note">{escape(note)}</p>']
        body.append(table(columns, cells[:SHOWN]) if cells else "<p>None.</p>")
        if len(cells) > SHOWN:
            body.append(f'<p class="note">{len(cells) - SHOWN:,} more rows in the file.</p>')
    body += ["<h2>Files</h2>", table(["file", "rows"], list(rows.items()))]
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>'
        f"\n<style>{STYLE}</style>\n</head>\n<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )


def _facts(facts: Mapping[str, Any]) -> str:
    before, since = facts["before"], facts["since"]
    known = [
        ["Known", f"what had arrived by the night of {facts['cut_off']}"],
        ["Opens with", _named(before) if before else "what the ledger held before the month"],
        ["Changes since", _named(since) if since else "no month was closed before"],
        ["Built by", f"run {facts['run']}, code {facts['code']['hash']}, policy {facts['policy']}"],
    ]
    if facts["reopened_because"]:
        known.append(["Reopened because", facts["reopened_because"]])
    return table(["", ""], known)


def _named(frozen: Mapping[str, Any]) -> str:
    return f"{frozen['close']}, cut-off {frozen['cut_off']}"


def _headlines(connection: duckdb.DuckDBPyConnection) -> str:
    ((gmv, net, gmv_late, net_late, known, complete),) = connection.execute(HEADLINES).fetchall()
    ((changes, reserve),) = connection.execute(
        "select (select count(*) from changes), "
        "(select sum(reserve) from reserves where measure = 'net_usd')"
    ).fetchall()
    bps = f"{10_000 * net / gmv:,.1f} bps" if known and net is not None and gmv else "no rate"
    lines = [
        ["GMV of the month", _money(gmv)],
        ["Net loss of the month", f"{_money(net or 0)}, {bps}" if known else "unknown"],
        ["GMV of earlier months, known since", _money(gmv_late)],
        ["Net loss of earlier months, known since", _money(net_late or 0) if known else "unknown"],
        ["Net loss still to come", "no valuation" if reserve is None else _money(reserve)],
        ["Ledger less raw tables", "0 in every currency"],
        ["Balances of closed months that moved", f"{changes:,}"],
    ]
    if not complete:
        lines.append(["Not in these dollars", "amounts without a rate: see is_usd_complete"])
    return table(["", ""], lines)


def _restatements(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Any]) -> str:
    if not facts["since"]:
        return "<p>None: no month was closed before.</p>"
    found = facts["restatements"]
    if not found:
        return (
            f"<p>None since {escape(facts['since']['close'])}: the ledger of today, cut off where "
            "that close was, gives its balances to the unit.</p>"
        )
    lines = [
        [run["run_id"], f"{run['from_night']} to {run['to_night']}", run["reason"], run["code"]]
        for run in found
    ]
    ((moved,),) = connection.execute(
        "select count(*) from causes where cause = 'restated'"
    ).fetchall()
    return (
        f"<p>Nights of closed months were built anew; {moved:,} balances that were frozen are "
        "others now:</p>" + table(["run", "nights", "reason", "code"], lines)
    )


def table(head: Sequence[str], rows: Sequence[Row]) -> str:
    """An HTML table; a column of numbers is set to the right."""
    numeric = [
        all(isinstance(row[place], int | Decimal) for row in rows if row[place] is not None)
        and any(row[place] is not None for row in rows)
        for place in range(len(head))
    ]

    def line(cells: Row, tag: str) -> str:
        said = (
            f"<{tag}{' class=n' if number else ''}>{escape(_said(cell))}</{tag}>"
            for cell, number in zip(cells, numeric, strict=True)
        )
        kind = " class=sum" if "total" in cells[:2] else ""
        return f"<tr{kind}>{''.join(said)}</tr>"

    top = [line(head, "th")] if any(head) else []
    return "<table>\n" + "\n".join([*top, *(line(row, "td") for row in rows)]) + "\n</table>"


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return str(value)
    return f"{value:,}"


def _money(value: Any) -> str:
    return f"{value:,.2f} USD"
