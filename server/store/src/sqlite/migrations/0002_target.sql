-- A deployment states how often strangers may be taken for somebody, not a score.
alter table deployments drop column threshold;
alter table deployments add column target_fpir_one_in integer not null default 6000;
