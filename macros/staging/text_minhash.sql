{#-
    64 integers that tell how alike two texts are without telling the text: of its keyed hashed pieces of 5 characters,
    the least under each of 64 orders. Two texts agree on about the share of pieces they share (Jaccard). Under 20
    characters a text has none: "bad" and "not good" are what strangers write alike, not copies. The key is the one of
    `hash_pii`. `near_duplicate_texts` compares them.
-#}
{% macro text_minhash(normalised) -%}
    {%- set prime = 2147483647 -%}
    {%- set orders = [] -%}
    {%- set draw = namespace(step=48271, factor=16807, shift=69621) -%}
    {%- for order in range(64) -%}
        {%- set draw.step = draw.step * 48271 % prime -%}
        {%- set draw.factor = draw.factor * draw.step % prime -%}
        {%- set draw.shift = (draw.shift * draw.factor + 12345) % prime -%}
        {%- do orders.append('[' ~ draw.factor ~ ', ' ~ draw.shift ~ ']') -%}
    {%- endfor -%}
    case
        when length(cast({{ normalised }} as varchar)) >= 20
            -- a list of one list, so that the pieces are hashed once and not per order
            then list_transform(
                [list_transform(
                    range(1, length({{ normalised }}) - 3),
                    lambda place: cast('0x' || left(sha256(
                        getvariable('risk_hash_key') || '|shingle|'
                        || substr({{ normalised }}, place, 5)
                    ), 8) as bigint) % {{ prime }}
                )],
                lambda pieces: list_transform(
                    [{{ orders | join(', ') }}],
                    lambda hash_order: cast(list_min(list_transform(
                        pieces,
                        lambda piece: (hash_order[1] * piece + hash_order[2]) % {{ prime }}
                    )) as integer)
                )
            )[1]
    end
{%- endmacro %}
