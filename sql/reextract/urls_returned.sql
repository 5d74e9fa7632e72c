-- One row per URL of an article that is back.
delete from core.withdrawn_url
where article_id in (select kept.article_id from core.article_url as kept)
