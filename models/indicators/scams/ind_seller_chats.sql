-- Grain: one row per seller and night on which its windows changed: how many people it
-- sent a contact, a link or a request for money (SC08), how many orders were cancelled
-- within a day of it beside its peers (SC09), and who reported such a request.
with rolled as (
    {{ rolling_sums(ref('int_seller_chats_daily'), 'seller_id', {
        28: [
            'orders', 'diverted_orders', 'unpriced_items', 'reported_requests',
            'diverted_usd',
        ],
        7: ['contacts'],
    }) }}
),

looked_at as (
    select
        'seller' as entity_type,
        seller_id as entity_id,
        *
    from rolled
),

priors as (
    {{ peer_priors('looked_at', 'diverted_orders') }}
),

profiles as (
    {{ periods(ref('int_seller_profiles'), 'seller_id', within='looked_at') }}
),

acts as (
    select
        acts.* exclude (night),
        looked_at.night
    from looked_at
    inner join {{ ref('int_diversion_acts') }} as acts
        on
            looked_at.seller_id = acts.seller_id
            and looked_at.night >= greatest(acts.night, acts.event_date)
            and looked_at.night - 28 < acts.event_date
),

buyers as (
    {{ buyer_clusters('acts') }}
),

numbered as (
    select
        acts.*,
        buyers.cluster_id,
        row_number() over (
            partition by acts.seller_id, acts.kind, acts.night order by acts.object
        ) as place
    from acts
    inner join buyers
        on
            acts.buyer_user_id = buyers.buyer_user_id
            and acts.night >= buyers.night
            and acts.night < buyers.until_night
),

behind as (
    select
        seller_id,
        count(distinct cluster_id) filter (
            where kind = 'contact' and event_date > night - 7
        ) as contacted_people_7d,
        count(distinct cluster_id) filter (where kind = 'report')
            as reporting_people_28d,
        list(object) filter (where place <= 200) as objects,
        list(distinct 'user:' || buyer_user_id) filter (where place <= 200) as buyers,
        night,
        min(acted_at) as first_event_at,
        max(acted_at) as last_event_at
    from numbered
    group by seller_id, night
),

ind_seller_chats as (
    select
        looked_at.entity_type,
        looked_at.entity_id,
        profiles.region,
        profiles.business_line,
        priors.group_used,
        case
            when profiles.seller_id is null then 'no_account'
            when priors.entity_id is null then 'no_baseline'
            when looked_at.unpriced_items_28d > 0 then 'no_fx'
        end as missing_input,
        cast(looked_at.night - profiles.onboarded_on as integer) as history_days,
        looked_at.orders_28d,
        looked_at.diverted_orders_28d,
        coalesce(behind.contacted_people_7d, 0) as contacted_people_7d,
        coalesce(behind.reporting_people_28d, 0) as reporting_people_28d,
        {{ eb_lower(
            'looked_at.diverted_orders_28d', 'looked_at.orders_28d',
            'priors.alpha', 'priors.beta'
        ) }} as diverted_rate_low,
        priors.peer_rate as peer_diverted_rate,
        looked_at.diverted_usd_28d as diverted_usd,
        list_sort(list_concat(
            ['seller:' || looked_at.seller_id],
            coalesce(behind.objects, []), coalesce(behind.buyers, [])
        )) as evidence_objects,
        looked_at.night,
        behind.first_event_at,
        behind.last_event_at
    from looked_at
    left join behind
        on looked_at.seller_id = behind.seller_id and looked_at.night = behind.night
    left join priors
        on looked_at.entity_id = priors.entity_id and looked_at.night = priors.night
    left join profiles
        on
            looked_at.seller_id = profiles.seller_id
            and looked_at.night >= profiles.night
            and looked_at.night < coalesce(profiles.until_night, date '9999-12-31')
)

select * from ind_seller_chats
