-- One row per fresh text and mark of it: the 32 smallest hashes of its shingles, cut to 32 bits (MinHash, bottom-k).
-- Of two texts' marks so many are common as their shingles, in proportion to the longer text: Broder, 'On the
-- resemblance and containment of documents', 1997.
insert into core.mark
with smallest as (
    select
        text_id,
        unnest(min(shingle, 32)) as shingle
    from shingle
    group by text_id
)

select
    text_id,
    (shingle >> 32)::uinteger as mark,
    $load_id as load_id
from smallest
order by text_id
