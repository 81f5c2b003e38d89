-- Of operations that are older than this nobody wrote down at the time who filled their lists. The journal may tell; the server asks
-- it once, at its next start.
alter table deployments add column listers_due integer not null default 0 check (listers_due in (0, 1));
update deployments set listers_due = 1 where record is not null and state <> 'ended';
