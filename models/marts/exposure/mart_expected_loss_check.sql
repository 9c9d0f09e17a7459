-- Two estimates of the same thing side by side: the loss expected of open exposure, and
-- the losses still to come by development (chain ladder). One row per valuation.
with expected as (
    select
        valued_on,
        sum(gross_usd) as gross_usd,
        sum(ead_usd) as ead_usd,
        sum(expected_loss_usd) as expected_loss_usd,
        sum(unsecured_loss_usd) as unsecured_loss_usd
    from {{ ref('mart_expected_loss') }}
    group by valued_on
),

reserves as (
    select
        valued_on,
        sum(ultimate_value - latest_value) as ibnr_usd,
        max(total_standard_error) as ibnr_standard_error
    from {{ ref('mart_loss_reserves') }}
    where measure = 'net_usd'
    group by valued_on
),

mart_expected_loss_check as (
    select
        cast(expected.gross_usd as decimal(18, 2)) as gross_usd,
        cast(expected.ead_usd as decimal(18, 2)) as ead_usd,
        cast(expected.expected_loss_usd as decimal(18, 2)) as expected_loss_usd,
        cast(expected.unsecured_loss_usd as decimal(18, 2)) as unsecured_loss_usd,
        cast(reserves.ibnr_usd as decimal(18, 2)) as ibnr_usd,
        cast(reserves.ibnr_standard_error as decimal(18, 2)) as ibnr_standard_error,
        cast(
            cast(expected.unsecured_loss_usd as double) / nullif(reserves.ibnr_usd, 0)
            as decimal(12, 4)
        ) as ratio,
        expected.valued_on
    from expected
    left join reserves on expected.valued_on = reserves.valued_on
)

select * from mart_expected_loss_check
