-- What voids, payout returns and ends of incentives post, line by line, beside what the
-- movement they take back posted: nothing to take back, the same sign, or more than
-- there was. In full, they are its mirror; in part, what the seller is owed is the
-- rest of rounded lines and may differ. Voids that mart_reconciliation_breaks names may
-- go beyond.
with postings as (
    select *
    from {{ ref('fct_ledger_postings') }}
    where account != 'fx_gain_loss'
),

reversals as (
    select distinct
        reversals.source_table,
        reversals.source_id,
        reversals.fact,
        originals.source_id as reversed_id,
        originals.fact as reversed_fact
    from postings as reversals
    left join postings as originals
        on reversals.reverses_journal_id = originals.journal_id
    where reversals.journal_kind = 'reversal'
),

sides as (
    select
        postings.source_table,
        coalesce(reversals.reversed_id, postings.source_id) as reversed_id,
        coalesce(reversals.reversed_fact, postings.fact) as reversed_fact,
        postings.account,
        postings.component,
        postings.currency,
        postings.party_id,
        postings.order_item_id,
        postings.payment_id,
        reversals.source_id is not null as is_reversal,
        postings.amount_minor
    from postings
    left join reversals
        on
            postings.source_table = reversals.source_table
            and postings.source_id = reversals.source_id
            and postings.fact = reversals.fact
),

lines as (
    select
        * exclude (is_reversal, amount_minor),
        coalesce(sum(amount_minor) filter (where not is_reversal), 0) as original_minor,
        coalesce(sum(amount_minor) filter (where is_reversal), 0) as reversed_minor
    from sides
    group by all
),

compared as (
    select
        *,
        bool_or(reversed_minor != 0) over movement as is_reversed,
        coalesce(bool_and(original_minor = -reversed_minor) filter (
            where account in ('psp_cash', 'incentive_expense')
        ) over movement, false) as is_in_full
    from lines
    window movement as (
        partition by source_table, reversed_id, reversed_fact
        rows between unbounded preceding and unbounded following
    )
)

select compared.*
from compared
left join {{ ref('mart_reconciliation_breaks') }} as breaks
    on
        compared.payment_id = breaks.subject_id
        and breaks.subject_type = 'payment_attempts'
        and breaks.cause = 'void_above_capture'
where
    compared.is_reversed
    and breaks.break_id is null
    and case
        when compared.is_in_full
            then compared.original_minor != -compared.reversed_minor
        when compared.account = 'seller_payable' then false
        when compared.reversed_minor = 0 then false
        else
            sign(compared.original_minor) = sign(compared.reversed_minor)
            or abs(compared.reversed_minor) > abs(compared.original_minor)
    end
