-- Ids are UUIDs as text, times milliseconds since 1970 (UTC), digests SHA-256.

create table users (
    id            text    not null primary key,
    name          text    not null,
    role          text    not null check (role in ('administrator', 'officer')),
    -- Emptied when the account is removed; the row stays, because decisions name it.
    password_hash text    not null,
    created_at    integer not null,
    removed_at    integer
) strict;

create unique index users_by_name on users (lower(name)) where removed_at is null;

create table sessions (
    token        blob    not null primary key,
    user         text    not null references users (id),
    created_at   integer not null,
    last_seen_at integer not null
) strict;

create index sessions_by_user on sessions (user);

create table devices (
    id         text    not null primary key,
    name       text    not null,
    token      blob    not null unique,
    paired_at  integer not null,
    revoked_at integer
) strict;

create table pairing_codes (
    code        blob    not null primary key,
    device_name text    not null,
    expires_at  integer not null
) strict;

create table deployments (
    id             text    not null primary key,
    name           text    not null,
    place          text    not null,
    created_at     integer not null,
    ends_at        integer not null,
    model          text    not null,
    pipeline       integer not null,
    dimensions     integer not null,
    threshold      real    not null,
    state          text    not null check (state in ('draft', 'live', 'ended')),
    started_at     integer,
    ended_at       integer,
    end_reason     text check (end_reason in ('by_person', 'time')),
    candidates     integer not null default 0,
    faces_seen     integer not null default 0,
    not_assessable integer not null default 0,
    check ((state = 'live') <= (started_at is not null)),
    check ((state = 'ended') = (ended_at is not null)),
    check ((state = 'ended') = (end_reason is not null))
) strict;

create index deployments_by_end on deployments (ends_at) where state <> 'ended';

-- People on a watchlist. Every row goes when the deployment ends.
create table entries (
    id         text    not null primary key,
    deployment text    not null references deployments (id),
    name       text    not null,
    created_at integer not null,
    quality    real    not null,
    template   blob    not null,
    photo      blob    not null
) strict;

create index entries_by_deployment on entries (deployment);

-- Outlives the entry that it is about, so that decisions can be counted; the entry's name does not.
create table alerts (
    id         text    not null primary key,
    deployment text    not null references deployments (id),
    entry      text    not null,
    device     text    not null references devices (id),
    track      text    not null,
    raised_at  integer not null,
    band       text    not null check (band in ('strong', 'moderate')),
    version    integer not null,
    verdict    text check (verdict in ('true', 'false', 'inconclusive')),
    decided_by text references users (id),
    decided_at integer,
    check ((verdict is null) = (decided_by is null)),
    check ((verdict is null) = (decided_at is null)),
    -- One alert per track and entry, whatever is decided about it.
    unique (deployment, device, track, entry)
) strict;

-- Matched crops. Every row goes when the deployment ends.
create table probes (
    alert text not null primary key references alerts (id),
    jpeg  blob not null
) strict;

create table events (
    seq        integer primary key autoincrement,
    deployment text    not null references deployments (id),
    at         integer not null,
    kind       text    not null,
    alert      text references alerts (id)
) strict;

create index events_by_deployment on events (deployment, seq);

-- Who did what, when. Ids and counts only.
create table audit (
    seq     integer primary key autoincrement,
    at      integer not null,
    actor   text    not null check (actor in ('user', 'device', 'server', 'command_line')),
    user    text,
    device  text,
    action  text    not null,
    subject text    not null,
    detail  text    not null
) strict;

create trigger audit_is_not_changed before update on audit begin
    select raise(abort, 'the audit table is append-only');
end;

create trigger audit_is_not_deleted before delete on audit begin
    select raise(abort, 'the audit table is append-only');
end;
