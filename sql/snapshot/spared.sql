-- One row per row of a file of a snapshot whose article is not among $ids.
create or replace temp table frozen as
select *
from read_parquet($path)
where not list_contains($ids::bigint[], article_id)
