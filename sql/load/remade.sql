-- One row per article whose versions are no longer those that are kept.
create or replace temp table remade as
with made as (
    select
        article_id,
        number,
        url_id,
        extraction_id,
        valid_from,
        valid_to,
        known_from
    from version
),

kept as (
    select
        article_version.article_id,
        article_version.number,
        article_version.url_id,
        article_version.extraction_id,
        article_version.valid_from,
        article_version.valid_to,
        article_version.known_from
    from core.article_version as article_version
    semi join version on article_version.article_id = version.article_id
),

differing as (
    (
        select * from made
        except
        select * from kept
    )
    union all
    (
        select * from kept
        except
        select * from made
    )
)

select distinct article_id
from differing
