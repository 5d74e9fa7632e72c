-- One row per robots.txt that is not kept yet.
insert into raw.robots
with answer as (
    select
        unnest(
            from_json(
                $answers, '[{"origin": "VARCHAR", "status": "INTEGER", "body": "VARCHAR", "fetched_at": "TIMESTAMPTZ"}]'
            ),
            recursive := true
        )
)

select
    answer.origin,
    answer.status,
    from_base64(answer.body) as body,
    answer.fetched_at,
    $load_id as load_id
from answer
anti join raw.robots as kept on answer.origin = kept.origin and answer.fetched_at = kept.fetched_at
