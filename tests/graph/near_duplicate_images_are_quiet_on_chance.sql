-- 5,000 pictures by chance: none looks like another. Returns the pairs that do.
with images as (
    select
        1 as graph,
        'p' || picture as item,
        cast(
            cast(md5_number_lower('chance' || picture) as hugeint)
            - 9223372036854775808 as bigint
        ) as phash
    from range(5000) as pictures (picture) -- noqa: AL05
),

pairs as (
    {{ near_duplicate_images('images', 6) }}
)

select * from pairs
