-- The fraud rate that decides up to which amount card payments may be exempted from
-- strong customer authentication: fraudulent over all value of the window that ends on
-- the day, and when it passes the reference at the present pace. One row per region,
-- amount and day.
with totals as (
    select * from {{ ref('int_remote_value_totals') }}
),

limits as (
    select * from {{ ref('ref_psd2_rates') }}
),

coverage as (
    {{ is_metric_known('psd2_fraud_rates') }}
),

in_force as (
    select
        totals.*,
        limits.* exclude (region, effective_from, source)
    from totals
    inner join limits
        on totals.region = limits.region and totals.total_on >= limits.effective_from
    where totals.total_on >= totals.first_paid_on
    qualify row_number() over (
            partition by totals.region, totals.total_on, limits.exempt_up_to_eur
            order by limits.effective_from desc
        ) = 1
),

-- below the reference by what nobody delivered is not below it: null, not false
rated as (
    select
        in_force.region,
        in_force.exempt_up_to_eur,
        in_force.remote_eur - starts.remote_eur as remote_eur,
        in_force.fraud_eur - starts.fraud_eur as fraud_eur,
        10000 * cast(in_force.fraud_eur - starts.fraud_eur as double)
        / nullif(in_force.remote_eur - starts.remote_eur, 0) as fraud_bps,
        in_force.reference_bps,
        fraud_bps > in_force.reference_bps
        or nullif(not coverage.is_known, true) as is_above,
        in_force.unvalued_payments = starts.unvalued_payments as is_eur_complete,
        in_force.total_on,
        starts.total_on as window_starts_after
    from in_force
    inner join totals as starts
        on
            in_force.region = starts.region
            and in_force.total_on - in_force.window_days = starts.total_on
    cross join coverage
),

-- n days on the window has lost its first n days and gained n like those of late
projected as (
    select
        in_force.region,
        in_force.exempt_up_to_eur,
        in_force.reference_bps,
        in_force.total_on,
        gone.total_on + in_force.window_days as projected_on,
        in_force.pace_days * (in_force.fraud_eur - gone.fraud_eur)
        + (gone.total_on + in_force.window_days - in_force.total_on)
        * (in_force.fraud_eur - paces.fraud_eur) as fraud_share,
        in_force.pace_days * (in_force.remote_eur - gone.remote_eur)
        + (gone.total_on + in_force.window_days - in_force.total_on)
        * (in_force.remote_eur - paces.remote_eur) as remote_share
    from in_force
    inner join totals as paces
        on
            in_force.region = paces.region
            and in_force.total_on - in_force.pace_days = paces.total_on
    inner join totals as gone
        on
            in_force.region = gone.region
            and in_force.total_on - in_force.window_days < gone.total_on
            and in_force.total_on >= gone.total_on
),

crossings as (
    select
        region,
        exempt_up_to_eur,
        total_on,
        min(projected_on) as crossing_on
    from projected
    where 10000 * fraud_share > reference_bps * remote_share
    group by region, exempt_up_to_eur, total_on
),

-- the exemption ends with the second window in a row above
mart_psd2_fraud_rates as (
    select
        rated.region,
        rated.exempt_up_to_eur,
        cast(rated.remote_eur as decimal(18, 2)) as remote_eur,
        cast(rated.fraud_eur as decimal(18, 2)) as fraud_eur,
        cast(rated.fraud_bps as decimal(18, 2)) as fraud_bps,
        rated.reference_bps,
        cast(rated.reference_bps - rated.fraud_bps as decimal(18, 2)) as headroom_bps,
        rated.is_above as is_above_reference,
        rated.is_above
        and windows_before.fraud_bps is not null
        and windows_before.is_above as has_lost_exemption,
        rated.is_eur_complete,
        case
            when rated.fraud_bps <= rated.reference_bps then crossings.crossing_on
        end as crossed_on,
        rated.total_on as window_end_date
    from rated
    left join crossings using (region, exempt_up_to_eur, total_on)
    left join rated as windows_before
        on
            rated.region = windows_before.region
            and rated.exempt_up_to_eur = windows_before.exempt_up_to_eur
            and rated.window_starts_after = windows_before.total_on
)

select * from mart_psd2_fraud_rates
