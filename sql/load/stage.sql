-- One row per attempt of the batch: a record of a WARC run, a URL of any other; with what was read off its page.
-- Rows are chosen by their keys alone, so that texts are moved once; evidence stays in `read`, by its place.
-- `reading_number` is 1 for one of the rows that hold the same reading.
create or replace temp table stage as
with keyed as (
    select
        rowid as place,
        core.stable_id(
            case
                when $kind = 'warc' then concat_ws('|', $run_id, url, warc_file, warc_offset, captured_at)
                else concat_ws('|', $run_id, url)
            end
        ) as claim_id,
        url,
        extraction_id,
        captured_at
    from read
    qualify
        row_number() over (partition by claim_id order by captured_at desc, payload_digest desc, warc_offset desc) = 1
),

numbered as (
    select
        place,
        claim_id,
        row_number() over (partition by extraction_id order by captured_at, url) as reading_number
    from keyed
)

select
    numbered.claim_id,
    numbered.place,
    numbered.reading_number,
    core.stable_id(read.text) as text_id,
    read.* exclude (evidence)
from read
inner join numbered on read.rowid = numbered.place
