-- One row per column of mart.articles, in order.
select column_name
from duckdb_columns()
where schema_name = 'mart' and table_name = 'articles' and database_name = current_database()
order by column_index
