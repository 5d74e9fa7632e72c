-- One row per table or view that can be asked: what is there?
with named as (
    select
        schema_name,
        table_name,
        estimated_size,
        comment
    from duckdb_tables()
    union all by name
    select
        schema_name,
        view_name as table_name,
        comment
    from duckdb_views()
    where not internal
)

select
    schema_name || '.' || table_name as name,
    estimated_size as size,
    comment as what
from named
where schema_name in ('mart', 'core', 'raw', 'ops', 'evidence')
order by schema_name <> 'mart', schema_name, table_name
