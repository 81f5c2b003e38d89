-- Names, templates, photographs and matched crops are sealed under the deployment's key. Deployments from before have none:
-- they get one, and their rows are sealed, when the server opens the database.
alter table deployments add column key_id text;
alter table deployments add column key_destroyed_at integer;

alter table entries add column sealed_name blob not null default x'';
update entries set sealed_name = cast(name as blob);
alter table entries drop column name;
alter table entries rename column sealed_name to name;

create index audit_by_subject on audit (subject);
