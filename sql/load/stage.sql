-- One row per attempt of the batch: a record of a WARC run, a URL of any other.
create or replace temp table stage as
with read as (
    select *
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
                next_page VARCHAR, access VARCHAR, "text" VARCHAR, text_producer VARCHAR, word_count INTEGER,
                dropped STRUCT("text" VARCHAR, reason VARCHAR)[])'
        }
    )
),

claimed as (
    select
        core.stable_id(
            case
                when $kind = 'warc' then concat_ws('|', $run_id, url, warc_file, warc_offset)
                else concat_ws('|', $run_id, url)
            end
        ) as claim_id,
        *
    from read
)

select *
from claimed
qualify row_number() over (partition by claim_id order by captured_at desc, payload_digest desc, warc_offset desc) = 1
