{#-
    Incremental strategy `replace_nights`: delete the run's nights, insert the run's nights.
    Rerunning a night is safe, also when the rerun yields no rows.
-#}
{% macro get_incremental_replace_nights_sql(arg_dict) -%}
    {%- set columns = arg_dict['dest_columns'] | map(attribute='quoted') | join(', ') -%}
    delete from {{ arg_dict['target_relation'] }}
    where {{ in_range('night') }};

    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }}
    from {{ arg_dict['temp_relation'] }}
{%- endmacro %}
