-- A graph of {parties} parties from {links} draws of a link (one in five falls away),
-- the same on every machine: half the parties in one component, nearly half in groups of
-- up to five, one in a hundred on one path in order of arrival and one in a hundred on
-- one path in no order. From the younger party to the older.
with sizes as (
    select
        {parties} // 2 as giant,
        {parties} * 12 // 125 as groups,
        {parties} // 100 as path,
        {links} * 6 // 10 as in_giant,
        {links} - 2 * ({parties} // 100) as in_groups,
        {links} - {parties} // 100 as in_order,
        {parties} - 2 * ({parties} // 100) as path_a,
        {parties} - {parties} // 100 as path_b
),

numbered as (
    select
        sizes.*,
        range as i,
        hash(range, 'a') as a_draw,
        hash(range, 'b') as b_draw,
        giant + hash(range, 'group') % groups * 5 as first_of_group
    from sizes
    cross join range({links})
),

drawn as (
    select
        case
            when i < giant - 1 then i + 1
            when i < in_giant then a_draw % giant
            when i < in_groups then first_of_group + a_draw % 5
            when i < in_order then path_a + (i - in_groups)
            else path_b + (i - in_order) * 7919 % path
        end as a,
        case
            when i < giant - 1 then b_draw % (i + 1)
            when i < in_giant then b_draw % giant
            when i < in_groups then first_of_group + b_draw % 5
            when i < in_order then path_a + least(i - in_groups + 1, path - 1)
            else path_b + least(i - in_order + 1, path - 1) * 7919 % path
        end as b
    from numbered
)

select distinct
    cast(greatest(a, b) as bigint) as node,
    cast(least(a, b) as bigint) as older
from drawn
where a != b
