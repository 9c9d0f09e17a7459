-- 12 bots among 300 users: within ten minutes of each other they act on the same 8
-- targets, and each hides among 10 acts of its own and one on the target everybody acts
-- on. Users act 12 times by chance. All 66 pairs of bots, no other pair, one component.
-- Returns what differs.
with bots as (
    select
        'bot' || lpad(cast(bot as varchar), 3, '0') as actor,
        'target' || (40 * act) as target,
        timestamp '2026-03-01 00:55:00' + interval (act) day
        + interval (bot * 50) second as acted_at
    from range(12) as bots (bot), range(8) as acts (act) -- noqa: AL05
),

by_chance as (
    select
        'user' || lpad(cast(actor as varchar), 3, '0') as actor,
        'target' || md5_number_lower('t' || actor || '|' || act) % 400 as target,
        timestamp '2026-03-01' + interval (
            cast(md5_number_lower('s' || actor || '|' || act) % 1209600 as bigint)
        ) second as acted_at
    from range(300) as users (actor), range(12) as acts (act) -- noqa: AL05
    union all
    select
        'bot' || lpad(cast(actor as varchar), 3, '0') as actor,
        'target' || md5_number_lower('c' || actor || '|' || act) % 400 as target,
        timestamp '2026-03-01' + interval (
            cast(md5_number_lower('d' || actor || '|' || act) % 1209600 as bigint)
        ) second as acted_at
    from range(12) as users (actor), range(10) as acts (act) -- noqa: AL05
),

live_room as (
    select distinct
        actor,
        'everybody' as target,
        timestamp '2026-03-05 20:00:00' as acted_at
    from by_chance
),

together as (
    select * from bots
    union all
    select * from by_chance
    union all
    select * from live_room
),

events as (
    select
        *,
        1 as graph
    from together
    union all
    select
        *,
        2 as graph
    from together
    where actor not like 'bot%'
),

pairs as (
    {{ lockstep_pairs('events', 7200, 60, 5, 0.2) }}
),

components as (
    {{ connected_components('pairs') }} -- noqa: PRS
),

rules as (
    select
        'all 66 pairs of bots' as rule,
        count(*) = 66 as holds
    from pairs
    where graph = 1 and item_a like 'bot%' and item_b like 'bot%'
    union all
    select
        'no other pair, and none where there are no bots' as rule,
        count(*) = 66 as holds
    from pairs
    union all
    select
        'one component of 12' as rule,
        count(*) = 12 and count(distinct component) = 1 and min(component) = 'bot000'
            as holds
    from components
)

select rule
from rules
where not holds
