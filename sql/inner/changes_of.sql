-- One row per version of the article that goes by a URL, and what came and went with it; the first has no change.
select
    history.article_id,
    history.source,
    history.url,
    history.number,
    history.change_kind,
    change.earlier_title,
    history.title,
    coalesce(change.removed, []) as removed,
    coalesce(change.added, []) as added,
    history.valid_from,
    history.known_from
from mart.article_history as history
inner join core.article_url as address on history.article_id = address.article_id
left join mart.article_changes as change
    on history.article_id = change.article_id and history.number = change.number
where address.url_id = $url_id
order by history.number
