-- One row per attempt of the batch at what was forgotten, by any name that its page goes by: its words are let go.
update stage
set
    disposition = 'rejected',
    reason = 'forgotten',
    detail = '',
    content_hash = null,
    extraction_id = null
where
    url in (select unnest($forgotten::varchar[]))
    or target in (select unnest($forgotten::varchar[]))
    or canonical_url in (select unnest($forgotten::varchar[]))
    or source in (select tombstone.source from ops.tombstone as tombstone where tombstone.source is not null)
    or core.host(url) in (select tombstone.host from ops.tombstone as tombstone where tombstone.host is not null)
    or core.host(target) in (select tombstone.host from ops.tombstone as tombstone where tombstone.host is not null)
