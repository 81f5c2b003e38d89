-- What people may do, each with the last day of its training. Nothing for training that doesn't end.
create table user_roles (
    user          text not null references users (id),
    role          text not null,
    trained_until text,
    primary key (user, role)
) strict, without rowid;

insert into user_roles (user, role)
    select id, case role when 'officer' then 'operator' else role end from users;

alter table users drop column role;

-- JSON of an operation's record: plan, signatures, signage, review. Null for an exercise with volunteers.
alter table deployments add column record text;
-- Photographs of the signs. Every row goes when the deployment ends; the record keeps their SHA-256.
create table signage (
    deployment text not null primary key references deployments (id),
    jpeg       blob not null
) strict, without rowid;
