-- One row per URL of the batch whose page turned out to be a forgotten one: it is forgotten by this name too.
insert into ops.tombstone
with name as (
    select distinct url_id
    from stage
    where
        reason = 'forgotten'
        and (
            target in (select unnest($forgotten::varchar[]))
            or canonical_url in (select unnest($forgotten::varchar[]))
        )
)

select
    'article' as kind,
    name.url_id,
    null as source,
    null as host,
    'another address of what was forgotten' as why,
    $now as forgotten_at,
    $now as proved_at,
    $load_id as load_id
from name
anti join ops.tombstone as kept on name.url_id = kept.url_id
