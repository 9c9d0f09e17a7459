-- What was lost and what came back, by everything it is reported by: one row per day,
-- payment month, cause, bearer, region, business line, channel, category and currency.
-- Every column of money is a sum and adds up to the ledger.
with events as (
    select * from {{ ref('fct_loss_events') }}
),

mart_losses as (
    select
        scenario,
        loss_type,
        bearer,
        region,
        business_line,
        channel,
        category_l1,
        currency,
        count(*) as loss_events,
        {% for measure in ['gross', 'recovered', 'cash_recovered', 'net'] -%}
            cast(sum({{ measure }}_minor) as bigint) as {{ measure }}_minor,
        {% endfor -%}
        {% for measure in ['gross', 'recovered', 'cash_recovered', 'net'] -%}
            cast(sum({{ measure }}_usd) as decimal(18, 2)) as {{ measure }}_usd,
        {% endfor -%}
        bool_and(net_usd is not null and cash_recovered_usd is not null)
            as is_usd_complete,
        event_date as loss_date,
        cohort_month
    from events
    group by all
)

select * from mart_losses
