-- Days on which the ledger and the raw tables do not show the same money, by the day it
-- happened and by the night it arrived.
select
    basis,
    activity_date,
    source_table,
    account,
    currency,
    difference_minor
from {{ ref('mart_ledger_reconciliation') }}
where difference_minor != 0
