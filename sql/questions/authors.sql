-- One row per author: who writes most?
select
    author,
    count(*) as articles
from mart.authors
where kind = 'person'
group by author
order by articles desc, author asc
limit 20
