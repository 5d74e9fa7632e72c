-- One row per table of the current catalog: its name, and a query that counts rows whose words match a pattern.
select
    concat_ws('.', schema_name, table_name) as relation,
    format(
        'select count(*) from "{}"."{}"."{}" where has_trace(concat_ws(chr(10), {}))',
        database_name,
        schema_name,
        table_name,
        string_agg(format('"{}"::varchar', column_name), ', ' order by column_index)
    ) as query
from duckdb_columns()
where
    not internal
    and database_name = current_catalog()
    and (contains(data_type, 'VARCHAR') or contains(data_type, 'JSON'))
    and concat_ws('.', database_name, schema_name, table_name) in (
        select concat_ws('.', database_name, schema_name, table_name) from duckdb_tables()
    )
group by database_name, schema_name, table_name
order by relation
