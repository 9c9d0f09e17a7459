{#-
    How alike two short texts are, word by word: distinct words in both by distinct words in either (Jaccard), 0 to 1. Case,
    accents, punctuation and order do not matter. Null when one is null or neither has a word.
-#}
{% macro word_similarity(one, other) -%}
    {%- set words -%}list_filter(string_split({{ normalise_text(one) }}, ' '), lambda word: word != ''){%- endset -%}
    {%- set other_words -%}list_filter(string_split({{ normalise_text(other) }}, ' '), lambda word: word != ''){%- endset -%}
    case
        when {{ one }} is not null and {{ other }} is not null
            then cast(
                cast(len(list_distinct(list_intersect({{ words }}, {{ other_words }}))) as double)
                / nullif(len(list_distinct(list_concat({{ words }}, {{ other_words }}))), 0)
                as decimal(7, 6)
            )
    end
{%- endmacro %}
