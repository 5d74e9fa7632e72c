-- One row per article whose text is not the one that was read, word for word.
-- severity: error
-- Every text is read twice for it: a run, whose loads copy the one from the other, leaves it to the whole checks.
select
    article.article_id,
    article.source,
    article.url,
    article.text_id
from core.article as article
inner join core.body as body on article.text_id = body.text_id
where $run_id::varchar is null and article.text <> body.text
order by article.source, article.url
