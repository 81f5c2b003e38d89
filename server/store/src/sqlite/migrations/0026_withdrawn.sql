-- Alerts about people who were taken off the list while something was still to be done about them: since when nobody
-- decides, confirms or acts, by whom, and why.
alter table alerts add column withdrawn_at integer;
alter table alerts add column withdrawn_by text references users (id);
alter table alerts add column withdrawn_why text;
