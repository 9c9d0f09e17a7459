{#-
    One spelling for letters that some keyboards lack, after normalise_text: Müller = Mueller = Muller, Weiß = Weiss,
    Søren = Soeren. Other words lose an e as well (Samuel = Samul), in every spelling alike.
-#}
{% macro fold_umlauts(text) -%}
    regexp_replace(
        replace(replace(translate({{ text }}, 'øłđı', 'oldi'), 'ß', 'ss'), 'æ', 'ae'), '([aou])e', '\1', 'g'
    )
{%- endmacro %}
