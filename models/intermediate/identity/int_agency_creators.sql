{{ config(materialized="table") }}

-- Grain: one row per creator (or its user), agency and period in which the creator's
-- version says it belongs to the agency.
with versions as (
    select * from {{ ref('stg_creators') }}
),

states as (
    {{ became_current('versions', ['creator_id']) }}
),

periods as (
    select
        *,
        lead(night, 1, date '9999-12-31') over (
            partition by creator_id order by night
        ) as until_night
    from states
),

parties as (
    select
        'creator:' || creator_id as party_key,
        agency_id,
        night,
        until_night
    from periods
    where agency_id is not null
    union
    select
        'user:' || user_id as party_key,
        agency_id,
        night,
        until_night
    from periods
    where agency_id is not null
),

int_agency_creators as (
    select * from parties
)

select * from int_agency_creators
