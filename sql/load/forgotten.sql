-- One row per attempt of the batch at what was forgotten, by any name that its page goes by: its words are let go.
update read
set
    disposition = 'rejected',
    reason = 'forgotten',
    detail = '',
    content_hash = null,
    extraction_id = null
where
    url_id in (select tombstone.url_id from ops.tombstone as tombstone where tombstone.url_id is not null)
    or core.stable_id(target)
    in (select tombstone.url_id from ops.tombstone as tombstone where tombstone.url_id is not null)
    or canonical_id
    in (select tombstone.url_id from ops.tombstone as tombstone where tombstone.url_id is not null)
    or source in (select tombstone.source from ops.tombstone as tombstone where tombstone.source is not null)
    or core.host(url) in (select tombstone.host from ops.tombstone as tombstone where tombstone.host is not null)
    or core.host(target) in (select tombstone.host from ops.tombstone as tombstone where tombstone.host is not null)
