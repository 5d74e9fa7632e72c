-- One row per piece of evidence of another article that has one of the sentences.
delete from evidence.evidence
where has_trace(concat_ws(chr(10), value, raw))
