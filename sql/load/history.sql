-- One row per capture of the articles that the batch touches, beside the reading it is to be compared with.
-- `$mixed` tells the planner where all was read by one version: nothing else is looked for then.
create or replace temp table history as
with
-- What was read of the same pages by other versions: of those alone that have neighbours read by another.
other as (
    select
        url_id,
        version
    from paired
    where earlier.version <> version or beside.version <> version
    union
    select
        earlier.url_id,
        version
    from paired
    where earlier.version <> version
    union
    select
        url_id,
        earlier.version
    from paired
    where earlier.version <> version
),

other_place as materialized (
    select extraction.rowid as place
    from core.extraction as extraction
    semi join other on extraction.url_id = other.url_id and extraction.version = other.version
    where $mixed > 0
),

again as materialized (
    select
        extraction.extraction_id,
        extraction.url_id,
        extraction.payload_digest,
        extraction.version,
        extraction.content_hash
    from core.extraction as extraction
    semi join other_place on extraction.rowid = other_place.place
    where $mixed > 0
),

-- Like is compared with like: the other page as read by the version of this one, null if it never was. Where that is
-- so and this page was read by the version of the earlier one too, those two readings are compared.
compared as (
    select
        paired.* exclude (page, earlier, beside),
        paired.earlier is not null as has_earlier,
        case
            when paired.earlier.version = paired.version then paired.earlier.content_hash
            when paired.earlier.payload_digest = paired.payload_digest then paired.content_hash
            else earlier_again.content_hash
        end as earlier_hash,
        own_earlier.content_hash <> paired.earlier.content_hash as differed_then,
        coalesce(earlier_again.extraction_id, paired.earlier.extraction_id) as earlier_id,
        case
            when paired.beside.version = paired.version then paired.beside.content_hash
            when paired.beside.payload_digest = paired.payload_digest then paired.content_hash
            else beside_again.content_hash
        end as beside_hash
    from paired
    left join again as earlier_again
        on
            paired.earlier.url_id = earlier_again.url_id
            and paired.earlier.payload_digest = earlier_again.payload_digest
            and paired.version = earlier_again.version
            and paired.earlier.version <> paired.version
    left join again as own_earlier
        on
            paired.url_id = own_earlier.url_id
            and paired.payload_digest = own_earlier.payload_digest
            and paired.earlier.version = own_earlier.version
            and paired.earlier.version <> paired.version
    left join again as beside_again
        on
            paired.beside.url_id = beside_again.url_id
            and paired.beside.payload_digest = beside_again.payload_digest
            and paired.version = beside_again.version
            and paired.beside.version <> paired.version
),

-- Two pages that no version read both of: the one before is lost. If they read otherwise, nobody can tell why.
apart as (
    select distinct
        extraction_id,
        earlier_id
    from compared
    where
        $mixed > 0
        and is_main and state = 'article' and has_earlier and earlier_hash is null and differed_then is null
),

asked as (
    select extraction_id from apart
    union
    select earlier_id as extraction_id from apart
),

reading as materialized (
    select
        extraction.extraction_id,
        extraction.title,
        extraction.text_id
    from core.extraction as extraction
    semi join asked on extraction.extraction_id = asked.extraction_id
    where $mixed > 0
),

unsure as (
    select apart.*
    from apart
    inner join reading as later on apart.extraction_id = later.extraction_id
    inner join reading as earlier on apart.earlier_id = earlier.extraction_id
    where later.title <> earlier.title or later.text_id <> earlier.text_id
)

select
    compared.*,
    unsure.extraction_id is not null as is_unsure,
    unsure.extraction_id is not null
    or coalesce(compared.earlier_hash <> compared.content_hash, compared.differed_then, false)
        as differs_from_earlier,
    coalesce(compared.beside_hash <> compared.content_hash, false) as differs_beside
from compared
left join unsure
    on
        compared.extraction_id = unsure.extraction_id
        and compared.earlier_id = unsure.earlier_id
        and compared.is_main
        and compared.earlier_hash is null
        and compared.differed_then is null
