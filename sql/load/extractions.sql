-- One row per page of the batch that this version of the extractor had not read.
insert into core.extraction by name
select
    stage.extraction_id,
    stage.url_id,
    stage.payload_digest,
    stage.version,
    stage.page_kind,
    stage.kind_evidence,
    stage.content_hash,
    stage.canonical_id,
    stage.canonical_url,
    stage.title,
    stage.authors,
    stage.author_kinds,
    stage.section,
    stage.tags,
    stage.language,
    stage.declared_language,
    stage.description,
    stage.images,
    stage.site_name,
    stage.next_page,
    stage.access,
    stage.text_id,
    stage.text_producer,
    stage.word_count,
    stage.dropped,
    stage.published_at,
    stage.published_on,
    stage.published_precision,
    stage.published_offset_minutes,
    stage.published_zone_source,
    stage.modified_at,
    stage.modified_on,
    $load_id as load_id
from stage
semi join fresh on stage.place = fresh.place
order by stage.published_at
