{#-
    Which cluster the buyers of `within` (column buyer_user_id) are in, from when to when, without a gap: one row per buyer and
    period, `night` to before `until_night`. Before it is known an account is a cluster of its own, user:<id>.
-#}
{% macro buyer_clusters(within) -%}
    select
        buyer_user_id,
        cluster_id,
        night,
        lead(night, 1, date '9999-12-31') over (
            partition by buyer_user_id order by night
        ) as until_night
    from (
        select
            party_id as buyer_user_id,
            cluster_id,
            night
        from {{ ref('int_cluster_members') }}
        where
            party_type = 'user'
            and night <= {{ to_night() }}
            and party_id in (select buyer_user_id from {{ within }})
        union all
        select distinct
            buyer_user_id,
            'user:' || buyer_user_id as cluster_id,
            date '1900-01-01' as night
        from {{ within }}
    ) as memberships
{%- endmacro %}
