-- One row per article that is new, or read anew, since articles were last gathered into clusters: $most at a time.
create or replace temp table unsettled as
select
    article_id,
    text_id,
    rowid as article_row
from core.article
where cluster_id is null
order by article_id
limit $most
