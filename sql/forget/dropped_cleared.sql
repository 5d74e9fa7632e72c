-- One row per reading of another article that left out a line with one of the sentences: a teaser.
update core.extraction
set dropped = list_filter(dropped, lambda line: not has_trace(line.text))
where has_trace(array_to_string(list_transform(dropped, lambda line: line.text), chr(10)))
