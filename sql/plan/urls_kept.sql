-- One row per URL that was not known: named by a poll, or left over by a run that died.
insert into raw.url by name
with left_over as (
    select
        core.stable_id(line.url) as url_id,
        line.url,
        line.source
    from (select unnest(from_json($leftovers, '[{"url": "VARCHAR", "source": "VARCHAR"}]'), recursive := true)) as line
),

fresh as (
    select
        url_id,
        url,
        source,
        endpoint,
        title as hint_title,
        published_at as hint_published_at,
        modified_at as hint_modified_at,
        authors as hint_authors,
        language as hint_language,
        guid as hint_guid,
        polled_at as first_seen_at
    from named
    union all by name
    select
        left_over.*,
        $now as first_seen_at
    from left_over
    anti join named on left_over.url_id = named.url_id
    anti join raw.url as kept on left_over.url_id = kept.url_id
)

select
    *,
    0 as failures,
    first_seen_at as next_due_at,
    $load_id as load_id
from fresh
qualify row_number() over (partition by url_id order by endpoint) = 1
