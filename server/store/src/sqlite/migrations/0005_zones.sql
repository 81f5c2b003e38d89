-- Where a device looks at faces in one deployment: JSON of a zone of recognition. Every row goes when the deployment ends.
create table zones (
    deployment text not null references deployments (id),
    device     text not null references devices (id),
    zone       text not null,
    primary key (deployment, device)
) strict, without rowid;
