-- One row per pause that is not kept yet.
insert into raw.pause by name
with pause as (
    select
        unnest(
            from_json(
                $pauses, '[{"host": "VARCHAR", "reason": "VARCHAR", "detail": "VARCHAR", "until": "TIMESTAMPTZ"}]'
            ),
            recursive := true
        )
)

select
    pause.*,
    $run_id as run_id,
    $now as noted_at,
    $load_id as load_id
from pause
anti join raw.pause as kept on pause.host = kept.host and pause.until = kept.until
