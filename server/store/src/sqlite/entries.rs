use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::{DeploymentId, EntryId, PhotoId};
use vedette_core::template::Template;
use zeroize::Zeroizing;

use super::SqliteTransaction;
use super::alerts::truth;
use super::namesakes::{namesake, of_that_name};
use super::read::{count, parsed, time, word};
use crate::clearance::Clearance;
use crate::namesake::Namesake;
use crate::particulars::Particulars;
use crate::row::{DeploymentRow, EntryRow, Erased, Jpeg, NewEntry, Page, PhotoRow, Reference, Verdict, Verdicts};
use crate::vault::Part;
use crate::{Entries, Result, StoreError};

/// A query about a deployment's entries, and the same about some of them. Parameters: the deployment, and the ids as JSON.
pub(super) struct Query {
    pub(super) all: &'static str,
    pub(super) some: &'static str,
}

impl Query {
    pub(super) fn about(&self, some: Option<&[EntryId]>) -> &'static str {
        match some {
            None => self.all,
            Some(_) => self.some,
        }
    }
}

macro_rules! about_entries {
    ([$($before:tt)*], all: $all:literal, some: $some:literal, [$($after:tt)*]) => {
        $crate::sqlite::entries::Query {
            all: concat!($($before)*, $all, $($after)*),
            some: concat!($($before)*, $some, " in (select value from json_each(?2))", $($after)*),
        }
    };
}
pub(super) use about_entries;

// The sign before a column keeps its index out of it: some are found by their ids, not by a walk through the list.
pub(super) const PHOTOS: Query = about_entries!(
    ["select id, entry, created_at, quality from photos where entry in (select id from entries where "],
    all: "deployment = ?1",
    some: "+deployment = ?1 and id",
    [") order by quality desc, id"]
);
// A face that turned out to be another entry's person only looks like this one: no false alert fell on anybody.
pub(super) const VERDICTS: Query = about_entries!(
    [
        "select entry, truth as verdict, count(*) as n from (select a.entry, a.deployment, a.device, a.track, ",
        truth!(),
        " as truth from alerts a where a.verdict is not null and "
    ],
    all: "a.deployment = ?1",
    some: "a.deployment = ?1 and a.entry",
    [
        ") f where truth <> 'false' or not exists (select 1 from alerts b where b.deployment = f.deployment
             and b.device = f.device and b.track = f.track and ",
        truth!("b"),
        " = 'true') group by entry, truth"
    ]
);
pub(super) const ENTRIES: Query = about_entries!(
    [
        "select e.id, e.name, e.particulars, e.created_at, n.number, ",
        of_that_name!(),
        " from entries e left join namesakes n on n.entry = e.id where "
    ],
    all: "e.deployment = ?1",
    some: "+e.deployment = ?1 and e.id",
    [" order by e.created_at, e.id"]
);

pub(super) fn as_json(ids: &[EntryId]) -> Result<String> {
    serde_json::to_string(ids).map_err(|_| StoreError::Other("ids that can't be written".into()))
}

impl SqliteTransaction {
    /// All entries, or some.
    async fn listed_entries(&mut self, deployment: DeploymentId, some: Option<&[EntryId]>) -> Result<Vec<EntryRow>> {
        let (id, ids) = (deployment.to_string(), some.map(as_json).transpose()?);
        let rows = sqlx::query(PHOTOS.about(some))
            .bind(&id)
            .bind(&ids)
            .fetch_all(&mut *self.connection)
            .await?;
        let mut photos: HashMap<EntryId, Vec<PhotoRow>> = HashMap::new();
        for row in &rows {
            photos.entry(parsed(row, "entry")?).or_default().push(photo(row)?);
        }
        let rows = sqlx::query(VERDICTS.about(some))
            .bind(&id)
            .bind(&ids)
            .fetch_all(&mut *self.connection)
            .await?;
        let mut verdicts: HashMap<EntryId, Verdicts> = HashMap::new();
        for row in &rows {
            let of_entry = verdicts.entry(parsed(row, "entry")?).or_default();
            let of_verdict = match word(row, "verdict")? {
                Verdict::True => &mut of_entry.right,
                Verdict::False => &mut of_entry.wrong,
                Verdict::Inconclusive => &mut of_entry.inconclusive,
            };
            *of_verdict = u32::try_from(count(row, "n")?).unwrap_or(u32::MAX);
        }
        let mut clearances: HashMap<EntryId, Vec<Clearance>> = HashMap::new();
        for clearance in self.clearances_where(deployment, some).await? {
            clearances.entry(clearance.entry).or_default().push(clearance);
        }
        let rows = sqlx::query(ENTRIES.about(some))
            .bind(&id)
            .bind(&ids)
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter()
            .map(|row| {
                let id = parsed(row, "id")?;
                Ok(EntryRow {
                    id,
                    deployment,
                    name: self.open_name(deployment, id, row.try_get("name")?)?,
                    particulars: self.open_particulars(deployment, id, row.try_get("particulars")?)?,
                    clearances: clearances.remove(&id).unwrap_or_default(),
                    created_at: time(row, "created_at")?,
                    photos: photos.remove(&id).unwrap_or_default(),
                    verdicts: verdicts.remove(&id).unwrap_or_default(),
                    namesake: namesake(row)?,
                })
            })
            .collect()
    }

