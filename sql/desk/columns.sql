-- One row per column of a table or view that can be asked: for completion.
select
    schema_name,
    table_name,
    column_name
from duckdb_columns()
where not internal and schema_name in ('mart', 'core', 'raw', 'ops', 'evidence')
order by schema_name <> 'mart', schema_name, table_name, column_index
