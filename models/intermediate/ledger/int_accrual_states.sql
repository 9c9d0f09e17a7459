-- What referrals, awards and cashback promise as of a night: one row per promise (who
-- gets it for what) and night on which it came or changed. Only what was granted can be
-- taken back; what has no amount or currency is not known to be owed.
{%- set referral = {
    'table': 'referrals', 'id': 'referral_id', 'key': 'referral', 'party_type': 'user',
    'order': 'qualifying_order_id', 'at': 'coalesce(granted_at, signed_up_at)',
} %}
{%- set promises = [
    dict(referral, fact='referrer_reward', party='referrer_user_id',
        amount='referrer_reward_minor'),
    dict(referral, fact='referee_reward', party='referee_user_id',
        amount='referee_reward_minor'),
    {'table': 'creator_awards', 'id': 'award_id', 'key': 'award', 'fact': 'award',
        'party_type': 'creator', 'party': 'creator_id', 'order': 'null',
        'amount': 'award_minor', 'at': 'awarded_at'},
] %}
with versions as (
    {%- for promise in promises %}
        select
            '{{ promise.key }}:' || {{ promise.id }} as ledger_key,
            '{{ promise.table }}' as source_table,
            {{ promise.id }} as source_id,
            '{{ promise.fact }}' as fact,
            '{{ promise.party_type }}' as party_type,
            {{ promise.party }} as party_id,
            cast({{ promise.order }} as varchar) as order_id,
            currency,
            {{ promise.amount }} as amount_minor,
            status in ('granted', 'paid', 'clawed_back') as is_granted,
            status in ('clawed_back', 'reversed') as is_taken_back,
            {{ promise.at }} as granted_at,
            record_seq,
            night
        from {{ ref('stg_' ~ promise.table) }}
        where
            night <= {{ to_night() }}
            and {{ touched(promise.id, ref('stg_' ~ promise.table)) }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

nights as (
    select distinct
        ledger_key,
        fact,
        night
    from versions
),

-- an older version that comes late may be the first to say that it was granted
states as (
    select
        versions.* replace (nights.night as night),
        bool_or(versions.is_granted) over (
            partition by nights.ledger_key, nights.fact, nights.night
        ) as was_granted
    from nights
    inner join versions
        on
            nights.ledger_key = versions.ledger_key
            and nights.fact = versions.fact
            and nights.night >= versions.night
    qualify
        row_number() over (
            partition by nights.ledger_key, nights.fact, nights.night
            order by versions.record_seq desc
        ) = 1
),

promised as (
    select
        * exclude (record_seq, was_granted) replace (
            is_granted or (is_taken_back and was_granted) as is_granted,
            is_taken_back and was_granted as is_taken_back
        )
    from states
    union all by name
    select
        'redemption:' || redemption_id as ledger_key,
        'promotion_redemptions' as source_table,
        redemption_id as source_id,
        'cashback' as fact,
        'user' as party_type,
        user_id as party_id,
        order_id,
        currency,
        amount_minor,
        is_cashback as is_granted,
        false as is_taken_back,
        redeemed_at as granted_at,
        night
    from {{ ref('int_cashback_states') }}
    where {{ in_range('night') }}
),

int_accrual_states as (
    select
        ledger_key,
        source_table,
        source_id,
        fact,
        party_type,
        party_id,
        order_id,
        currency,
        amount_minor,
        is_granted and coalesce(amount_minor, 0) != 0 and currency is not null
            as is_granted,
        is_taken_back and coalesce(amount_minor, 0) != 0 and currency is not null
            as is_taken_back,
        granted_at,
        cast(min(night) filter (where is_taken_back) over (
            partition by ledger_key, fact order by night
        ) as timestamp) as taken_back_at,
        night
    from promised
    qualify {{ in_range('night') }}
)

select * from int_accrual_states