    /// `sql` names them. They come the oldest first.
    async fn page_of_entries(
        &mut self,
        sql: &'static str,
        deployment: DeploymentId,
        page: Page,
    ) -> Result<Vec<EntryRow>> {
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .bind(i64::from(page.size))
            .bind(page.offset())
            .fetch_all(&mut *self.connection)
            .await?;
        let ids: Vec<_> = rows.iter().map(|row| parsed(row, "id")).collect::<Result<_>>()?;
        self.listed_entries(deployment, Some(&ids)).await
    }

    fn open_references(&self, deployment: &DeploymentRow, rows: &[SqliteRow]) -> Result<Vec<Reference>> {
        rows.iter()
            .map(|row| {
                let entry = parsed(row, "entry")?;
                let part = Part::Template(entry, parsed(row, "id")?);
                let bytes = self.open(deployment.id, part, row.try_get("template")?)?;
                let template = Template::from_bytes(deployment.space.clone(), &bytes);
                Ok(Reference {
                    entry,
                    template: template.map_err(|_| StoreError::Corrupt)?,
                })
            })
            .collect()
    }
}

fn photo(row: &SqliteRow) -> Result<PhotoRow> {
    let quality: f64 = row.try_get("quality")?;
    Ok(PhotoRow {
        id: parsed(row, "id")?,
        created_at: time(row, "created_at")?,
        quality: quality as f32,
    })
}

#[async_trait]
impl Entries for SqliteTransaction {
    async fn entries(&mut self, deployment: DeploymentId) -> Result<Vec<EntryRow>> {
        self.listed_entries(deployment, None).await
    }

    async fn entry(&mut self, deployment: DeploymentId, entry: EntryId) -> Result<Option<EntryRow>> {
        Ok(self.listed_entries(deployment, Some(&[entry])).await?.pop())
    }

    async fn entries_there(&mut self, deployment: DeploymentId, some: &[EntryId]) -> Result<HashSet<EntryId>> {
        let sql = "select id from entries where +deployment = ?1 and id in (select value from json_each(?2))";
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .bind(as_json(some)?)
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(|row| parsed(row, "id")).collect()
    }

    async fn entries_among(&mut self, deployment: DeploymentId, some: &[EntryId]) -> Result<Vec<EntryRow>> {
        self.listed_entries(deployment, Some(some)).await
    }

    async fn entries_page(&mut self, deployment: DeploymentId, page: Page) -> Result<Vec<EntryRow>> {
        let sql = "select id from entries where deployment = ? order by created_at, id limit ? offset ?";
        self.page_of_entries(sql, deployment, page).await
    }

    async fn newest_entries(&mut self, deployment: DeploymentId, page: Page) -> Result<Vec<EntryRow>> {
        let sql = "select id from entries where deployment = ? order by created_at desc, id desc limit ? offset ?";
        let mut entries = self.page_of_entries(sql, deployment, page).await?;
        entries.reverse();
        Ok(entries)
    }

    async fn count_entries(&mut self, deployment: DeploymentId) -> Result<u64> {
        let sql = "select count(*) as n from entries where deployment = ?";
        count(
            &sqlx::query(sql)
                .bind(deployment.to_string())
                .fetch_one(&mut *self.connection)
                .await?,
            "n",
        )
    }

