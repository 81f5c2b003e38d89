-- An entry has one photograph or several, each with its template.
create table photos (
    id         text    not null primary key,
    entry      text    not null references entries (id),
    created_at integer not null,
    quality    real    not null,
    template   blob    not null,
    photo      blob    not null
) strict;

create index photos_by_entry on photos (entry);

insert into photos (id, entry, created_at, quality, template, photo)
    select id, id, created_at, quality, template, photo from entries;

alter table entries drop column quality;
alter table entries drop column template;
alter table entries drop column photo;
