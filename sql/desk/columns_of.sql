-- One row per column of one table: what does it hold?
select
    column_name as name,
    lower(data_type) as type,
    comment as what
from duckdb_columns()
where table_name = $table_name and schema_name = coalesce($schema_name, schema_name) and not internal
order by schema_name <> 'mart', schema_name, column_index
