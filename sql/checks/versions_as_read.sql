-- One row per version that does not say what its reading says: headline, words.
-- severity: error
-- Loads write a version with their number: those since the last clean check are seen.
select
    version.article_id,
    version.number,
    version.title,
    reading.title as title_as_read,
    version.word_count,
    reading.word_count as word_count_as_read
from core.article_version as version
inner join core.extraction as reading on version.extraction_id = reading.extraction_id
where
    version.load_id > $since
    and (version.title is distinct from reading.title or version.word_count is distinct from reading.word_count)
order by version.article_id, version.number
