-- One row per version and stretch of time: since when do we know what of one article?
select
    number,
    change_kind,
    valid_from,
    valid_to,
    known_from,
    known_to
from mart.article_beliefs
where article_id = (select article_id from mart.articles where url = $url)
order by known_from, number
