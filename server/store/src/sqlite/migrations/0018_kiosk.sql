-- The deployment for which a browser stands as a kiosk with this session; anybody may touch its screen, so the session may do no
-- more than that needs.
alter table sessions add column kiosk text references deployments (id);
-- Whether the device stands as a kiosk now.
alter table devices add column kiosk integer not null default 0 check (kiosk in (0, 1));
-- Visits to kiosks and how they ended. They say nothing of anyone, and outlive the deployment.
alter table deployments add column kiosk_visits integer not null default 0;
alter table deployments add column kiosk_unclear integer not null default 0;
alter table deployments add column kiosk_unproven integer not null default 0;
alter table deployments add column kiosk_staffed integer not null default 0;
