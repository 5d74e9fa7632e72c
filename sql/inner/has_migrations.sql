-- One row if the current catalog has the table of migrations, else none.
select table_name
from duckdb_tables()
where database_name = current_catalog() and schema_name = 'ops' and table_name = 'migration'
