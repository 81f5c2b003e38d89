-- What becomes of an alert. Factors: JSON of closed lists.
alter table alerts add column factors text;
alter table alerts add column sight text;
alter table alerts add column sighted_by text references users (id);
alter table alerts add column sighted_at integer;
alter table alerts add column repeats integer not null default 0;
alter table alerts add column last_seen_at integer not null default 0;
alter table alerts add column last_seen_device text references devices (id);
alter table alerts add column escalated_at integer;
-- Nobody decided while it mattered.
alter table alerts add column lapsed_at integer;

update alerts set last_seen_at = raised_at, last_seen_device = device;
update alerts set lapsed_at = (select d.ended_at from deployments d where d.id = alerts.deployment)
    where verdict is null;

create index alerts_open on alerts (raised_at) where verdict is null and lapsed_at is null;
create index alerts_by_entry on alerts (deployment, entry, last_seen_at);

-- Faces that were taken for an alert's, seen again. Every row goes when the deployment ends.
create table sightings (
    deployment text    not null references deployments (id),
    device     text    not null references devices (id),
    track      text    not null,
    alert      text    not null references alerts (id),
    seen_at    integer not null,
    band       text    not null,
    primary key (deployment, device, track, alert)
) strict, without rowid;

-- On whose screen an alert arrived, and was opened. Device is empty for an administrator without one. Every row goes when
-- the deployment ends; the journal keeps what was done.
create table receipts (
    alert       text    not null references alerts (id),
    user        text    not null references users (id),
    device      text    not null,
    received_at integer not null,
    opened_at   integer,
    primary key (alert, user, device)
) strict, without rowid;

-- What was done about a person. Outcome: JSON of closed lists, numbers and times. Texts is sealed, and goes when the
-- deployment ends.
create table engagements (
    alert       text    not null primary key references alerts (id),
    recorded_by text    not null references users (id),
    recorded_at integer not null,
    outcome     text    not null,
    observed    integer not null default 0,
    texts       blob
) strict, without rowid;

create table identity_checks (
    alert        text    not null references alerts (id),
    kind         text    not null,
    at           integer not null,
    lawful_basis text    not null,
    checked_by   text    not null references users (id),
    primary key (alert, kind, at)
) strict, without rowid;

-- What officers saw of people who were engaged by mistake, counted for a deployment. Nothing links it to an alert.
create table observations (
    deployment text    not null references deployments (id),
    aspect     text    not null check (aspect in ('sex', 'age_band', 'ethnicity')),
    value      text    not null,
    people     integer not null,
    primary key (deployment, aspect, value)
) strict, without rowid;
