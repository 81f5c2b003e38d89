use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::{AlertId, ComplaintId, DeploymentId, EntryId, HoldId};
use zeroize::Zeroizing;

use super::SqliteTransaction;
use super::read::{count, parsed, text, time, time_if_any, to_word, word};
use crate::rights::{ComplaintRow, ComplaintState, HeldPicture, HoldRow, HoldState, Organisation};
use crate::row::Jpeg;
use crate::vault::{KeyOwner, Part, Place};
use crate::{Alerts as _, Entries as _, KeyId, Result, Rights, StoreError};

/// The condition follows.
macro_rules! select_holds {
    ($rest:literal) => {
        concat!(
            "select h.*, u.name as placer, r.name as releaser,
             exists (select 1 from held_pictures p where p.hold = h.id and p.kind = 'probe') as has_probe,
             exists (select 1 from held_pictures p where p.hold = h.id and p.kind = 'reference') as has_reference
             from holds h join users u on u.id = h.placed_by left join users r on r.id = h.released_by ",
            $rest
        )
    };
}

/// The condition follows.
macro_rules! select_complaints {
    ($rest:literal) => {
        concat!(
            "select c.*, u.name as recorder, k.name as closer
             from complaints c join users u on u.id = c.recorded_by left join users k on k.id = c.closed_by ",
            $rest
        )
    };
}

fn optional<T: std::str::FromStr>(row: &SqliteRow, column: &str) -> Result<Option<T>> {
    let given = row.try_get::<Option<&str>, _>(column)?.is_some();
    given.then(|| parsed(row, column)).transpose()
}

fn milliseconds(lasts: SignedDuration) -> Result<i64> {
    i64::try_from(lasts.as_millis()).map_err(|_| StoreError::Other("a hold without end".into()))
}

impl SqliteTransaction {
    fn open_words<T: DeserializeOwned>(
        &self,
        owner: KeyOwner,
        deployment: DeploymentId,
        part: Part,
        sealed: Option<&[u8]>,
    ) -> Result<Option<T>> {
        // What is over has nothing sealed. A key that is missing otherwise is no deletion: who saved the row without its words
        // would make it one.
        let Some(sealed) = sealed else { return Ok(None) };
        let plain = self.open_under(owner, Place { deployment, part }, sealed)?;
        serde_json::from_slice(&plain)
            .map(Some)
            .map_err(|_| StoreError::Corrupt)
    }

    fn seal_words<T: Serialize>(
        &self,
        owner: KeyOwner,
        deployment: DeploymentId,
        part: Part,
        words: Option<&T>,
    ) -> Result<Option<Vec<u8>>> {
        let Some(words) = words else {
            return Ok(None);
        };
        let plain = serde_json::to_vec(words).map_err(|_| StoreError::Other("words that can't be written".into()))?;
        let plain = Zeroizing::new(plain);
        self.seal_under(owner, Place { deployment, part }, &plain).map(Some)
    }

    async fn hold_picture(&mut self, hold: &HoldRow, which: HeldPicture, picture: Option<Jpeg>) -> Result<bool> {
        let Some(picture) = picture else {
            return Ok(false);
        };
        let place = Place {
            deployment: hold.deployment,
            part: Part::HeldPicture(hold.id, which),
        };
        let jpeg = self.seal_under(hold.id.into(), place, &picture.0)?;
        sqlx::query("insert into held_pictures (hold, kind, jpeg) values (?, ?, ?)")
            .bind(hold.id.to_string())
            .bind(to_word(which)?)
            .bind(jpeg)
            .execute(&mut *self.connection)
            .await?;
        Ok(true)
    }
}

fn hold(tx: &SqliteTransaction, row: &SqliteRow) -> Result<HoldRow> {
    let bare = bare_hold(row)?;
    let part = Part::HoldNote(bare.id);
    Ok(HoldRow {
        note: tx.open_words(bare.id.into(), bare.deployment, part, row.try_get("note")?)?,
        ..bare
    })
}

