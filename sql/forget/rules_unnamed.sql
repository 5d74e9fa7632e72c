-- One row per learned line of which one of the articles was the example.
update core.rule
set example_url = ''
where example_url in (select unnest($urls::varchar[]))
