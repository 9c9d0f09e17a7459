-- Grain: one row per seller tied to a party ever terminated and night on which that
-- became known or changed: how it is tied to one terminated before it came (KY02).
with all_ties as (
    select * from {{ ref('int_terminated_ties') }}
    where night <= {{ to_night() }}
),

tied_parties as (
    select distinct terminated_key as party_key from all_ties
),

terminations as (
    {{ periods(ref('int_terminated_parties'), 'party_key', within='tied_parties') }}
),

looked_at as (
    select seller_key as party_key, night from all_ties
    where {{ in_range('night') }}
    union
    select all_ties.seller_key as party_key, terminations.night
    from all_ties
    inner join terminations on all_ties.terminated_key = terminations.party_key
    where {{ in_range('terminations.night') }} and terminations.night >= all_ties.night
),

worth as (
    {{ seller_stakes('looked_at') }}
),

ties as (
    select
        looked_at.party_key,
        looked_at.night,
        all_ties.terminated_key,
        max(terminations.terminated_at) as terminated_at,
        count(*) filter (where all_ties.is_strong) as strong_types,
        count(*) filter (where not all_ties.is_strong) as medium_types
    from looked_at
    inner join all_ties
        on
            looked_at.party_key = all_ties.seller_key
            and looked_at.night >= all_ties.night
    inner join terminations
        on
            all_ties.terminated_key = terminations.party_key
            and looked_at.night >= terminations.night
            and looked_at.night < coalesce(terminations.until_night, date '9999-12-31')
    inner join worth
        on looked_at.party_key = worth.party_key and looked_at.night = worth.night
    where terminations.is_terminated and worth.onboarded_at > terminations.terminated_at
    group by looked_at.party_key, looked_at.night, all_ties.terminated_key
),

closest as (
    select * from ties
    qualify row_number() over (
            partition by party_key, night
            order by strong_types desc, medium_types desc, terminated_key asc
        ) = 1
),

sold as (
    select
        looked_at.party_key,
        looked_at.night,
        {{ sum_if_all_known('sales.gross_usd', 'true') }} as gross_usd
    from looked_at
    inner join {{ ref('int_item_sales') }} as sales
        on
            looked_at.party_key = 'seller:' || sales.seller_id
            and looked_at.night >= sales.night
    where cast(sales.placed_at as date) > looked_at.night - 28
    group by looked_at.party_key, looked_at.night
),

states as (
    {{ periods(ref('int_party_states'), 'party_key', within='looked_at') }}
),

ind_seller_terminated_ties as (
    select
        'seller' as entity_type,
        states.party_id as entity_id,
        states.region,
        states.business_line,
        case
            when
                worth.owed_usd is null
                or (sold.party_key is not null and sold.gross_usd is null)
                then 'no_fx'
        end as missing_input,
        cast(looked_at.night - cast(states.onboarded_at as date) as integer)
            as history_days,
        cast(coalesce(closest.strong_types, 0) as integer) as strong_types,
        cast(coalesce(closest.medium_types, 0) as integer) as medium_types,
        cast(coalesce(worth.owed_usd, 0) as decimal(18, 2)) as owed_usd,
        cast(coalesce(sold.gross_usd, 0) / 28 as decimal(18, 2)) as gmv_usd_a_day,
        states.status not in ('terminated', 'closed') as is_open,
        list_sort(list_distinct(list_filter(
            [looked_at.party_key, states.owner_key, closest.terminated_key],
            lambda object: object is not null
        ))) as evidence_objects,
        looked_at.night,
        coalesce(closest.terminated_at, states.onboarded_at) as first_event_at,
        states.onboarded_at as last_event_at
    from looked_at
    inner join states
        on
            looked_at.party_key = states.party_key
            and looked_at.night >= states.night
            and looked_at.night < coalesce(states.until_night, date '9999-12-31')
    inner join worth
        on looked_at.party_key = worth.party_key and looked_at.night = worth.night
    left join closest
        on looked_at.party_key = closest.party_key and looked_at.night = closest.night
    left join sold
        on looked_at.party_key = sold.party_key and looked_at.night = sold.night
)

select * from ind_seller_terminated_ties
