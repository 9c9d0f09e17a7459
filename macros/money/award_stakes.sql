{#-
    What programmes still owe the creators of `cte` (creator_id, night) as of the night: unpaid_usd, all awards that are
    granted or pending, and unpaid_audience_usd, those of them for an audience and not for sales. 0 without any; null
    when one of them has no rate. One row per creator and night.
-#}
{% macro award_stakes(cte) -%}
    select
        wanted.creator_id,
        wanted.night,
        {{ sum_if_all_known('awards.award_usd', 'awards.is_unpaid') }} as unpaid_usd,
        {{ sum_if_all_known(
            'awards.award_usd', 'awards.is_unpaid and awards.is_for_audience'
        ) }} as unpaid_audience_usd
    from (select distinct creator_id, night from {{ cte }}) as wanted
    left join (
        select
            *,
            lead(night, 1, date '9999-12-31') over (
                partition by award_id order by night
            ) as until_night
        from {{ ref('int_award_values') }}
        where night <= {{ to_night() }}
    ) as awards
        on
            wanted.creator_id = awards.creator_id
            and wanted.night >= awards.night
            and wanted.night < awards.until_night
    group by wanted.creator_id, wanted.night
{%- endmacro %}
