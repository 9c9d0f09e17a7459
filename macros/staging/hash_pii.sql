{#-
    Keyed hash of a normalised personal value; null and empty stay null. The key is the session variable
    `risk_hash_key`, set by the plugin nightly/hash_key.py, never a literal. `kind` keeps a phone number from
    matching an account number of the same digits.
-#}
{% macro hash_pii(normalised, kind) -%}
    case
        when nullif(cast({{ normalised }} as varchar), '') is not null
            then left(sha256(
                getvariable('risk_hash_key') || '|{{ kind }}|' || cast({{ normalised }} as varchar)
            ), 32)
    end
{%- endmacro %}
