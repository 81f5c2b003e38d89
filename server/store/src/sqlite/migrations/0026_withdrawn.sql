-- Alerts about people who were taken off the list while something was still to be done about them: since when nobody
-- decides, confirms or acts, by whom, and why.
alter table alerts add column withdrawn_at integer;
alter table alerts add column withdrawn_by text references users (id);
alter table alerts add column withdrawn_why text;

-- So are those whose person was taken off before there was such a thing; by whom and when stands in the journal. Pages that
-- stay open are told.
update alerts set withdrawn_at = gone.at, withdrawn_by = gone.by, withdrawn_why = 'removed', version = version + 1
    from (select j.subject as entry, j.at, u.id as by from audit j left join users u on u.id = j.user
          where j.action = 'entry_deleted') as gone
    where gone.entry = alerts.entry
    and not exists (select 1 from entries e where e.id = alerts.entry)
    and exists (select 1 from deployments d where d.id = alerts.deployment and d.state <> 'ended')
    and lapsed_at is null
    and (verdict is null or (verdict = 'true' and coalesce(sight, 'confirmed') = 'confirmed'))
    and not exists (select 1 from engagements g where g.alert = alerts.id);

insert into events (deployment, at, kind, alert)
    select deployment, withdrawn_at, 'alert_withdrawn', id from alerts where withdrawn_at is not null order by withdrawn_at, id;

-- Cards that were closed without a decision, of deployments that have ended: what lapsed, when the first did, and what was withdrawn.
alter table deployments add column lapsed integer not null default 0;
alter table deployments add column lapsed_since integer;
alter table deployments add column withdrawn integer not null default 0;

update deployments set (lapsed, lapsed_since) = (
    select count(*), min(lapsed) from (
        select max(lapsed_at) as lapsed from alerts a where a.deployment = deployments.id
        group by device, track having count(*) = count(*) filter (where verdict is null and lapsed_at is not null)))
    where state = 'ended';
