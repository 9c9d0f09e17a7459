-- Of 300 pictures by chance and 6 altered copies of each, with 0 to 9 bits flipped,
-- exactly the pairs that a comparison of all with all finds, and each within 6 bits.
-- Returns the pairs only one of the two finds.
with originals as (
    select
        picture,
        cast(
            cast(md5_number_lower('picture' || picture) as hugeint)
            - 9223372036854775808 as bigint
        ) as phash
    from range(300) as pictures (picture) -- noqa: AL05
),

altered as (
    select
        originals.picture,
        copies.copy,
        originals.phash,
        flips.flip,
        md5_number_lower(originals.picture || '|' || copies.copy || '|' || flips.flip)
        % 63 as bit
    from originals, range(6) as copies (copy), range(9) as flips (flip) -- noqa: AL05
    where
        flips.flip < md5_number_lower(originals.picture || '#' || copies.copy) % 10
),

images as (
    select
        1 as graph,
        'p' || picture as item,
        phash
    from originals
    union all
    select
        1 as graph,
        'p' || picture || 'c' || copy as item,
        xor(max(phash), bit_xor(cast(1 as bigint) << cast(bit as bigint))) as phash
    from altered
    group by picture, copy
    union all
    values
    (2, 'negative', cast(-1 as bigint)), (2, 'six off', cast(-64 as bigint)),
    (2, 'seven off', cast(-128 as bigint)), (3, 'elsewhere', cast(-1 as bigint)),
    (2, 'no picture', null)
),

firsts as (
    select
        graph,
        phash,
        min(item) as item
    from images
    where phash is not null
    group by graph, phash
),

all_with_all as (
    select
        one.graph,
        one.item as item_a,
        other.item as item_b,
        bit_count(xor(one.phash, other.phash)) as distance
    from firsts as one
    inner join firsts as other on one.graph = other.graph and one.item < other.item
    where bit_count(xor(one.phash, other.phash)) <= 6
    union
    select
        images.graph,
        firsts.item as item_a,
        images.item as item_b,
        0 as distance
    from images
    inner join firsts on images.graph = firsts.graph and images.phash = firsts.phash
    where firsts.item < images.item
),

pairs as (
    {{ near_duplicate_images('images', 6) }}
),

rules as (
    select
        'negative and six off, six and seven off are pairs of graph 2' as rule,
        count(*) = 2 as holds
    from pairs
    where graph = 2
    union all
    select
        'most altered copies are found' as rule,
        count(*) > 1000 as holds
    from pairs
    where graph = 1
)

select
    coalesce(all_with_all.item_a, pairs.item_a) as item_a,
    coalesce(all_with_all.item_b, pairs.item_b) as item_b
from all_with_all
full join pairs
    on
        all_with_all.graph = pairs.graph
        and all_with_all.item_a = pairs.item_a
        and all_with_all.item_b = pairs.item_b
where all_with_all.distance is distinct from pairs.distance
union all
select
    rule,
    'does not hold'
from rules
where not holds
