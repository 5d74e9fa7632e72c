-- One row per text of the unsettled articles that was never compared.
create or replace temp table compared as
with fresh as materialized (
    select unsettled.article_row
    from unsettled
    anti join core.mark as mark on unsettled.text_id = mark.text_id
    qualify row_number() over (partition by unsettled.text_id order by unsettled.article_row) = 1
)

select
    article.text_id,
    article.text
from core.article as article
semi join fresh on article.rowid = fresh.article_row
