-- The loss rate from every side: one row per basis, month, currency, dimension and
-- member of it. Within a dimension the losses borne by the platform add up to the
-- headline, which is the closing balance of the loss accounts.
with cells as (
    select
        *,
        'all' as headline,
        bearer as borne_by
    from {{ ref('int_loss_rate_cells') }}
),

coverage as (
    {{ is_metric_known('net_loss') }}
),

-- rows of GMV have no cause and no bearer: no member of these dimensions
sides as (
    unpivot cells
    on headline, region, business_line, channel, category_l1,
    scenario, loss_type, bearer
    into name dimension value member
),

-- what others bear is shown by bearer and nowhere else
counted as (
    select
        *,
        dimension = 'bearer' or coalesce(borne_by, 'platform') = 'platform'
            as is_counted
    from sides
),

summed as (
    select
        basis,
        dimension,
        member,
        currency,
        {% for part in ['gross', 'recovered', 'cash_recovered', 'net', 'gmv'] -%}
            coalesce(sum({{ part }}_minor) filter (where is_counted), 0)
                as {{ part }}_minor,
            sum({{ part }}_usd) filter (where is_counted) as {{ part }}_usd,
        {% endfor -%}
        bool_and(is_usd_complete) filter (where is_counted) as is_usd_complete,
        bool_and(is_mature) filter (where is_counted) as is_mature,
        month
    from counted
    group by all
),

-- a cause has no sales of its own: it is set against all of the month's
against as (
    select
        summed.* exclude (gmv_minor, gmv_usd, is_usd_complete, is_mature),
        sales.gmv_minor,
        sales.gmv_usd,
        sales.is_usd_complete,
        sales.is_mature
    from summed
    inner join summed as sales
        on
            summed.basis = sales.basis
            and summed.month = sales.month
            and summed.currency = sales.currency
            and case
                when summed.dimension in ('scenario', 'loss_type', 'bearer')
                    then sales.dimension = 'headline'
                else
                    summed.dimension = sales.dimension
                    and summed.member = sales.member
            end
),

-- a loss that nobody reports is unknown, not zero
known as (
    select
        against.* replace (
            {% for part in ['gross', 'recovered', 'cash_recovered', 'net'] -%}
                case when coverage.is_known then against.{{ part }}_minor end
                    as {{ part }}_minor,
                case when coverage.is_known then against.{{ part }}_usd end
                    as {{ part }}_usd,
            {% endfor -%}
            against.gmv_minor as gmv_minor
        )
    from against
    cross join coverage
),

mart_loss_rates as (
    select
        basis,
        dimension,
        member,
        currency,
        {% for part in ['gross', 'recovered', 'cash_recovered', 'net', 'gmv'] -%}
            cast({{ part }}_minor as bigint) as {{ part }}_minor,
        {% endfor -%}
        {% for part in ['gross', 'recovered', 'cash_recovered', 'net', 'gmv'] -%}
            cast({{ part }}_usd as decimal(18, 2)) as {{ part }}_usd,
        {% endfor -%}
        {{ bps_of('gross_minor', 'gmv_minor') }} as gross_bps,
        {{ bps_of('net_minor', 'gmv_minor') }} as net_bps,
        {{ share_of('recovered_minor', 'gross_minor') }} as recovery_rate,
        is_usd_complete,
        is_mature,
        month
    from known
)

select * from mart_loss_rates
