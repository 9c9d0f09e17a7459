{#-
    One spelling per mailbox: lower case, no +tag; dots do not count at Gmail. What is no address is no mailbox: null, or
    everyone who typed `none` would share one.
-#}
{% macro normalise_email(email) -%}
    {%- set address = 'lower(trim(' ~ email ~ '))' -%}
    {%- set mailbox = "split_part(split_part(" ~ address ~ ", '@', 1), '+', 1)" -%}
    case
        when not regexp_matches({{ address }}, '^[^@+\s][^@\s]*@[^@\s]+\.[^@\s.]+$') then null
        when regexp_matches({{ address }}, '@(gmail|googlemail)\.com$')
            then replace({{ mailbox }}, '.', '') || '@gmail.com'
        else {{ mailbox }} || '@' || split_part({{ address }}, '@', 2)
    end
{%- endmacro %}
