-- Reports of faces seen are numbered too, several a minute from each device: those whose time is over are found without a walk
-- through all.
create index deliveries_by_age on deliveries (at);
