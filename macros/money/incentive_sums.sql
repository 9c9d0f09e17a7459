{#-
    What incentives cost, from rows of int_incentive_spend, as columns: granted, taken back, spend, and the part of it that is
    confirmed as abuse (null while nobody labels).
-#}
{% macro incentive_sums() -%}
    cast(coalesce(sum(amount_minor) filter (where not is_taken_back), 0) as bigint) as granted_minor,
        cast(coalesce(-sum(amount_minor) filter (where is_taken_back), 0) as bigint) as taken_back_minor,
        cast(sum(amount_minor) as bigint) as spend_minor,
        cast(case
            when count(is_confirmed_abuse) = count(*)
                then coalesce(sum(amount_minor) filter (where is_confirmed_abuse), 0)
        end as bigint) as leaked_minor,
        cast(sum(amount_usd) as decimal(18, 2)) as spend_usd,
        cast(case
            when count(is_confirmed_abuse) = count(*)
                then coalesce(sum(amount_usd) filter (where is_confirmed_abuse), 0)
        end as decimal(18, 2)) as leaked_usd,
        count(*) = count(amount_usd) as is_usd_complete
{%- endmacro %}
