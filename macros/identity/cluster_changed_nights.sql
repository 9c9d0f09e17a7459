{#- The nights of a range on which edges join or part parties, in order. -#}
{% macro cluster_changed_nights(edges, from_night, to_night) -%}
select distinct night
from {{ edges }}
where night between {{ from_night }} and {{ to_night }} and (is_joined or decision in ('part', 'withdraw'))
order by night
{%- endmacro %}
