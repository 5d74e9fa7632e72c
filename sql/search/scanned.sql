-- One row per article in which the words of $pattern may stand, narrowed: what of it is searched.
select
    article_id,
    source,
    url,
    title,
    authors,
    section,
    tags,
    language,
    description,
    text,
    site_name,
    coalesce(published_on, first_seen_at::date) as published_day
from core.article
where
    (len($sources::varchar[]) = 0 or list_contains($sources::varchar[], source))
    and (len($languages::varchar[]) = 0 or list_contains($languages::varchar[], language))
    and ($since::date is null or coalesce(published_on, first_seen_at::date) >= $since)
    and ($until::date is null or coalesce(published_on, first_seen_at::date) <= $until)
    and ($pattern::varchar = '' or regexp_matches(
        lower(strip_accents(concat_ws(
            chr(10), title, text, description, array_to_string(authors, chr(10)), section,
            array_to_string(tags, chr(10)), source, language, site_name, url
        ))),
        strip_accents($pattern)
    ))
