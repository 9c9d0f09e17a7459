-- Grain: one row per article and night on which it counts as recalled: claims far
-- beyond its own past, from many people, that say defective and whose goods came back.
-- It counts for 14 nights after it was last seen: claims go on when the news is out.
with evidence as (
    select
        *,
        cast(null as varchar) as region,
        cast(null as varchar) as business_line
    from {{ ref('int_recall_evidence') }}
    where night between {{ from_night() }} - 14 and {{ to_night() }}
),

policy as (
    {{ policy_in_force('CC-03', [
        'min_people', 'min_surprise', 'min_usual_claims', 'min_defective_share',
        'min_inspected', 'min_goods_back_share',
    ]) }}
),

judged as (
    select
        evidence.*,
        policy.min_surprise,
        {{ poisson_surprise(
            'evidence.claims_14d',
            'greatest(evidence.claims_56d_before / 4.0, policy.min_usual_claims)'
        ) }} as surprise
    from evidence
    inner join policy on {{ policy_applies('evidence') }}
    where
        evidence.people_14d >= policy.min_people
        and evidence.defective_14d >= policy.min_defective_share * evidence.claims_14d
        and evidence.inspected_14d >= policy.min_inspected
        and evidence.goods_back_14d
        >= policy.min_goods_back_share * evidence.inspected_14d
),

int_product_recalls as (
    select
        judged.sku_id,
        max(judged.night) as seen_on,
        judged.night + cast(after.days as integer) as night
    from judged
    cross join range(15) as after (days)
    where
        judged.surprise >= judged.min_surprise
        and {{ in_range('judged.night + cast(after.days as integer)') }}
    group by judged.sku_id, judged.night + cast(after.days as integer)
)

select * from int_product_recalls
