-- Cells that are empty, of the wrong type, not among the accepted values or not unique.
with said as (
    select
        cells.*,
        columns.data_type,
        columns.is_required,
        columns.is_unique,
        columns.accepted,
        case
            when cells.value = '' then null
            when columns.data_type = 'date'
                then regexp_full_match(cells.value, '\d{4}-\d{2}-\d{2}')
                    and try_cast(cells.value as date) is not null
            when columns.data_type = 'integer'
                then regexp_full_match(cells.value, '-?\d+')
                    and try_cast(cells.value as integer) is not null
            when columns.data_type like 'decimal%'
                then regexp_full_match(cells.value, '-?\d+(\.\d{1,6})?')
                    and try_cast(cells.value as decimal(18, 6)) is not null
            else true
        end as is_well_formed
    from cells
    inner join columns on cells.file = columns.file and cells.name = columns.name
)

select file, line, name || ' is empty: fill it in' as text
from said
where is_required and value = ''

union all

select
    file,
    line,
    name || ' is ''' || value || ''': write '
    || case
        when data_type = 'date' then 'a date as YYYY-MM-DD'
        when data_type = 'integer' then 'a whole number'
        else 'a number with at most six decimals, such as 0.25'
    end
from said
where not is_well_formed

union all

select
    file,
    line,
    name || ' is ''' || value || ''', which is unknown: choose one of '
    || array_to_string(accepted, ', ')
from said
where value != '' and accepted is not null and not list_contains(accepted, value)

union all

select
    file,
    line,
    name || ' ' || value || ' stands in line '
    || min(line) over (partition by file, name, value)
    || ' already: give this row a name of its own'
from said
where is_unique and value != ''
qualify row_number() over (partition by file, name, value order by line) > 1
