-- SHA-256 over the row before's hash and this row. Rows from before this column have none; the first that has one covers
-- them all.
alter table audit add column hash blob;
