-- One row per attempt of a run at a URL.
create or replace view mart.attempts as
select
    attempt.run_id,
    attempt.source,
    attempt.url,
    attempt.outcome,
    attempt.reason,
    attempt.detail,
    claim.why,
    attempt.article_id,
    attempt.tries,
    attempt.seconds,
    attempt.captured_at,
    attempt.attempted_at
from ops.attempt as attempt
left join ops.claim as claim on attempt.claim_id = claim.claim_id;

comment on view mart.attempts is 'One row per attempt of a run at a URL: the ledger.';
comment on column mart.attempts.run_id is 'The run.';
comment on column mart.attempts.source is 'The source.';
comment on column mart.attempts.url is 'The URL.';
comment on column mart.attempts.outcome is 'new, edited, unchanged, duplicate, gone, rejected or deferred.';
comment on column mart.attempts.reason is 'Why it brought no article.';
comment on column mart.attempts.detail is 'More on the reason.';
comment on column mart.attempts.why is 'Why it was attempted: new, due or leftover.';
comment on column mart.attempts.article_id is 'The article.';
comment on column mart.attempts.tries is 'How many requests it took.';
comment on column mart.attempts.seconds is 'How long they took, in seconds.';
comment on column mart.attempts.captured_at is 'When the answer came.';
comment on column mart.attempts.attempted_at is 'When it was settled.';
