{#-
    Pairs of pictures that look the same. `images` is a CTE with graph, item and phash (64 bits); at most
    `max_distance` of them may differ (an expression; 6 at most, see below). The bits are cut into 8 bands of 8; six
    differences touch six bands at most, so two bands are left equal: only pictures that agree on two bands are
    compared, one of 2,340 pairs. Equal pictures are compared once, and each item is paired with the first item of its
    picture. Returns graph, item_a < item_b and distance.
-#}
{% macro near_duplicate_images(images, max_distance) -%}
    with pictures as (
        select
            graph,
            phash,
            min(item) as first_item
        from {{ images }}
        where phash is not null
        group by graph, phash
    ),

    bands as (
        select
            one.band as band_a,
            other.band as band_b,
            cast(255 as hugeint) << cast(8 * one.band as integer)
            | cast(255 as hugeint) << cast(8 * other.band as integer) as mask
        from range(8) as one (band) -- noqa: AL05
        inner join range(8) as other (band) on one.band < other.band -- noqa: AL05
    ),

    keyed as (
        select
            pictures.*,
            bands.band_a,
            bands.band_b,
            cast(pictures.phash as hugeint) & bands.mask as band_key
        from pictures
        cross join bands
    ),

    candidates as (
        select distinct
            one.graph,
            one.first_item as item_a,
            other.first_item as item_b,
            bit_count(xor(one.phash, other.phash)) as distance
        from keyed as one
        inner join keyed as other
            on
                one.graph = other.graph
                and one.band_a = other.band_a
                and one.band_b = other.band_b
                and one.band_key = other.band_key
                and one.first_item < other.first_item
    ),

    copies as (
        select
            images.graph,
            pictures.first_item as item_a,
            images.item as item_b,
            0 as distance
        from {{ images }} as images
        inner join pictures
            on
                images.graph = pictures.graph
                and images.phash = pictures.phash
                and pictures.first_item < images.item
    )

    select * from candidates
    where distance <= {{ max_distance }}
    union
    select * from copies
{%- endmacro %}
