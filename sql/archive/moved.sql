-- One row per answer that a merge put elsewhere, or left out (then `file` is null and `why` says why).
create or replace temp table moved as
with line as (
    select
        file as old_file,
        "offset" as old_offset,
        "to" as place,
        why
    from read_json(
        $moves,
        format = 'newline_delimited',
        columns = { 'file': 'VARCHAR', 'offset': 'BIGINT', 'to': 'JSON', 'why': 'VARCHAR' }
    )
)

select
    old_file,
    old_offset,
    place ->> '$[0]' as file,
    (place ->> '$[1]')::bigint as record_offset,
    (place ->> '$[2]')::bigint as record_length,
    why
from line
