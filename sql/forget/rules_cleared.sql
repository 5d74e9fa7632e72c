-- One row per learned line that is one of the sentences.
delete from core.rule
where has_trace(line)
