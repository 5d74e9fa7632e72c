-- One column more: the ways in which a site keeps a page from being mined.
alter table raw.fetched add column opt_outs varchar[];
comment on column raw.fetched.opt_outs is
'Ways in which the site keeps it from being mined, obeyed or not: robots-groups, tdm, noai; null before 0003.';
