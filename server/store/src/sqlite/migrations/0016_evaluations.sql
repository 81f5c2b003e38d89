-- Reports of how models were measured: figures, and no name of a file or a person.
create table evaluations (
    id       text    not null primary key,
    -- SHA-256 of the model's file, in hexadecimal.
    sha256   text    not null,
    measured text    not null check (json_valid(measured)),
    added_by text    not null references users (id),
    added_at integer not null
) strict;

create index evaluations_by_model on evaluations (sha256, added_at);
