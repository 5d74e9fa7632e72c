-- One row per change of a headline in the time shown (UTC), the newest first; none of them is furniture's.
select
    article.source,
    article.url,
    earlier.title as earlier_title,
    version.title,
    version.change_kind,
    version.valid_from as changed_at
from core.article_version as version
inner join core.article_change as change
    on version.extraction_id = change.extraction_id and version.earlier_id = change.earlier_id
inner join core.article as article on version.article_id = article.article_id
inner join core.extraction as earlier on version.earlier_id = earlier.extraction_id
where
    change.title_changed
    and version.change_kind in ('substantive', 'minor', 'unsure')
    and version.valid_from >= $since
    and version.valid_from < $until + 1
order by version.valid_from desc, version.article_id asc, version.number asc
limit $most
