-- Why somebody paused it and let it go on, sealed under the deployment's key: of the pause that lasts, and of those before.
alter table deployments add column pause_reason blob;
alter table deployments add column pause_reasons blob;

-- What was typed goes with the end. Of the others it is sealed when the server starts.
update deployments
set pauses = (select json_group_array(json_remove(value, '$.cause.reason', '$.over.reason')) from json_each(deployments.pauses))
where state = 'ended' and pauses <> '[]';
