-- Grain: one row per device or network and night: what its users of the last 30 days
-- had bought by then and got for being new, and how many of them ordered or redeemed
-- quicker than the quickest of a hundred in their region.
with members as (
    select
        *,
        cast(null as varchar) as business_line
    from {{ ref('int_signup_sources') }}
    where is_in_window and {{ in_range('night') }}
),

policy as (
    {{ policy_in_force('KYC-07', ['min_region_users']) }}
),

events as (
    select * from {{ ref('int_new_user_events') }}
    where user_id in (select members.user_id from members)
),

-- their own region's users when there are enough, else everyone
limits as (
    select
        members.region,
        members.night,
        baselines.p1_seconds
    from (select distinct region, business_line, night from members) as members
    inner join policy on {{ policy_applies('members') }}
    inner join {{ ref('int_first_act_baselines') }} as baselines
        on
            {{ baseline_night_before('members.night') }} = baselines.night
            and baselines.region in (members.region, 'all')
            and policy.min_region_users <= baselines.users
    qualify row_number() over (
            partition by members.region, members.night
            order by baselines.region = 'all'
        ) = 1
),

-- a discount of any kind is an act; what is at stake is what only newcomers get
benefits as (
    select
        members.source_type,
        members.source_id,
        members.user_id,
        members.night,
        {{ sum_if_all_known('benefits.amount_usd', 'true') }} as benefit_usd
    from members
    inner join {{ ref('int_new_user_redemptions') }} as benefits
        on members.user_id = benefits.user_id and members.night >= benefits.night
    where
        benefits.redeemed_at >= members.created_at
        and benefits.redeemed_at < members.created_at + interval 30 day
    group by
        members.source_type, members.source_id, members.user_id, members.night
),

acts as (
    select
        members.source_type,
        members.source_id,
        members.user_id,
        members.region,
        members.night,
        min(events.seconds_since_signup) as seconds_to_act,
        {{ sum_if_all_known('events.amount_usd', "events.object_type = 'order_item'") }}
            as paid_usd,
        list(distinct 'order:' || events.order_id)
        filter (where events.order_id is not null) as orders
    from members
    inner join events
        on members.user_id = events.user_id and members.night >= events.night
    group by all
),

valued as (
    select
        acts.*,
        acts.paid_usd
        + case when benefits.user_id is null then 0 else benefits.benefit_usd end
            as amount_usd
    from acts
    left join benefits
        on
            acts.source_type = benefits.source_type
            and acts.source_id = benefits.source_id
            and acts.user_id = benefits.user_id
            and acts.night = benefits.night
),

int_signup_source_acts as (
    select
        valued.source_type,
        valued.source_id,
        count(*) filter (
            where valued.seconds_to_act <= limits.p1_seconds
        ) as quick_users,
        case
            when count(*) = count(valued.amount_usd)
                then cast(sum(valued.amount_usd) as decimal(18, 2))
        end as amount_usd,
        list_sort(list_distinct(flatten(list(coalesce(valued.orders, []))))) as orders,
        bool_and(limits.p1_seconds is not null) as has_baseline,
        valued.night
    from valued
    left join limits
        on
            valued.region is not distinct from limits.region
            and valued.night = limits.night
    group by valued.source_type, valued.source_id, valued.night
)

select * from int_signup_source_acts
