-- Grain: one row per terminated party, other party and strong identifier that they, or
-- their owners, both ever held: from the first night it and the termination were known.
-- While an analyst has parted two, nothing they share counts; when that is taken back,
-- it counts from that night.
with holdings as (
    select * from {{ ref('int_strong_holdings') }}
    where night <= {{ to_night() }}
),

terminated as (
    select
        party_key,
        min(night) as night
    from {{ ref('int_terminated_parties') }}
    where is_terminated and night <= {{ to_night() }}
    group by party_key
),

theirs as (
    select holdings.* replace (greatest(holdings.night, terminated.night) as night)
    from holdings
    inner join terminated on holdings.party_key = terminated.party_key
),

parted as (
    select * from {{ ref('int_identity_decisions') }}
    where decision = 'part'
),

touched as (
    select identifier_type, identifier from holdings
    where {{ in_range('night') }}
    union
    select identifier_type, identifier from theirs
    where {{ in_range('night') }}
    union
    select holdings.identifier_type, holdings.identifier
    from parted
    inner join holdings on holdings.actor_key in (parted.party_a, parted.party_b)
    where {{ in_range('parted.valid_to') }}
),

met as (
    select
        theirs.party_key as terminated_key,
        ours.party_key,
        theirs.identifier_type,
        theirs.identifier,
        least(theirs.actor_key, ours.actor_key) as actor_a,
        greatest(theirs.actor_key, ours.actor_key) as actor_b,
        greatest(theirs.night, ours.night) as night
    from touched
    inner join theirs
        on
            touched.identifier_type = theirs.identifier_type
            and touched.identifier = theirs.identifier
    inner join holdings as ours
        on
            touched.identifier_type = ours.identifier_type
            and touched.identifier = ours.identifier
    where theirs.party_key != ours.party_key
),

int_terminated_neighbours as (
    select
        met.terminated_key,
        met.party_key,
        met.identifier_type,
        met.identifier,
        min(coalesce(parted.valid_to, met.night)) as night
    from met
    left join parted
        on
            met.actor_a = parted.party_a
            and met.actor_b = parted.party_b
            and met.night >= parted.valid_from
            and met.night < parted.valid_to
    group by
        met.terminated_key, met.party_key, met.identifier_type, met.identifier
    having {{ in_range('min(coalesce(parted.valid_to, met.night))') }}
)

select * from int_terminated_neighbours
