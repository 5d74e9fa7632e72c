-- One row per attempt of the batch: a record of a WARC run, a URL of any other; with what was read off its page.
-- Rows are chosen by their keys alone, so that texts are moved once. `reading_number` is 1 for one of the rows that
-- hold the same reading.
create or replace temp table stage as
with keyed as (
    select
        rowid as place,
        core.stable_id(
            case
                when $kind = 'warc' then concat_ws('|', $run_id, url, warc_file, warc_offset)
                else concat_ws('|', $run_id, url)
            end
        ) as claim_id,
        url,
        extraction.extraction_id,
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
    core.stable_id(read.extraction.text) as text_id,
    read.* exclude (extraction),
    read.extraction.extraction_id,
    read.extraction.version,
    read.extraction.page_kind,
    read.extraction.kind_evidence,
    read.extraction.canonical_url,
    read.extraction.canonical_id,
    read.extraction.title,
    read.extraction.authors,
    read.extraction.author_kinds,
    read.extraction.published_at,
    read.extraction.published_on,
    read.extraction.published_precision,
    read.extraction.published_offset_minutes,
    read.extraction.published_zone_source,
    read.extraction.modified_at,
    read.extraction.modified_on,
    read.extraction.section,
    read.extraction.tags,
    read.extraction.language,
    read.extraction.declared_language,
    read.extraction.description,
    read.extraction.images,
    read.extraction.site_name,
    read.extraction.next_page,
    read.extraction.forms,
    read.extraction.access,
    read.extraction.text,
    read.extraction.text_producer,
    read.extraction.word_count,
    read.extraction.dropped
from read
inner join numbered on read.rowid = numbered.place
