-- One row per version of an article whose versions are made anew.
insert into core.article_version
select
    version.article_id,
    version.number,
    case
        when version.state = 'gone' then 'gone'
        when version.earlier_id is null then 'first'
        else coalesce(change.change_kind, 'minor')
    end as change_kind,
    version.url_id,
    version.extraction_id,
    version.content_hash,
    reading.title,
    reading.word_count,
    version.valid_from,
    version.valid_to,
    version.known_from,
    $load_id as load_id
from version
semi join remade on version.article_id = remade.article_id
left join needed as reading on version.extraction_id = reading.extraction_id
left join change on version.article_id = change.article_id and version.number = change.number
