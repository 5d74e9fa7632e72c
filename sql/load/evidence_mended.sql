-- One row per candidate of a reading that is not kept: its load never came.
delete from evidence.evidence
where extraction_id not in (select extraction.extraction_id from core.extraction as extraction)
