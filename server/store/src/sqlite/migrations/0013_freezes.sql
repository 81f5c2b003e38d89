-- What a complaint froze goes when the complaint is closed, until somebody renews it.
alter table holds add column freezes integer not null default 0 check (freezes in (0, 1));
-- For how long after the deployment's end it was placed, in milliseconds; null once it is renewed, for its time runs from then.
alter table holds add column after_end integer check (after_end > 0);

update holds set freezes = 1 where complaint is not null and note is null and over_at is null;
-- A renewed one ends a whole number of days after its renewal, and so not after the planned end.
update holds set after_end = until - (select d.ends_at from deployments d where d.id = holds.deployment)
where over_at is null
  and until > (select d.ends_at from deployments d where d.id = holds.deployment)
  and (until - (select d.ends_at from deployments d where d.id = holds.deployment)) % 86400000 = 0;
