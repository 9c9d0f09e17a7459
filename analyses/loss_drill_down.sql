-- From the loss rate down to the raw rows, in four joins: the worst month of the
-- headline (cohort basis), the cells of mart_losses it is made of, their loss events,
-- the postings, and the raw row each comes from: refund, dispute, recovery, the payment
-- that a coupon went with, award, referral or redemption. A seller's default follows
-- from a balance and has none. Put a dimension and a member into `headline` to follow
-- another figure; no row is lost on the way: the last column adds up to the first.
with headline as (
    select *
    from {{ ref('mart_loss_rates') }}
    where basis = 'cohort' and dimension = 'headline'
    -- where basis = 'reporting' and dimension = 'scenario' and member = 'scams'
    order by net_usd desc nulls last, month asc, currency asc
    limit 1
),

cells as (
    select * from {{ ref('mart_losses') }}
    where bearer = 'platform'
),

events as (
    select * from {{ ref('fct_loss_events') }}
),

postings as (
    select * from {{ ref('fct_ledger_postings') }}
),

{%- set sources = [
    ('refunds', 'refund_id', 'null', 'refund_type', 'amount_minor'),
    ('dispute_events', "dispute_id || ':' || stage_seq", 'null', 'stage',
        'cash_effect_minor'),
    ('recoveries', 'recovery_id', 'stage', 'source', 'amount_minor'),
    ('payment_attempts', 'payment_id', 'null', 'kind', 'amount_minor'),
    ('promotion_redemptions', 'redemption_id', 'null', 'promotion_id', 'amount_minor'),
    ('creator_awards', 'award_id', 'null', 'program_id', 'award_minor'),
    ('referrals', 'referral_id', 'null', 'status', 'referrer_reward_minor'),
] %}
raw_rows as (
    {%- for table, id, fact, what, amount in sources %}
        {{ 'union all' if not loop.first }}
        select
            '{{ table }}' as source_table,
            {{ id }} as source_id,
            {{ fact }} as fact,
            {{ what }} as what,
            {{ amount }} as raw_minor,
            ingested_at
        from {{ ref('stg_' ~ table) }}
        {%- if table in ('creator_awards', 'referrals') %}
            qualify
                row_number() over (partition by {{ id }} order by record_seq desc) = 1
        {%- endif %}
    {%- endfor %}
)

select
    headline.month,
    headline.currency,
    headline.net_minor as headline_minor,
    headline.net_bps as headline_bps,
    cells.net_minor as cell_minor,
    events.loss_type,
    events.region,
    events.business_line,
    events.channel,
    events.category_l1,
    events.entry,
    postings.journal_kind,
    postings.source_table,
    postings.source_id,
    raw_rows.what,
    raw_rows.raw_minor,
    raw_rows.ingested_at,
    events.order_id,
    events.order_item_id,
    events.posting_id,
    events.net_minor as event_minor,
    sum(events.net_minor) over () as all_events_minor
from headline
inner join cells
    on headline.month = cells.cohort_month and headline.currency = cells.currency
inner join events
    on
        cells.loss_date = events.event_date
        and cells.cohort_month = events.cohort_month
        and cells.loss_type = events.loss_type
        and cells.bearer = events.bearer
        and cells.region = events.region
        and cells.business_line = events.business_line
        and cells.channel = events.channel
        and cells.category_l1 = events.category_l1
        and cells.currency = events.currency
inner join postings on events.posting_id = postings.posting_id
left join raw_rows
    on
        postings.source_table = raw_rows.source_table
        and postings.source_id = raw_rows.source_id
        and postings.fact = coalesce(raw_rows.fact, postings.fact)
order by events.net_minor desc, events.posting_id asc
