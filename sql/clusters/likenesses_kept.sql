-- One row per pair of texts that are alike, by all of their shingles: two in five of the shorter one's are the other's,
-- and one in five of the longer one's; twelve at least, so that a line in common makes no pair of two short texts.
-- A form that is filled in anew (a day's weather, a draw, a result) has other numbers: a copy has most of them.
insert into core.likeness
with measured as (
    select
        text_id,
        count(*) as shingles
    from shingle
    group by text_id
),

overlap as (
    select
        candidate.text_id,
        candidate.other_id,
        count(*) as shared
    from candidate
    inner join shingle as one on candidate.text_id = one.text_id
    inner join shingle as other on candidate.other_id = other.text_id and one.shingle = other.shingle
    group by candidate.text_id, candidate.other_id
)

select
    overlap.text_id,
    overlap.other_id,
    overlap.shared,
    least(one.shingles, other.shingles) as shorter,
    greatest(one.shingles, other.shingles) as longer,
    $load_id as load_id
from overlap
inner join measured as one on overlap.text_id = one.text_id
inner join measured as other on overlap.other_id = other.text_id
inner join figure as one_figure on overlap.text_id = one_figure.text_id
inner join figure as other_figure on overlap.other_id = other_figure.text_id
where
    overlap.shared >= 12
    and overlap.shared * 5 >= least(one.shingles, other.shingles) * 2
    and overlap.shared * 5 >= greatest(one.shingles, other.shingles)
    and (
        least(len(one_figure.figures), len(other_figure.figures)) < 2
        or len(list_intersect(one_figure.figures, other_figure.figures)) * 2
        >= least(len(one_figure.figures), len(other_figure.figures))
    )
