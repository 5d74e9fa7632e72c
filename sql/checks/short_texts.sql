-- One row per article whose text is too short for one: below the least that is accepted, in words or letters.
-- severity: warning
-- broadsheet.policy.LEAST_WORDS is 20; scripts without spaces have no words to count, and 40 letters instead.
select
    article_id,
    source,
    url,
    word_count,
    length(text) as letters
from core.article
where word_count < 20 and length(text) < 40
order by source, url
