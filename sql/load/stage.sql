-- One row per line of the batch's stage file, which is read this once, by its place in the file.
-- `is_repeated` is true for all rows of a reading but one (repeated.sql).
create or replace temp table stage as
select
    row_number() over () as place,
    core.stable_id(
        case
            when $kind = 'warc' then concat_ws('|', $run_id, url, warc_file, warc_offset, captured_at)
            else concat_ws('|', $run_id, url)
        end
    ) as claim_id,
    core.stable_id(extraction.text) as text_id,
    false as is_repeated,
    * exclude (extraction),
    unnest(extraction)
from read_json(
    $stage,
    format = 'newline_delimited',
    maximum_object_size = 268435456,
    columns = {
        'url_id': 'BIGINT',
        'url': 'VARCHAR',
        'target': 'VARCHAR',
        'source': 'VARCHAR',
        'captured_at': 'TIMESTAMPTZ',
        'status': 'INTEGER',
        'content_type': 'VARCHAR',
        'etag': 'VARCHAR',
        'last_modified': 'VARCHAR',
        'payload_digest': 'VARCHAR',
        'body_bytes': 'BIGINT',
        'tries': 'INTEGER',
        'seconds': 'DOUBLE',
        'robots_line': 'VARCHAR',
        'opt_outs': 'VARCHAR[]',
        'retry_at': 'TIMESTAMPTZ',
        'warc_file': 'VARCHAR',
        'warc_offset': 'BIGINT',
        'warc_length': 'BIGINT',
        'disposition': 'VARCHAR',
        'reason': 'VARCHAR',
        'detail': 'VARCHAR',
        'content_hash': 'VARCHAR',
        'extraction': 'STRUCT(
            extraction_id BIGINT, version VARCHAR, page_kind VARCHAR, kind_evidence VARCHAR, canonical_url VARCHAR,
            canonical_id BIGINT, title VARCHAR, authors VARCHAR[], author_kinds VARCHAR[],
            published_at TIMESTAMPTZ, published_on DATE, published_precision VARCHAR,
            published_offset_minutes INTEGER, published_zone_source VARCHAR, modified_at TIMESTAMPTZ,
            modified_on DATE, section VARCHAR, tags VARCHAR[], language VARCHAR, declared_language VARCHAR,
            description VARCHAR, images STRUCT(url VARCHAR, caption VARCHAR, credit VARCHAR)[], site_name VARCHAR,
            next_page VARCHAR, forms VARCHAR[], access VARCHAR, "text" VARCHAR, text_producer VARCHAR, word_count INTEGER,
            dropped STRUCT("text" VARCHAR, reason VARCHAR)[],
            evidence STRUCT(field VARCHAR, producer VARCHAR, locator VARCHAR, value VARCHAR, raw VARCHAR,
                            raw_hash VARCHAR, chosen BOOLEAN)[])'
    }
)
