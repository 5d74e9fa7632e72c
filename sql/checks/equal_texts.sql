-- One row per text that several articles of one source have: furniture, or an article without a canonical URL.
-- severity: warning
select
    source,
    text_id,
    count(*) as articles,
    min(url) as first_url,
    max(url) as last_url
from core.article
group by source, text_id
having count(*) > 1
order by articles desc, source asc, text_id asc
