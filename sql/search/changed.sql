-- One row per article that the index lacks, or holds otherwise: the newest first, so that a search finds them soon.
with wanted as (
    select
        article_id,
        published_at,
        hash(extraction_id, source, url, coalesce(published_on, first_seen_at::date)) as mark
    from core.article
)

select wanted.article_id
from wanted
anti join seen.known as known on wanted.article_id = known.article_id and wanted.mark = known.mark
order by wanted.published_at desc nulls last, wanted.article_id asc
