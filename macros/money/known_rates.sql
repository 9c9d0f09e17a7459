{#-
    The US dollar rate of each (currency, rate_for, night) in `cte`: the last rate dated at most 7 days before the day
    `rate_for`, among those that had arrived by `night`; no row when none is known. A dollar is a dollar.
-#}
{% macro known_rates(cte) -%}
    select
        wanted.currency,
        wanted.rate_for,
        wanted.night,
        max_by(rates.usd_per_unit, rates.rate_date) as usd_per_unit,
        max(rates.rate_date) as rate_date
    from (select distinct currency, rate_for, night from {{ cte }} where currency != 'USD') as wanted
    inner join {{ ref('stg_fx_rates') }} as rates
        on wanted.currency = rates.currency
        and rates.rate_date between wanted.rate_for - 7 and wanted.rate_for
        and rates.night <= wanted.night
    group by wanted.currency, wanted.rate_for, wanted.night
    union all
    select distinct
        currency,
        rate_for,
        night,
        cast(1 as decimal(18, 10)) as usd_per_unit,
        rate_for as rate_date
    from {{ cte }}
    where currency = 'USD'
{%- endmacro %}
