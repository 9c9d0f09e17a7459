{#-
    Landing tables whose views hold every night up to the run's last, because names in them are compared in the clear,
    which may happen in staging only, and the two names of a pair seldom arrive on one night.
-#}
{% macro names_tables() -%}
    {{ return(['kyc_submissions', 'payout_accounts', 'sellers']) }}
{%- endmacro %}
