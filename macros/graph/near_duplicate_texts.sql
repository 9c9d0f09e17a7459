{#-
    Pairs of texts that say almost the same. `texts` is a CTE with graph, item and signature (see `text_minhash`);
    `min_similarity` is an expression, the share of the 64 places two signatures must agree on: an estimate of the
    Jaccard similarity of their pieces, with a standard error of 0.05 at 0.8. Only texts that agree on a whole band of
    four places are compared: 16 bands, so that a pair of similarity 0.8 is missed once in 4,000. Equal signatures
    are compared once, whatever the number of items, and each item is paired with the first item of its signature
    (item_a); thus groups hold together, and their cost does not grow with copies.
    Returns graph, item_a < item_b and similarity.
-#}
{% macro near_duplicate_texts(texts, min_similarity) -%}
    with signatures as (
        select
            graph,
            signature,
            min(item) as first_item
        from {{ texts }}
        where signature is not null
        group by graph, signature
    ),

    bands as (
        select
            *,
            unnest(range(16)) as band
        from signatures
    ),

    keyed as (
        select
            graph,
            signature,
            first_item,
            band,
            signature[4 * band + 1:4 * band + 4] as band_key
        from bands
    ),

    candidates as (
        select distinct
            one.graph,
            one.first_item as item_a,
            other.first_item as item_b,
            one.signature as signature_a,
            other.signature as signature_b
        from keyed as one
        inner join keyed as other
            on
                one.graph = other.graph
                and one.band = other.band
                and one.band_key = other.band_key
                and one.first_item < other.first_item
    ),

    compared as (
        select
            graph,
            item_a,
            item_b,
            cast(list_sum(list_transform(
                list_zip(signature_a, signature_b),
                lambda places: cast(places[1] = places[2] as integer)
            )) / 64.0 as decimal(7, 6)) as similarity
        from candidates
    ),

    copies as (
        select
            texts.graph,
            signatures.first_item as item_a,
            texts.item as item_b,
            cast(1 as decimal(7, 6)) as similarity
        from {{ texts }} as texts
        inner join signatures
            on
                texts.graph = signatures.graph
                and texts.signature = signatures.signature
                and signatures.first_item < texts.item
    )

    select * from compared
    where similarity >= {{ min_similarity }}
    union
    select * from copies
{%- endmacro %}
