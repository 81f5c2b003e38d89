-- What somebody has typed of a plan that isn't an operation's yet; whole only by accident.
create table unfinished_plans (
    id         text    not null primary key,
    author     text    not null references users (id),
    -- Whose plan it is to replace; null for a new one.
    deployment text    references deployments (id),
    typed      text    not null check (json_valid(typed)),
    saved_at   integer not null
) strict;

create index unfinished_plans_by_author on unfinished_plans (author, saved_at);
