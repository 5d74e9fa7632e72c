-- One row per article of a snapshot that is forgotten: by its id, one of its addresses, or its source.
select article_id
from read_parquet($path)
where
    list_contains($article_ids::bigint[], article_id)
    or list_contains($urls::varchar[], url)
    or source = $source::varchar
