-- One row per article that is new, or read anew, since articles were last gathered into clusters: $most at a time.
-- They are taken as they lie: texts are packed by the thousand, and 5,000 from all over unpack every one there is.
create or replace temp table unsettled as
select
    article_id,
    text_id,
    rowid as article_row
from core.article
where cluster_id is null
order by rowid
limit $most
