-- One row per text that is compared: the numbers in it, each once.
insert into figure
select
    text_id,
    list_distinct(regexp_extract_all(text, '\d+')) as figures
from compared
