-- Grain: one row per seller and night on which its sales of the last year or its
-- disclosures changed: how near it is to the volumes of the law, and what it still owes
-- us.
with all_windows as (
    select * from {{ ref('int_seller_sales_windows') }}
    where night <= {{ to_night() }}
),

all_disclosures as (
    select * from {{ ref('int_seller_disclosures') }}
    where night <= {{ to_night() }}
),

looked_at as (
    select seller_id, night from all_windows
    where {{ in_range('night') }}
    union
    select seller_id, night from all_disclosures
    where {{ in_range('night') }}
),

windows as (
    {{ periods('all_windows', 'seller_id', within='looked_at') }}
),

disclosures as (
    {{ periods('all_disclosures', 'seller_id', within='looked_at') }}
),

year_sales as (
    select
        *,
        lead(night) over (
            partition by seller_id, sales_year order by night
        ) as until_night
    from {{ ref('int_seller_year_sales') }}
    where night <= {{ to_night() }}
),

ind_seller_statutory as (
    select
        'seller' as entity_type,
        looked_at.seller_id as entity_id,
        disclosures.region,
        disclosures.business_line,
        disclosures.is_trader,
        case
            when disclosures.seller_id is null then 'no_account'
            when windows.unpriced_sales_365d > 0 then 'no_fx'
        end as missing_input,
        array_to_string(list_filter([
            case when not disclosures.has_name then 'name' end,
            case when not disclosures.has_address then 'address' end,
            case when not disclosures.has_tax_id then 'tax_id' end,
            case when not disclosures.has_payout_account then 'payout_account' end
        ], lambda missing: missing is not null), ',') as missing_for_tax,
        array_to_string(list_filter([
            case when not disclosures.has_name then 'name' end,
            case when not disclosures.has_address then 'address' end,
            case when not disclosures.has_contact then 'contact' end,
            case when not disclosures.has_identification then 'identification' end,
            case when not disclosures.has_payout_account then 'payout_account' end,
            case when not disclosures.has_register_no then 'register_no' end,
            case when not disclosures.has_self_certification then 'certification' end
        ], lambda missing: missing is not null), ',') as missing_for_trade,
        cast(looked_at.night - disclosures.onboarded_on as integer) as history_days,
        coalesce(windows.new_goods_sales_365d, 0) as new_goods_sales_365d,
        coalesce(windows.new_goods_usd_365d, 0) as new_goods_usd_365d,
        coalesce(year_sales.sales, 0) as sales_this_year,
        coalesce(year_sales.paid_eur, 0) as paid_eur_this_year,
        coalesce(windows.paid_usd_28d, 0) as paid_usd_28d,
        disclosures.inform_certified_on,
        looked_at.night
    from looked_at
    left join windows
        on
            looked_at.seller_id = windows.seller_id
            and looked_at.night >= windows.night
            and looked_at.night < coalesce(windows.until_night, date '9999-12-31')
    left join disclosures
        on
            looked_at.seller_id = disclosures.seller_id
            and looked_at.night >= disclosures.night
            and looked_at.night < coalesce(disclosures.until_night, date '9999-12-31')
    left join year_sales
        on
            looked_at.seller_id = year_sales.seller_id
            and year(looked_at.night) = year_sales.sales_year
            and looked_at.night >= year_sales.night
            and looked_at.night < coalesce(year_sales.until_night, date '9999-12-31')
)

select * from ind_seller_statutory
