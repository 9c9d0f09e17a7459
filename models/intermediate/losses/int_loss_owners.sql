{{ config(materialized='view') }}

-- Whose business a loss is that belongs to no order: a seller's in default, for all it
-- sold, and a creator's whose award was obtained by deceit. One row per posting on a
-- loss account that has such a party.
with postings as (
    select * from {{ ref('fct_ledger_postings') }}
    where account like 'loss_%' and order_id is null
),

awards as (
    select
        award_id,
        creator_id
    from {{ ref('stg_creator_awards') }}
    qualify row_number() over (partition by award_id order by record_seq desc) = 1
),

owned as (
    select
        postings.posting_id,
        case when postings.party_type = 'seller' then postings.party_id end
            as seller_id,
        awards.creator_id
    from postings
    left join awards
        on
            postings.source_table = 'creator_awards'
            and postings.source_id = awards.award_id
),

sellers as (
    select
        seller_id,
        region,
        business_line,
        category_l1
    from {{ ref('stg_sellers') }}
    qualify row_number() over (partition by seller_id order by record_seq desc) = 1
),

creators as (
    select
        creator_id,
        region
    from {{ ref('stg_creators') }}
    qualify row_number() over (partition by creator_id order by record_seq desc) = 1
),

int_loss_owners as (
    select
        owned.posting_id,
        coalesce(sellers.region, creators.region) as region,
        sellers.business_line,
        sellers.category_l1
    from owned
    left join sellers on owned.seller_id = sellers.seller_id
    left join creators on owned.creator_id = creators.creator_id
    where sellers.seller_id is not null or creators.creator_id is not null
)

select * from int_loss_owners
