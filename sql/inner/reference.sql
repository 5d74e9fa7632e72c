-- One row per column of our tables and views, in order, with the comments of both; and per macro, without columns.
select
    relation.schema_name,
    relation.name,
    relation.kind,
    relation.comment,
    described.column_name,
    described.data_type,
    described.comment as column_comment
from (
    select
        schema_name,
        table_name as name,
        'table' as kind,
        comment
    from duckdb_tables()
    where database_name = current_catalog() and not temporary
    union all
    select
        schema_name,
        view_name as name,
        'view' as kind,
        comment
    from duckdb_views()
    where database_name = current_catalog() and not internal and not temporary
    union all
    select distinct
        schema_name,
        function_name as name,
        'macro' as kind,
        comment
    from duckdb_functions()
    where database_name = current_catalog() and function_type = 'table_macro' and not internal
) as relation
left join duckdb_columns() as described
    on
        described.database_name = current_catalog()
        and relation.schema_name = described.schema_name
        and relation.name = described.table_name
order by relation.schema_name, relation.name, described.column_index
