{{ config(materialized='view') }}

-- Incentives granted and taken back, read straight from staging by none of the ledger's
-- own steps, to hold against it: one row per change of a referral, award or redemption.
-- A redemption goes by the versions of its promotion.
with versions as (
    select
        'referrals' as source_table,
        referral_id as source_id,
        status,
        currency,
        coalesce(referrer_reward_minor, 0) + coalesce(referee_reward_minor, 0)
            as amount_minor,
        cast(coalesce(granted_at, signed_up_at) as date) as granted_on,
        record_seq,
        night
    from {{ ref('stg_referrals') }}
    union all
    select
        'creator_awards' as source_table,
        award_id as source_id,
        status,
        currency,
        award_minor as amount_minor,
        cast(awarded_at as date) as granted_on,
        record_seq,
        night
    from {{ ref('stg_creator_awards') }}
    union all
    select
        'promotion_redemptions' as source_table,
        redemptions.redemption_id as source_id,
        case
            when promotions.promotion_type = 'cashback' then 'granted' else 'pending'
        end as status,
        redemptions.currency,
        redemptions.amount_minor,
        cast(redemptions.redeemed_at as date) as granted_on,
        promotions.record_seq,
        greatest(redemptions.night, promotions.night) as night
    from {{ ref('stg_promotion_redemptions') }} as redemptions
    inner join {{ ref('stg_promotions') }} as promotions
        on redemptions.promotion_id = promotions.promotion_id
),

nights as (
    select distinct
        source_table,
        source_id,
        night
    from versions
),

known as (
    select
        versions.* replace (nights.night as night),
        bool_or(versions.status in ('granted', 'paid', 'clawed_back')) over (
            partition by nights.source_table, nights.source_id, nights.night
        ) as was_granted
    from nights
    inner join versions
        on
            nights.source_table = versions.source_table
            and nights.source_id = versions.source_id
            and nights.night >= versions.night
    qualify
        row_number() over (
            partition by nights.source_table, nights.source_id, nights.night
            order by versions.record_seq desc
        ) = 1
),

states as (
    select
        *,
        status in ('clawed_back', 'reversed') as is_over,
        min(night) filter (where status in ('clawed_back', 'reversed')) over so_far
            as over_on,
        lead(night) over so_far as next_night
    from known
    where was_granted
    window so_far as (partition by source_table, source_id order by night)
),

changes as (
    select
        *,
        night as moved_on,
        1 as direction
    from states
    union all
    select
        *,
        next_night as moved_on,
        -1 as direction
    from states
    where next_night is not null
),

int_raw_accruals as (
    select
        changes.source_table,
        'incentive_expense' as account,
        changes.currency,
        changes.direction * side.sign * changes.amount_minor as amount_minor,
        case when side.is_end then changes.over_on else changes.granted_on end
            as event_date,
        changes.moved_on as night
    from changes
    cross join (values (false, 1), (true, -1)) as side (is_end, sign)
    where
        case when side.is_end then changes.is_over else changes.status != 'pending' end
        and changes.amount_minor != 0
        and changes.currency is not null
)

select * from int_raw_accruals
