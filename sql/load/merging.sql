-- One row: how many URLs of the batch have names that lead to several articles.
select count(*) as urls
from resolved
where is_merging
