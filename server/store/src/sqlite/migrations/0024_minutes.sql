-- Faces of each minute in which a camera looked, since 1970: numbers only. A restart forgets none of them.
create table minutes (
    deployment text not null references deployments (id),
    number integer not null,
    faces integer not null,
    not_assessable integer not null,
    primary key (deployment, number)
) without rowid;

-- Whoever looks on asks every few seconds for the outages of the last half hour.
drop index audit_by_subject;
create index audit_by_subject on audit (subject, action, at);
