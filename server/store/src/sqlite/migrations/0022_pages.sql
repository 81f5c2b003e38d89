-- A page of a list is found without sorting all of it.
drop index entries_by_deployment;
create index entries_by_age on entries (deployment, created_at, id);
