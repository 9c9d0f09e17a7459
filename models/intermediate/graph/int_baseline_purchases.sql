-- Grain: one row per captured payment of the 30 days up to a baseline night and
-- baseline night, as known by then: who paid whom, persons counted as clusters, and
-- from which bank account. Payments of business accounts, employees and tests are
-- left out, and those for orders placed 60 days before or earlier.
with baselines as (
    {{ baseline_nights() }}
),

captures as (
    select * from {{ ref('stg_payment_attempts') }}
    where
        night <= {{ to_night() }}
        and kind = 'capture'
        and result = 'approved'
        and attempted_at >= {{ from_night() }} - 30
),

sales as (
    select * from {{ ref('int_item_sales') }}
    where
        night <= {{ to_night() }}
        and order_type = 'normal'
        and placed_at >= {{ from_night() }} - 60
    qualify row_number() over (
            partition by order_id order by night, order_item_id
        ) = 1
),

users as (
    select * from {{ ref('stg_users') }}
    where night <= {{ to_night() }} and account_type != 'personal'
),

clusters as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type in ('user', 'seller') and night <= {{ to_night() }}
),

known as (
    select
        captures.payment_id,
        captures.order_id,
        sales.buyer_user_id,
        sales.seller_id,
        captures.funding_account_number_hash as account_hash,
        captures.currency,
        captures.amount_minor,
        cast(captures.attempted_at as date) as rate_for,
        baselines.night,
        captures.attempted_at as paid_at
    from baselines
    inner join captures
        on
            baselines.night >= captures.night
            and baselines.night >= cast(captures.attempted_at as date)
            and baselines.night < cast(captures.attempted_at as date) + 30
    inner join sales
        on
            captures.order_id = sales.order_id
            and baselines.night >= sales.night
            and baselines.night < cast(sales.placed_at as date) + 60
    anti join users
        on sales.buyer_user_id = users.user_id and baselines.night >= users.night
),

rates as (
    {{ known_rates('known') }}
),

int_baseline_purchases as (
    select
        known.payment_id,
        known.order_id,
        known.buyer_user_id,
        coalesce(buyers.cluster_id, 'user:' || known.buyer_user_id) as payer_id,
        known.seller_id,
        coalesce(sellers.cluster_id, 'seller:' || known.seller_id) as payee_id,
        known.account_hash,
        {{ amount_in_usd(
            'known.amount_minor', 'rates.usd_per_unit', 'currencies.exponent'
        ) }} as paid_usd,
        known.night,
        known.paid_at
    from known
    left join clusters as buyers
        on
            buyers.party_type = 'user'
            and known.buyer_user_id = buyers.party_id
            and known.night >= buyers.night
            and known.night < coalesce(buyers.until_night, date '9999-12-31')
    left join clusters as sellers
        on
            sellers.party_type = 'seller'
            and known.seller_id = sellers.party_id
            and known.night >= sellers.night
            and known.night < coalesce(sellers.until_night, date '9999-12-31')
    left join {{ ref('ref_currencies') }} as currencies
        on known.currency = currencies.currency
    left join rates
        on
            known.currency = rates.currency
            and known.rate_for = rates.rate_for
            and known.night = rates.night
)

select * from int_baseline_purchases
