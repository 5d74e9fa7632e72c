-- One row per table, view and column of ours, with its comment.
select
    schema_name,
    table_name,
    '' as column_name,
    comment
from duckdb_tables()
where database_name = current_catalog() and not temporary
union all
select
    schema_name,
    view_name as table_name,
    '' as column_name,
    comment
from duckdb_views()
where database_name = current_catalog() and not internal and not temporary
union all
select
    schema_name,
    table_name,
    column_name,
    comment
from duckdb_columns()
where database_name = current_catalog() and not internal
order by all
