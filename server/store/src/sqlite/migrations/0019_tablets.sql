-- Where somebody is signed in: a device that is withdrawn takes its sessions along.
alter table sessions add column device text references devices (id);

-- Of earlier ones nobody knows the device, so withdrawing it would miss them: people sign in again.
delete from sessions;

create index sessions_by_device on sessions (device) where device is not null;

-- What devices told of afterwards, by the number that the device gave it, so that each is taken once.
create table deliveries (
    id text    not null primary key,
    at integer not null
) strict;
