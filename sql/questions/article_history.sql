-- One row per version: how did one article change?
select
    number,
    change_kind,
    title,
    valid_from,
    valid_to
from mart.article_history
where url = $url
order by number
