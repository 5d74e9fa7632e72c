-- One row per function or keyword that DuckDB knows: for completion.
select distinct
    function_name as word,
    'function' as kind
from duckdb_functions()
where regexp_full_match(function_name, '[a-z]\w*')
union all by name
select
    keyword_name as word,
    'keyword' as kind
from duckdb_keywords()
order by kind desc, word asc
