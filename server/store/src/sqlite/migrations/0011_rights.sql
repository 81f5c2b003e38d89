-- Times in which a live deployment compares nobody, as JSON: the one that lasts, and those that are over.
alter table deployments add column pause text;
alter table deployments add column pauses text not null default '[]';

-- JSON of who is responsible; at most one row.
create table organisation (
    id       integer not null primary key check (id = 1),
    settings text    not null
) strict;

-- What somebody complained about. The words are sealed under a key of their own, which outlives the deployment's; they are
-- emptied some time after the complaint is closed.
create table complaints (
    id               text    not null primary key,
    deployment       text    not null references deployments (id),
    alert            text    references alerts (id),
    received_at      integer not null,
    recorded_by      text    not null references users (id),
    recorded_at      integer not null,
    closed_at        integer,
    closed_by        text    references users (id),
    outcome          text    check (outcome in ('upheld', 'partly_upheld', 'not_upheld', 'withdrawn')),
    words            blob,
    key_id           text    not null,
    key_destroyed_at integer,
    check ((closed_at is null) = (closed_by is null)),
    check ((closed_at is null) = (outcome is null))
) strict;

create index complaints_by_deployment on complaints (deployment);

-- Evidence of alerts that is kept beyond the deployment's end, each under a key of its own. One that is over has neither
-- note nor pictures.
create table holds (
    id               text    not null primary key,
    alert            text    not null references alerts (id),
    deployment       text    not null references deployments (id),
    complaint        text    references complaints (id),
    placed_by        text    not null references users (id),
    placed_at        integer not null,
    until            integer not null,
    over_at          integer,
    -- Nobody when its time was over.
    released_by      text    references users (id),
    note             blob,
    key_id           text    not null,
    key_destroyed_at integer,
    check ((released_by is null) >= (over_at is null))
) strict;

create index holds_by_alert on holds (alert);

create table held_pictures (
    hold text not null references holds (id),
    kind text not null check (kind in ('probe', 'reference')),
    jpeg blob not null,
    primary key (hold, kind)
) strict, without rowid;

-- When the server was last known to run, while anything was live; at most one row.
create table pulse (
    id integer not null primary key check (id = 1),
    at integer not null
) strict;
