-- Grain: one row per creator and night judged: how many follows of 14 days are from new
-- accounts and how many were kept for seven days, beside the follows of the 56 days
-- before, the best of them left out.
with follows as (
    select
        creator_id,
        count(*) as follows_14d,
        count(is_new_account) as dated_follows_14d,
        count(*) filter (where is_new_account) as new_account_follows_14d,
        count(*) filter (where is_due) as due_follows_14d,
        count(*) filter (where is_due and not is_undone) as kept_follows_14d,
        night
    from {{ ref('int_creator_follows') }}
    where {{ in_range('night') }}
    group by creator_id, night
),

acts as (
    select
        *,
        min(night) over () as first_night
    from {{ ref('int_follow_acts') }}
    where night <= {{ to_night() }}
),

first_nights as (
    select min(first_night) as first_night from acts
),

past_days as (
    select
        follows.creator_id,
        follows.night,
        acts.event_date,
        count(*) as follows
    from follows
    inner join acts
        on
            follows.creator_id = acts.creator_id
            and follows.night >= acts.night
            and follows.night >= acts.event_date + 14
            and follows.night < acts.event_date + 70
    where acts.kind = 'follow'
    group by follows.creator_id, follows.night, acts.event_date
),

pasts as (
    select
        creator_id,
        night,
        sum(follows) - max(follows) as follows,
        sum(follows * follows) - max(follows) * max(follows) as squares
    from past_days
    group by creator_id, night
),

profiles as (
    {{ periods(ref('int_creator_profiles'), 'creator_id', within='follows') }}
),

dated as (
    select
        follows.*,
        profiles.region,
        profiles.onboarded_on,
        -- days of the past in which the creator could have been followed
        greatest(least(
            56,
            follows.night - 13
            - greatest(first_nights.first_night, profiles.onboarded_on)
        ), 0) as past_days,
        coalesce(pasts.follows, 0) as past_follows,
        coalesce(pasts.squares, 0) as past_squares
    from follows
    cross join first_nights
    left join pasts using (creator_id, night)
    left join profiles
        on
            follows.creator_id = profiles.creator_id
            and follows.night >= profiles.night
            and follows.night < coalesce(profiles.until_night, date '9999-12-31')
),

ind_creator_followers as (
    select
        'creator' as entity_type,
        creator_id as entity_id,
        region,
        cast(null as varchar) as business_line,
        case
            when onboarded_on is null then 'no_account'
            when dated_follows_14d = 0 then 'no_follower_account'
        end as missing_input,
        cast(past_days + 14 as integer) as history_days,
        follows_14d,
        new_account_follows_14d,
        due_follows_14d,
        kept_follows_14d,
        cast(
            cast(new_account_follows_14d as double) / nullif(dated_follows_14d, 0)
            as decimal(9, 6)
        ) as new_account_share,
        cast(
            cast(kept_follows_14d as double) / nullif(due_follows_14d, 0)
            as decimal(9, 6)
        ) as kept_share,
        cast(
            14 * cast(past_follows as double) / nullif(past_days - 1, 0)
            as decimal(18, 6)
        ) as usual_follows_14d,
        cast(
            cast(
                past_squares * (past_days - 1) - past_follows * past_follows as double
            ) / nullif((past_days - 2) * past_follows, 0) as decimal(18, 6)
        ) as dispersion,
        night
    from dated
)

select * from ind_creator_followers
