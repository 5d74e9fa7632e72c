-- One row per version that is new, or no longer as it was kept.
insert into core.article_version by name
select
    made.article_id,
    made.number,
    case
        when made.state = 'gone' then 'gone'
        when made.returned then 'returned'
        when made.is_unsure then 'unsure'
        when made.earlier_id is null then 'first'
        else coalesce(change.change_kind, made.change_kind)
    end as change_kind,
    made.url_id,
    made.extraction_id,
    made.earlier_id,
    made.content_hash,
    coalesce(made.title, reading.title) as title,
    coalesce(made.word_count, reading.word_count) as word_count,
    made.valid_from,
    made.valid_to,
    made.known_from,
    $load_id as load_id
from version_made as made
left join needed as reading on made.extraction_id = reading.extraction_id
left join core.article_change as change
    on made.extraction_id = change.extraction_id and made.earlier_id = change.earlier_id and $compared > 0
