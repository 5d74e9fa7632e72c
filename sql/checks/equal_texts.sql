-- One row per text that several articles of one source have: furniture, or an article without a canonical URL.
-- severity: warning
with equal as (
    select
        source,
        text_id,
        count(*) as articles
    from core.article
    group by source, text_id
    having count(*) > 1
)

select
    equal.source,
    equal.text_id,
    equal.articles,
    min(article.url) as first_url,
    max(article.url) as last_url
from core.article as article
inner join equal on article.source = equal.source and article.text_id = equal.text_id
group by equal.source, equal.text_id, equal.articles
order by equal.articles desc, equal.source asc, equal.text_id asc
