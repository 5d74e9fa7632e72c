-- One row per version that is no longer what we know: as it was kept until now.
insert into core.article_version_past by name
select
    before.* exclude (place),
    $load_id as until_load_id
from version_before as before
anti join version
    on
        before.article_id = version.article_id
        and before.number = version.number
        and before.url_id = version.url_id
        and before.valid_from = version.valid_from
        and before.known_from = version.known_from
        and before.extraction_id is not distinct from version.extraction_id
        and before.earlier_id is not distinct from version.earlier_id
        and before.valid_to is not distinct from version.valid_to
