-- One row per known URL that an endpoint says was changed since it was read: due once an eighth of its age has passed.
update raw.url as url
set
    hint_modified_at = said.modified_at,
    next_due_at = least(
        coalesce(url.next_due_at, 'infinity'::timestamptz),
        greatest(
            $now,
            url.last_answer_at + $soonest::interval,
            url.last_answer_at + (url.last_answer_at - url.first_seen_at) / 8
        )
    ),
    load_id = $load_id
from (
    with line as (
        select unnest(found, recursive := true)
        from poll
    )

    select
        url_id,
        max(modified_at) as modified_at
    from line
    where modified_at <= $now
    group by url_id
) as said
where
    url.url_id = said.url_id
    and url.class is not null
    and said.modified_at > url.last_answer_at
    and said.modified_at > coalesce(url.hint_modified_at, url.first_seen_at)
