-- Grain: one row per building and night on which an order of a limited listing that
-- goes there became known: how many people had parcels sent there before the last 30
-- days.
with sales as (
    select * from {{ ref('int_building_sales') }}
    where {{ in_range('night') }} and night - 30 < placed_on
),

doors as (
    select * from {{ ref('int_order_doors') }}
    where
        night <= {{ to_night() }}
        and building_id in (select sales.building_id from sales)
),

members as (
    select * from {{ ref('int_cluster_periods') }}
    where party_type = 'user' and night <= {{ to_night() }}
),

touched as (
    select distinct building_id, night from sales
),

int_building_residents as (
    select
        touched.building_id,
        count(distinct coalesce(members.cluster_id, 'user:' || doors.buyer_user_id))
            as residents,
        touched.night
    from touched
    inner join doors
        on
            touched.building_id = doors.building_id
            and touched.night >= doors.night
            and touched.night - 30 >= doors.placed_on
    left join members
        on
            doors.buyer_user_id = members.party_id
            and touched.night >= members.night
            and touched.night < coalesce(members.until_night, date '9999-12-31')
    group by touched.building_id, touched.night
)

select * from int_building_residents
