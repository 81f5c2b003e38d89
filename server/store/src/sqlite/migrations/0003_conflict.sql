-- Alerts about one entry and two faces that were in view together: at most one of them is that person. Each pair is kept
-- both ways round.
create table contradictions (
    alert text not null references alerts (id),
    other text not null references alerts (id),
    primary key (alert, other),
    check (alert <> other)
) strict, without rowid;