/// Without its note.
fn bare_hold(row: &SqliteRow) -> Result<HoldRow> {
    let state = match (time_if_any(row, "over_at")?, optional(row, "released_by")?) {
        (None, _) => HoldState::Held {
            until: time(row, "until")?,
        },
        (Some(at), Some(by)) => HoldState::Released {
            at,
            by,
            by_name: text(row, "releaser")?,
        },
        (Some(at), None) => HoldState::Expired { at },
    };
    let after_end: Option<i64> = row.try_get("after_end")?;
    Ok(HoldRow {
        id: parsed(row, "id")?,
        alert: parsed(row, "alert")?,
        deployment: parsed(row, "deployment")?,
        complaint: optional(row, "complaint")?,
        freezes: row.try_get("freezes")?,
        after_end: after_end.map(SignedDuration::from_millis),
        by: parsed(row, "placed_by")?,
        by_name: text(row, "placer")?,
        placed_at: time(row, "placed_at")?,
        state,
        note: None,
        has_probe: row.try_get("has_probe")?,
        has_reference: row.try_get("has_reference")?,
    })
}

fn complaint(tx: &SqliteTransaction, row: &SqliteRow) -> Result<ComplaintRow> {
    let bare = bare_complaint(row)?;
    let part = Part::Complaint(bare.id);
    Ok(ComplaintRow {
        words: tx.open_words(bare.id.into(), bare.deployment, part, row.try_get("words")?)?,
        ..bare
    })
}

/// Without its words.
fn bare_complaint(row: &SqliteRow) -> Result<ComplaintRow> {
    let state = match time_if_any(row, "closed_at")? {
        None => ComplaintState::Open,
        Some(at) => ComplaintState::Closed {
            at,
            by: parsed(row, "closed_by")?,
            by_name: text(row, "closer")?,
            outcome: word(row, "outcome")?,
        },
    };
    Ok(ComplaintRow {
        id: parsed(row, "id")?,
        deployment: parsed(row, "deployment")?,
        alert: optional(row, "alert")?,
        received_at: time(row, "received_at")?,
        recorded_by: parsed(row, "recorded_by")?,
        recorded_by_name: text(row, "recorder")?,
        recorded_at: time(row, "recorded_at")?,
        state,
        words: None,
    })
}

