-- Grain: one row per article and night on which a claim about its quality arrived: the
-- claims of the last 14 days beside those of the 56 days before, from how many people,
-- and whether the goods came back.
with claims as (
    select * from {{ ref('int_quality_claims') }}
    where night <= {{ to_night() }} and requested_at >= {{ from_night() }} - 70
),

returns as (
    select * from {{ ref('stg_returns') }}
    where night <= {{ to_night() }} and inspection is not null
),

touched as (
    select distinct
        sku_id,
        night
    from claims
    where {{ in_range('night') }} and night - 70 < cast(requested_at as date)
),

recent as (
    select
        touched.night as judged_on,
        claims.*,
        cast(claims.requested_at as date) > touched.night - 14 as is_recent
    from touched
    inner join claims
        on
            touched.sku_id = claims.sku_id
            and touched.night >= claims.night
            and touched.night - 70 < cast(claims.requested_at as date)
),

buyers as (
    {{ buyer_clusters('recent') }}
),

-- empty boxes are not a recall: the goods must be there when the parcel is opened
inspected as (
    select
        recent.judged_on,
        recent.return_id,
        returns.inspection in ('ok', 'used') as is_back
    from recent
    inner join returns
        on recent.return_id = returns.return_id and recent.judged_on >= returns.night
    where recent.is_recent
    qualify row_number() over (
            partition by recent.judged_on, recent.return_id
            order by returns.record_seq desc
        ) = 1
),

int_recall_evidence as (
    select
        recent.sku_id,
        count(*) filter (where recent.is_recent) as claims_14d,
        count(*) filter (where not recent.is_recent) as claims_56d_before,
        count(distinct buyers.cluster_id) filter (where recent.is_recent) as people_14d,
        count(*) filter (where recent.is_recent and recent.reason = 'defective')
            as defective_14d,
        count(inspected.return_id) as inspected_14d,
        count(*) filter (where inspected.is_back) as goods_back_14d,
        recent.judged_on as night
    from recent
    inner join buyers
        on
            recent.buyer_user_id = buyers.buyer_user_id
            and recent.judged_on >= buyers.night
            and recent.judged_on < buyers.until_night
    left join inspected
        on
            recent.return_id = inspected.return_id
            and recent.judged_on = inspected.judged_on
    group by recent.sku_id, recent.judged_on
)

select * from int_recall_evidence
