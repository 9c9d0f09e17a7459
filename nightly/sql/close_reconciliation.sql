-- Grain: one row per source table, account and currency: raw money and ledger, by the
-- night it arrived, since the last cut-off and since the first night.
with nights as (
    select
        *,
        coalesce(activity_date > getvariable('before_cut_off'), true) as is_new
    from published.mart_ledger_reconciliation
    where basis = 'night' and activity_date <= getvariable('cut_off')
)

select
    source_table,
    account,
    currency,
    cast(coalesce(sum(raw_minor) filter (where is_new), 0) as bigint) as raw_minor,
    cast(coalesce(sum(ledger_minor) filter (where is_new), 0) as bigint)
        as ledger_minor,
    cast(coalesce(sum(difference_minor) filter (where is_new), 0) as bigint)
        as difference_minor,
    cast(sum(raw_minor) as bigint) as raw_to_date_minor,
    cast(sum(ledger_minor) as bigint) as ledger_to_date_minor,
    cast(sum(difference_minor) as bigint) as difference_to_date_minor,
    -- days on which the two differ, be it that their sum does not
    count(*) filter (where difference_minor != 0) as nights_off
from nights
group by source_table, account, currency
order by source_table, account, currency
