-- Names the secret transform that a deployment's templates went through; the seed itself is made from the deployment's key and
-- kept nowhere. Null for deployments from before, whose templates are as the embedder made them.
alter table deployments add column transform text;
