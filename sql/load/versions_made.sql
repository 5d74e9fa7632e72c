-- One row per version that is not kept so; what was known of it stands where it follows the same reading as before.
create or replace temp table version_made as
with made as (
    select
        article_id,
        number,
        url_id,
        extraction_id,
        earlier_id,
        valid_from,
        valid_to,
        known_from
    from version
    except
    select
        article_id,
        number,
        url_id,
        extraction_id,
        earlier_id,
        valid_from,
        valid_to,
        known_from
    from version_before
),

same as (
    select
        article_id,
        extraction_id,
        earlier_id,
        any_value(change_kind) as change_kind,
        any_value(title) as title,
        any_value(word_count) as word_count
    from version_before
    group by article_id, extraction_id, earlier_id
)

select
    made.*,
    version.state,
    version.content_hash,
    version.returned,
    version.is_unsure,
    same.change_kind,
    same.title,
    same.word_count
from made
inner join version on made.article_id = version.article_id and made.number = version.number
left join same
    on
        made.article_id = same.article_id
        and made.extraction_id = same.extraction_id
        and made.earlier_id is not distinct from same.earlier_id
