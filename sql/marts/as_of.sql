-- One row per article that was published at an instant, as we knew it at another; before a merge they were several,
-- each under the URL that it was read from.
create or replace macro mart.as_of(published, known := timestamptz 'infinity') as table
select
    belief.article_id,
    coalesce(article.source, address.source) as source,
    coalesce(article.url, address.url) as url,
    belief.title,
    body.text,
    belief.word_count,
    belief.valid_from,
    belief.valid_to,
    belief.extraction_id
from mart.article_beliefs as belief
inner join core.extraction as extraction on belief.extraction_id = extraction.extraction_id
inner join raw.url as address on extraction.url_id = address.url_id
left join core.article as article on belief.article_id = article.article_id
inner join core.body as body on extraction.text_id = body.text_id
where
    belief.change_kind <> 'gone'
    and belief.valid_from <= published
    and coalesce(belief.valid_to > published, true)
    and belief.known_from <= known
    and coalesce(belief.known_to > known, true);

comment on macro table mart.as_of is
'One row per article that was published at an instant, as we knew it at another: mart.as_of(published, known).';
