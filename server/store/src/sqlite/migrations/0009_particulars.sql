-- Sealed JSON: who an operation's entry is, and why they are looked for. Null for a volunteer.
alter table entries add column particulars blob;

-- What must be decided about an entry before it is matched: sealed JSON of how far it has come. Goes with the entry.
create table clearances (
    entry text    not null references entries (id),
    need  text    not null,
    state blob    not null,
    open  integer not null check (open in (0, 1)),
    primary key (entry, need)
) strict, without rowid;

-- How many entries of a deployment had such a need, and what came of it. Outlives the deployment; says nothing of one person.
create table clearance_counts (
    deployment text    not null references deployments (id),
    need       text    not null,
    needed     integer not null default 0,
    cleared    integer not null default 0,
    refused    integer not null default 0,
    primary key (deployment, need)
) strict, without rowid;

-- Who was on which list, by the number that the source has for them: no name, no image, no template. Outlives the deployment,
-- so that people can be told whether they were on one.
create table manifest (
    entry      text    not null primary key,
    deployment text    not null references deployments (id),
    nominal_id text    not null,
    category   text    not null,
    added_at   integer not null,
    removed_at integer
) strict, without rowid;

-- Nobody is on one list twice.
create unique index manifest_of_those_listed on manifest (deployment, nominal_id) where removed_at is null;
create index manifest_by_nominal on manifest (nominal_id);

-- SHA-256 of each image as it was kept.
create table manifest_images (
    photo      text    not null primary key,
    entry      text    not null references manifest (entry),
    sha256     blob    not null,
    added_at   integer not null,
    removed_at integer
) strict, without rowid;

create index manifest_images_by_entry on manifest_images (entry);

-- What this installation allows on watchlists: JSON, one row. Nothing until somebody sets it.
create table policy (
    id     integer not null primary key check (id = 1),
    policy text    not null
) strict;