#[async_trait]
impl Rights for SqliteTransaction {
    async fn organisation(&mut self) -> Result<Option<Organisation>> {
        let row = sqlx::query("select settings from organisation")
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| serde_json::from_str(row.try_get("settings")?).map_err(|_| StoreError::Corrupt))
            .transpose()
    }

    async fn set_organisation(&mut self, organisation: &Organisation) -> Result<()> {
        let sql = "insert into organisation (id, settings) values (1, ?)
                   on conflict (id) do update set settings = excluded.settings";
        sqlx::query(sql)
            .bind(serde_json::to_string(organisation).map_err(|_| StoreError::Corrupt)?)
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn add_hold(&mut self, hold: &HoldRow, entry: EntryId) -> Result<HoldRow> {
        let HoldState::Held { until } = hold.state else {
            return Err(StoreError::Other("a hold that is over before it began".into()));
        };
        let probe = self.probe(hold.deployment, hold.alert).await?;
        let reference = self.photo(hold.deployment, entry, None).await?;
        let key = self.vault()?.make(hold.id)?;
        let note = self.seal_words(
            hold.id.into(),
            hold.deployment,
            Part::HoldNote(hold.id),
            hold.note.as_ref(),
        )?;
        let sql = "insert into holds (id, alert, deployment, complaint, placed_by, placed_at, until, note, key_id,
                   freezes, after_end) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let after_end = hold.after_end.map(milliseconds).transpose()?;
        sqlx::query(sql)
            .bind(hold.id.to_string())
            .bind(hold.alert.to_string())
            .bind(hold.deployment.to_string())
            .bind(hold.complaint.map(|id| id.to_string()))
            .bind(hold.by.to_string())
            .bind(hold.placed_at.as_millisecond())
            .bind(until.as_millisecond())
            .bind(note)
            .bind(key.to_string())
            .bind(hold.freezes)
            .bind(after_end)
            .execute(&mut *self.connection)
            .await?;
        Ok(HoldRow {
            has_probe: self.hold_picture(hold, HeldPicture::Probe, probe).await?,
            has_reference: self.hold_picture(hold, HeldPicture::Reference, reference).await?,
            ..hold.clone()
        })
    }

    async fn hold(&mut self, id: HoldId) -> Result<Option<HoldRow>> {
        let row = sqlx::query(select_holds!("where h.id = ?"))
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| hold(self, &row)).transpose()
    }

    async fn holds(&mut self) -> Result<Vec<HoldRow>> {
        let rows = sqlx::query(select_holds!("order by h.placed_at desc, h.id desc"))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(|row| hold(self, row)).collect()
    }

    async fn holds_of_complaint(&mut self, complaint: ComplaintId) -> Result<Vec<HoldRow>> {
        let rows = sqlx::query(select_holds!(
            "where h.complaint = ? order by h.placed_at desc, h.id desc"
        ))
        .bind(complaint.to_string())
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(bare_hold).collect()
    }

    async fn hold_ids(&mut self) -> Result<HashMap<ComplaintId, HoldId>> {
        let sql = "select complaint, id from holds where complaint is not null order by placed_at, id";
        let rows = sqlx::query(sql).fetch_all(&mut *self.connection).await?;
        rows.iter()
            .map(|row| Ok((parsed(row, "complaint")?, parsed(row, "id")?)))
            .collect()
    }

    async fn held_alerts(&mut self, deployment: DeploymentId) -> Result<HashSet<AlertId>> {
        let sql = "select distinct alert from holds where deployment = ? and over_at is null";
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(|row| parsed(row, "alert")).collect()
    }

    async fn shorten_holds(&mut self, deployment: DeploymentId, ended_at: Timestamp) -> Result<u64> {
        let sql = "update holds set until = min(until, ? + after_end)
                   where deployment = ? and over_at is null and after_end is not null";
        sqlx::query(sql)
            .bind(ended_at.as_millisecond())
            .bind(deployment.to_string())
            .execute(&mut *self.connection)
            .await?;
        let row = sqlx::query("select count(*) as n from holds where deployment = ? and over_at is null")
            .bind(deployment.to_string())
            .fetch_one(&mut *self.connection)
            .await?;
        count(&row, "n")
    }

    async fn save_hold(&mut self, hold: &HoldRow) -> Result<()> {
        let (until, over_at, released_by) = match &hold.state {
            HoldState::Held { until } => (Some(*until), None, None),
            HoldState::Released { at, by, .. } => (None, Some(*at), Some(by.to_string())),
            HoldState::Expired { at } => (None, Some(*at), None),
        };
        let note = match over_at {
            None => self.seal_words(
                hold.id.into(),
                hold.deployment,
                Part::HoldNote(hold.id),
                hold.note.as_ref(),
            )?,
            Some(_) => None,
        };
        let sql = "update holds set until = coalesce(?, until), over_at = ?, released_by = ?, note = ?, placed_by = ?,
                   freezes = ?, after_end = ? where id = ?";
        let after_end = hold.after_end.map(milliseconds).transpose()?;
        sqlx::query(sql)
            .bind(until.map(Timestamp::as_millisecond))
            .bind(over_at.map(Timestamp::as_millisecond))
            .bind(released_by)
            .bind(note)
            .bind(hold.by.to_string())
            .bind(hold.freezes)
            .bind(after_end)
            .bind(hold.id.to_string())
            .execute(&mut *self.connection)
            .await?;
        if over_at.is_some() {
            sqlx::query("delete from held_pictures where hold = ?")
                .bind(hold.id.to_string())
                .execute(&mut *self.connection)
                .await?;
        }
        Ok(())
    }

    async fn held_picture(&mut self, hold: &HoldRow, which: HeldPicture) -> Result<Option<Jpeg>> {
        let row = sqlx::query("select jpeg from held_pictures where hold = ? and kind = ?")
            .bind(hold.id.to_string())
            .bind(to_word(which)?)
            .fetch_optional(&mut *self.connection)
            .await?;
        let place = Place {
            deployment: hold.deployment,
            part: Part::HeldPicture(hold.id, which),
        };
        row.map(|row| {
            let mut jpeg = self.open_under(hold.id.into(), place, row.try_get("jpeg")?)?;
            Ok(Jpeg(std::mem::take(&mut *jpeg)))
        })
        .transpose()
    }

    async fn holds_due(&mut self, now: Timestamp) -> Result<Vec<HoldRow>> {
        let rows = sqlx::query(select_holds!(
            "where h.over_at is null and h.until <= ?
             and not exists (select 1 from complaints c where c.id = h.complaint and c.closed_at is null) order by h.id"
        ))
        .bind(now.as_millisecond())
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(bare_hold).collect()
    }

    async fn add_complaint(&mut self, complaint: &ComplaintRow) -> Result<()> {
        let key = self.vault()?.make(complaint.id)?;
        let (id, words) = (complaint.id, complaint.words.as_ref());
        let words = self.seal_words(id.into(), complaint.deployment, Part::Complaint(id), words)?;
        let sql = "insert into complaints (id, deployment, alert, received_at, recorded_by, recorded_at, words, key_id)
                   values (?, ?, ?, ?, ?, ?, ?, ?)";
        sqlx::query(sql)
            .bind(id.to_string())
            .bind(complaint.deployment.to_string())
            .bind(complaint.alert.map(|id| id.to_string()))
            .bind(complaint.received_at.as_millisecond())
            .bind(complaint.recorded_by.to_string())
            .bind(complaint.recorded_at.as_millisecond())
            .bind(words)
            .bind(key.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn complaint(&mut self, id: ComplaintId) -> Result<Option<ComplaintRow>> {
        let row = sqlx::query(select_complaints!("where c.id = ?"))
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| complaint(self, &row)).transpose()
    }

    async fn complaints(&mut self) -> Result<Vec<ComplaintRow>> {
        let rows = sqlx::query(select_complaints!("order by c.received_at desc, c.id desc"))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(|row| complaint(self, row)).collect()
    }

    async fn count_complaints(&mut self, deployment: DeploymentId) -> Result<u64> {
        let row = sqlx::query("select count(*) as n from complaints where deployment = ?")
            .bind(deployment.to_string())
            .fetch_one(&mut *self.connection)
            .await?;
        count(&row, "n")
    }

    async fn is_complaint_open(&mut self, id: ComplaintId) -> Result<bool> {
        let row = sqlx::query("select 1 from complaints where id = ? and closed_at is null")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        Ok(row.is_some())
    }

    async fn unrecorded_complaints(&mut self, deployment: DeploymentId) -> Result<HashSet<AlertId>> {
        let sql = "select alert from engagements
                   where alert in (select id from alerts where deployment = ?)
                   and json_extract(outcome, '$.contact.complaint')
                   and not exists (select 1 from complaints c where c.alert = engagements.alert)";
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(|row| parsed(row, "alert")).collect()
    }

    async fn save_complaint(&mut self, complaint: &ComplaintRow) -> Result<()> {
        let (at, by, outcome) = match &complaint.state {
            ComplaintState::Open => (None, None, None),
            ComplaintState::Closed { at, by, outcome, .. } => (
                Some(at.as_millisecond()),
                Some(by.to_string()),
                Some(to_word(*outcome)?),
            ),
        };
        let (id, words) = (complaint.id, complaint.words.as_ref());
        let words = self.seal_words(id.into(), complaint.deployment, Part::Complaint(id), words)?;
        sqlx::query("update complaints set closed_at = ?, closed_by = ?, outcome = ?, words = ? where id = ?")
            .bind(at)
            .bind(by)
            .bind(outcome)
            .bind(words)
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn complaints_due(&mut self, closed: Timestamp) -> Result<Vec<ComplaintRow>> {
        let rows = sqlx::query(select_complaints!(
            "where c.words is not null and c.closed_at <= ? order by c.id"
        ))
        .bind(closed.as_millisecond())
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(bare_complaint).collect()
    }

    async fn spent_own_keys(&mut self) -> Result<Vec<(KeyOwner, KeyId)>> {
        let mut spent = Vec::new();
        let sql = "select id, key_id from holds where over_at is not null and key_destroyed_at is null order by id";
        for row in &sqlx::query(sql).fetch_all(&mut *self.connection).await? {
            spent.push((KeyOwner::Hold(parsed(row, "id")?), parsed(row, "key_id")?));
        }
        let sql = "select id, key_id from complaints where words is null and key_destroyed_at is null order by id";
        for row in &sqlx::query(sql).fetch_all(&mut *self.connection).await? {
            spent.push((KeyOwner::Complaint(parsed(row, "id")?), parsed(row, "key_id")?));
        }
        Ok(spent)
    }

    async fn set_own_key_destroyed(&mut self, owner: KeyOwner, at: Timestamp) -> Result<()> {
        let sql = match owner {
            KeyOwner::Deployment(_) => return Err(StoreError::Other("a deployment's key".into())),
            KeyOwner::Hold(_) => "update holds set key_destroyed_at = ? where id = ?",
            KeyOwner::Complaint(_) => "update complaints set key_destroyed_at = ? where id = ?",
        };
        sqlx::query(sql)
            .bind(at.as_millisecond())
            .bind(owner.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn pulse(&mut self) -> Result<Option<Timestamp>> {
        let row = sqlx::query("select at from pulse")
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| time(&row, "at")).transpose()
    }

    async fn set_pulse(&mut self, at: Timestamp) -> Result<()> {
        sqlx::query("insert into pulse (id, at) values (1, ?) on conflict (id) do update set at = excluded.at")
            .bind(at.as_millisecond())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