    async fn add_entry(&mut self, entry: &NewEntry) -> Result<Option<Namesake>> {
        let name = self.seal(entry.deployment, Part::Name(entry.id), entry.name.as_bytes())?;
        let particulars = match &entry.particulars {
            Some(particulars) => Some(self.seal_particulars(entry.deployment, entry.id, particulars)?),
            None => None,
        };
        let sql = "insert into entries (id, deployment, name, particulars, created_at) values (?, ?, ?, ?, ?)";
        sqlx::query(sql)
            .bind(entry.id.to_string())
            .bind(entry.deployment.to_string())
            .bind(name)
            .bind(particulars)
            .bind(entry.created_at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        self.note_entry(entry).await?;
        self.number_namesake(entry.deployment, entry.id, &entry.name).await
    }

    async fn set_particulars(
        &mut self,
        deployment: DeploymentId,
        entry: EntryId,
        particulars: &Particulars,
    ) -> Result<()> {
        let sealed = self.seal_particulars(deployment, entry, particulars)?;
        sqlx::query("update entries set particulars = ? where deployment = ? and id = ?")
            .bind(sealed)
            .bind(deployment.to_string())
            .bind(entry.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn add_photo(
        &mut self,
        deployment: DeploymentId,
        entry: EntryId,
        row: &PhotoRow,
        template: &Template,
        photo: &Jpeg,
    ) -> Result<()> {
        let template = Zeroizing::new(template.to_bytes());
        let template = self.seal(deployment, Part::Template(entry, row.id), &template)?;
        let sealed = self.seal(deployment, Part::Photo(entry, row.id), &photo.0)?;
        let sql = "insert into photos (id, entry, created_at, quality, template, photo) values (?, ?, ?, ?, ?, ?)";
        sqlx::query(sql)
            .bind(row.id.to_string())
            .bind(entry.to_string())
            .bind(row.created_at.as_millisecond())
            .bind(f64::from(row.quality))
            .bind(template)
            .bind(sealed)
            .execute(&mut *self.connection)
            .await?;
        self.note_photo(entry, row, photo).await
    }

    async fn remove_entry(&mut self, deployment: DeploymentId, entry: EntryId, at: Timestamp) -> Result<bool> {
        sqlx::query("delete from clearances where entry in (select id from entries where deployment = ? and id = ?)")
            .bind(deployment.to_string())
            .bind(entry.to_string())
            .execute(&mut *self.connection)
            .await?;
        sqlx::query("delete from probes where alert in (select id from alerts where deployment = ? and entry = ?)")
            .bind(deployment.to_string())
            .bind(entry.to_string())
            .execute(&mut *self.connection)
            .await?;
        sqlx::query("delete from photos where entry in (select id from entries where deployment = ? and id = ?)")
            .bind(deployment.to_string())
            .bind(entry.to_string())
            .execute(&mut *self.connection)
            .await?;
        let done = sqlx::query("delete from entries where deployment = ? and id = ?")
            .bind(deployment.to_string())
            .bind(entry.to_string())
            .execute(&mut *self.connection)
            .await?;
        if done.rows_affected() > 0 {
            self.forget_number(entry).await?;
            self.note_removal(deployment, Some(entry), at).await?;
        }
        Ok(done.rows_affected() > 0)
    }

    async fn remove_photo(
        &mut self,
        deployment: DeploymentId,
        entry: EntryId,
        photo: PhotoId,
        at: Timestamp,
    ) -> Result<bool> {
        let sql =
            "delete from photos where entry in (select id from entries where deployment = ? and id = ?) and id = ?";
        let done = sqlx::query(sql)
            .bind(deployment.to_string())
            .bind(entry.to_string())
            .bind(photo.to_string())
            .execute(&mut *self.connection)
            .await?;
        if done.rows_affected() > 0 {
            self.note_photo_removal(photo, at).await?;
        }
        Ok(done.rows_affected() > 0)
    }

    async fn photo(
        &mut self,
        deployment: DeploymentId,
        entry: EntryId,
        photo: Option<PhotoId>,
    ) -> Result<Option<Jpeg>> {
        let sql = "select id, photo from photos where entry in (select id from entries where deployment = ? and id = ?) and id = coalesce(?, id) order by quality desc, id limit 1";
        let row = sqlx::query(sql)
            .bind(deployment.to_string())
            .bind(entry.to_string())
            .bind(photo.map(|id| id.to_string()))
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| {
            let part = Part::Photo(entry, parsed(&row, "id")?);
            let mut jpeg = self.open(deployment, part, row.try_get("photo")?)?;
            Ok(Jpeg(std::mem::take(&mut *jpeg)))
        })
        .transpose()
    }

    async fn references(&mut self, deployment: &DeploymentRow) -> Result<Vec<Reference>> {
        let sql = "select id, entry, template from photos where entry in (select id from entries where deployment = ?) order by created_at, id";
        let rows = sqlx::query(sql)
            .bind(deployment.id.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        self.open_references(deployment, &rows)
    }

    async fn cleared_references(&mut self, deployment: &DeploymentRow) -> Result<Vec<Reference>> {
        let sql = "select id, entry, template from photos where entry in (
                       select id from entries where deployment = ?
                       and not exists (select 1 from clearances c where c.entry = entries.id and c.open = 1)
                   ) order by created_at, id";
        let rows = sqlx::query(sql)
            .bind(deployment.id.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        self.open_references(deployment, &rows)
    }

    async fn references_of(&mut self, deployment: &DeploymentRow, entry: EntryId) -> Result<Vec<Reference>> {
        let sql = "select id, entry, template from photos
                   where entry in (select id from entries where deployment = ? and id = ?) order by created_at, id";
        let rows = sqlx::query(sql)
            .bind(deployment.id.to_string())
            .bind(entry.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        self.open_references(deployment, &rows)
    }

    async fn portraits(
        &mut self,
        deployment: &DeploymentRow,
        entry: EntryId,
    ) -> Result<Vec<(PhotoRow, Template, Jpeg)>> {
        let sql = "select id, created_at, quality, template, photo from photos
                   where entry in (select id from entries where deployment = ? and id = ?) order by quality desc, id";
        let rows = sqlx::query(sql)
            .bind(deployment.id.to_string())
            .bind(entry.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter()
            .map(|row| {
                let kept = photo(row)?;
                let bytes = self.open(deployment.id, Part::Template(entry, kept.id), row.try_get("template")?)?;
                let template = Template::from_bytes(deployment.space.clone(), &bytes);
                let mut jpeg = self.open(deployment.id, Part::Photo(entry, kept.id), row.try_get("photo")?)?;
                Ok((
                    kept,
                    template.map_err(|_| StoreError::Corrupt)?,
                    Jpeg(std::mem::take(&mut *jpeg)),
                ))
            })
            .collect()
    }

    async fn photo_owners(&mut self, deployment: DeploymentId) -> Result<HashMap<PhotoId, EntryId>> {
        let sql = "select id, entry from photos where entry in (select id from entries where deployment = ?)";
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter()
            .map(|row| Ok((parsed(row, "id")?, parsed(row, "entry")?)))
            .collect()
    }

    async fn erase(&mut self, deployment: DeploymentId, at: Timestamp) -> Result<Erased> {
        let id = deployment.to_string();
        let probes = sqlx::query("delete from probes where alert in (select id from alerts where deployment = ?)")
            .bind(&id)
            .execute(&mut *self.connection)
            .await?;
        let photos = sqlx::query("delete from photos where entry in (select id from entries where deployment = ?)")
            .bind(&id)
            .execute(&mut *self.connection)
            .await?;
        self.erase_engagements(deployment).await?;
        sqlx::query("delete from zones where deployment = ?")
            .bind(&id)
            .execute(&mut *self.connection)
            .await?;
        sqlx::query("delete from signage where deployment = ?")
            .bind(&id)
            .execute(&mut *self.connection)
            .await?;
        sqlx::query("delete from clearances where entry in (select id from entries where deployment = ?)")
            .bind(&id)
            .execute(&mut *self.connection)
            .await?;
        let entries = sqlx::query("delete from entries where deployment = ?")
            .bind(&id)
            .execute(&mut *self.connection)
            .await?;
        self.forget_numbers(deployment).await?;
        self.note_removal(deployment, None, at).await?;
        Ok(Erased {
            entries: entries.rows_affected(),
            photos: photos.rows_affected(),
            probes: probes.rows_affected(),
        })
    }
}
