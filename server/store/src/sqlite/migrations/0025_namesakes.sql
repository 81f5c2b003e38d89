-- Which people of one list have the same name, and the number by which each is told apart. `name` is made of the name by the
-- deployment's key: without the key it tells nothing. Whoever is taken off the list keeps the number, so that nobody else gets it.
create table namesakes (
    entry text primary key,
    deployment text not null references deployments (id),
    name blob not null,
    number integer not null,
    unique (deployment, name, number)
) without rowid;
