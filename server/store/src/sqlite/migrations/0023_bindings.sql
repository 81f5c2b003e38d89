-- Which deployment the device stands for as a kiosk, and since when. Its session may end before it does.
alter table devices add column kiosk_deployment text references deployments (id);
alter table devices add column kiosk_since integer;
update devices set kiosk_deployment =
    (select s.kiosk from sessions s where s.device = devices.id and s.kiosk is not null order by s.created_at desc limit 1)
    where kiosk = 1;

-- Digests of what was said under a number, so that the number stands for nothing else. Null: said before this column.
alter table deliveries add column said blob;

-- The journal is asked once more: consents of whoever filled a list are put back too.
update deployments set listers_due = 1 where record is not null and state <> 'ended';
