use async_trait::async_trait;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::{AlertId, DeploymentId, DeviceId, EntryId, TrackId, UserId};
use zeroize::Zeroizing;

use super::SqliteTransaction;
use super::alerts::{alert, select_alerts};
use super::read::{count, from_word, parsed, text, time, to_word, word};
use crate::engagement::{
    CheckKind, Engagement, IdentityCheck, Interventions, LawfulBasis, Observation, Observed, ObservedAge,
    ObservedEthnicity, ObservedSex, ReceiptRow, Sight, Sighting, Texts,
};
use crate::row::AlertRow;
use crate::vault::Part;
use crate::{Engagements, Result, StoreError};

pub(super) fn sight(row: &SqliteRow) -> Result<Option<Sight>> {
    if row.try_get::<Option<&str>, _>("sight")?.is_none() {
        return Ok(None);
    }
    Ok(Some(Sight {
        verdict: word(row, "sight")?,
        by: parsed(row, "sighted_by")?,
        by_name: text(row, "sighter")?,
        at: time(row, "sighted_at")?,
    }))
}

pub(super) fn engagement(
    tx: &SqliteTransaction,
    deployment: DeploymentId,
    row: &SqliteRow,
) -> Result<Option<Engagement>> {
    let Some(outcome) = row.try_get::<Option<&str>, _>("outcome")? else {
        return Ok(None);
    };
    let texts = match row.try_get::<Option<&[u8]>, _>("texts")? {
        Some(sealed) => {
            let plain = tx.open(deployment, Part::Engagement(parsed(row, "id")?), sealed)?;
            serde_json::from_slice(&plain).map_err(|_| StoreError::Corrupt)?
        }
        None => Texts::default(),
    };
    Ok(Some(Engagement {
        by: parsed(row, "recorded_by")?,
        by_name: text(row, "recorder")?,
        at: time(row, "recorded_at")?,
        outcome: serde_json::from_str(outcome).map_err(|_| StoreError::Corrupt)?,
        observed: row.try_get("observed")?,
        texts,
    }))
}

/// A column that holds a JSON array.
fn array<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> Result<Vec<T>> {
    serde_json::from_str(row.try_get(column)?).map_err(|_| StoreError::Corrupt)
}

fn moment(milliseconds: i64) -> Result<Timestamp> {
    Timestamp::from_millisecond(milliseconds).map_err(|_| StoreError::Corrupt)
}

pub(super) fn receipts(row: &SqliteRow) -> Result<Vec<ReceiptRow>> {
    #[derive(Deserialize)]
    struct Column {
        device: String,
        device_name: Option<String>,
        user: UserId,
        user_name: String,
        received_at: i64,
        opened_at: Option<i64>,
    }
    let receipt = |column: Column| {
        let device = (!column.device.is_empty()).then(|| column.device.parse());
        Ok(ReceiptRow {
            device: device.transpose().map_err(|_| StoreError::Corrupt)?,
            device_name: column.device_name,
            user: column.user,
            user_name: column.user_name,
            received_at: moment(column.received_at)?,
            opened_at: column.opened_at.map(moment).transpose()?,
        })
    };
    array(row, "receipts")?.into_iter().map(receipt).collect()
}

pub(super) fn identity_checks(row: &SqliteRow) -> Result<Vec<IdentityCheck>> {
    #[derive(Deserialize)]
    struct Column {
        kind: CheckKind,
        lawful_basis: LawfulBasis,
        at: i64,
        by: UserId,
        by_name: String,
    }
    let check = |column: Column| {
        Ok(IdentityCheck {
            kind: column.kind,
            lawful_basis: column.lawful_basis,
            at: moment(column.at)?,
            by: column.by,
            by_name: column.by_name,
        })
    };
    array(row, "identity_checks")?.into_iter().map(check).collect()
}

/// With its alert's entry.
fn sighting(row: &SqliteRow) -> Result<Sighting> {
    Ok(Sighting {
        alert: parsed(row, "alert")?,
        entry: parsed(row, "entry")?,
        device: parsed(row, "device")?,
        track: parsed(row, "track")?,
        seen_at: time(row, "seen_at")?,
        band: word(row, "band")?,
    })
}

impl SqliteTransaction {
    pub(super) async fn save_engagement(
        &mut self,
        deployment: DeploymentId,
        alert: AlertId,
        engagement: &Engagement,
    ) -> Result<()> {
        let unwritten = |_| StoreError::Other("an engagement that can't be written".into());
        let texts = match &engagement.texts {
            none if none.is_empty() => None,
            texts => {
                let plain = Zeroizing::new(serde_json::to_vec(texts).map_err(unwritten)?);
                Some(self.seal(deployment, Part::Engagement(alert), &plain)?)
            }
        };
        let sql = "insert into engagements (alert, recorded_by, recorded_at, outcome, observed, texts)
                   values (?, ?, ?, ?, ?, ?)
                   on conflict (alert) do update set recorded_by = excluded.recorded_by,
                   recorded_at = excluded.recorded_at, outcome = excluded.outcome, observed = excluded.observed,
                   texts = excluded.texts";
        sqlx::query(sql)
            .bind(alert.to_string())
            .bind(engagement.by.to_string())
            .bind(engagement.at.as_millisecond())
            .bind(serde_json::to_string(&engagement.outcome).map_err(unwritten)?)
            .bind(engagement.observed)
            .bind(texts)
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// What says more of an alert than is counted.
    pub(super) async fn erase_engagements(&mut self, deployment: DeploymentId) -> Result<()> {
        for sql in [
            "delete from sightings where deployment = ?",
            "delete from receipts where alert in (select id from alerts where deployment = ?)",
            "update engagements set texts = null where alert in (select id from alerts where deployment = ?)",
        ] {
            sqlx::query(sql)
                .bind(deployment.to_string())
                .execute(&mut *self.connection)
                .await?;
        }
        Ok(())
    }
}

#[async_trait]
impl Engagements for SqliteTransaction {
    async fn alerts_of_entry(
        &mut self,
        deployment: DeploymentId,
        entry: EntryId,
        since: Timestamp,
    ) -> Result<Vec<AlertRow>> {
        let sql = select_alerts!(
            "where a.deployment = ? and a.entry = ? and a.last_seen_at >= ? order by a.last_seen_at desc, a.id desc"
        );
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .bind(entry.to_string())
            .bind(since.as_millisecond())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(|row| alert(self, row)).collect()
    }

    async fn open_alerts(&mut self, before: Timestamp) -> Result<Vec<AlertRow>> {
        let sql = select_alerts!(
            "where a.verdict is null and a.lapsed_at is null and a.withdrawn_at is null and a.raised_at <= ? order by a.raised_at, a.id"
        );
        let rows = sqlx::query(sql)
            .bind(before.as_millisecond())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter()
            .map(|row| alert(self, row))
            .filter(|row| !matches!(row, Err(StoreError::KeyGone)))
            .collect()
    }

    async fn open_alerts_of(&mut self, deployment: DeploymentId) -> Result<Vec<AlertRow>> {
        let sql = select_alerts!(
            "where a.deployment = ? and a.verdict is null and a.lapsed_at is null and a.withdrawn_at is null order by a.raised_at, a.id"
        );
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(|row| alert(self, row)).collect()
    }

    async fn add_sighting(&mut self, sighting: &Sighting) -> Result<bool> {
        let sql = "insert into sightings (deployment, device, track, alert, seen_at, band)
                   values ((select deployment from alerts where id = ?1), ?2, ?3, ?1, ?4, ?5) on conflict do nothing";
        let done = sqlx::query(sql)
            .bind(sighting.alert.to_string())
            .bind(sighting.device.to_string())
            .bind(sighting.track.to_string())
            .bind(sighting.seen_at.as_millisecond())
            .bind(to_word(sighting.band)?)
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn sightings_of_track(
        &mut self,
        deployment: DeploymentId,
        device: DeviceId,
        track: TrackId,
    ) -> Result<Vec<Sighting>> {
        let sql = "select s.*, a.entry from sightings s join alerts a on a.id = s.alert
                   where s.deployment = ? and s.device = ? and s.track = ? order by s.seen_at, s.alert";
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .bind(device.to_string())
            .bind(track.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(sighting).collect()
    }

    async fn last_sighting(&mut self, alert: AlertId) -> Result<Option<(Sighting, String)>> {
        let sql = "select s.*, a.entry, d.name as device_name from sightings s join alerts a on a.id = s.alert
                   join devices d on d.id = s.device where s.alert = ? order by s.seen_at desc, s.track desc limit 1";
        let row = sqlx::query(sql)
            .bind(alert.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| Ok((sighting(&row)?, text(&row, "device_name")?)))
            .transpose()
    }

    async fn remove_sightings(&mut self, deployment: DeploymentId, device: DeviceId, track: TrackId) -> Result<()> {
        sqlx::query("delete from sightings where deployment = ? and device = ? and track = ?")
            .bind(deployment.to_string())
            .bind(device.to_string())
            .bind(track.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn save_receipt(&mut self, alert: AlertId, receipt: &ReceiptRow) -> Result<()> {
        let sql = "insert into receipts (alert, user, device, received_at, opened_at) values (?, ?, ?, ?, ?)
                   on conflict (alert, user, device) do update set received_at = excluded.received_at,
                   opened_at = excluded.opened_at";
        sqlx::query(sql)
            .bind(alert.to_string())
            .bind(receipt.user.to_string())
            .bind(receipt.device.map(|device| device.to_string()).unwrap_or_default())
            .bind(receipt.received_at.as_millisecond())
            .bind(receipt.opened_at.map(Timestamp::as_millisecond))
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn add_identity_check(&mut self, alert: AlertId, check: &IdentityCheck) -> Result<bool> {
        let sql = "insert into identity_checks (alert, kind, at, lawful_basis, checked_by) values (?, ?, ?, ?, ?)
                   on conflict do nothing";
        let done = sqlx::query(sql)
            .bind(alert.to_string())
            .bind(to_word(check.kind)?)
            .bind(check.at.as_millisecond())
            .bind(to_word(check.lawful_basis)?)
            .bind(check.by.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn count_observation(&mut self, deployment: DeploymentId, observation: Observation) -> Result<()> {
        let aspects = [
            ("sex", to_word(observation.sex)?),
            ("age_band", to_word(observation.age_band)?),
            ("ethnicity", to_word(observation.ethnicity)?),
        ];
        for (aspect, value) in aspects {
            let sql = "insert into observations (deployment, aspect, value, people) values (?, ?, ?, 1)
                       on conflict do update set people = people + 1";
            sqlx::query(sql)
                .bind(deployment.to_string())
                .bind(aspect)
                .bind(value)
                .execute(&mut *self.connection)
                .await?;
        }
        Ok(())
    }

    async fn observed(&mut self, deployment: DeploymentId) -> Result<Observed> {
        let rows = sqlx::query("select aspect, value, people from observations where deployment = ?")
            .bind(deployment.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        let mut counted = Vec::new();
        for row in &rows {
            let (aspect, value): (&str, &str) = (row.try_get("aspect")?, row.try_get("value")?);
            counted.push((aspect, value, number(row, "people")?));
        }
        fn of<T: DeserializeOwned + PartialEq + Copy>(
            counted: &[(&str, &str, u32)],
            aspect: &str,
            all: &[T],
        ) -> Result<Vec<(T, u32)>> {
            let mut people: Vec<_> = all.iter().map(|value| (*value, 0)).collect();
            for (_, word, count) in counted.iter().filter(|(of, ..)| *of == aspect) {
                let value: T = from_word(word)?;
                let cell = people.iter_mut().find(|(known, _)| *known == value);
                cell.ok_or(StoreError::Corrupt)?.1 = *count;
            }
            Ok(people)
        }
        let sex = of(&counted, "sex", &ObservedSex::ALL)?;
        Ok(Observed {
            total: sex.iter().map(|(_, people)| people).sum(),
            sex,
            age_band: of(&counted, "age_band", &ObservedAge::ALL)?,
            ethnicity: of(&counted, "ethnicity", &ObservedEthnicity::ALL)?,
        })
    }

    async fn interventions(&mut self, deployment: DeploymentId) -> Result<Interventions> {
        let sql = "select coalesce(sum(kind = 'engaged_true'), 0) as right, coalesce(sum(kind = 'engaged_false'), 0) as wrong,
                   coalesce(sum(kind = 'lost'), 0) as lost, coalesce(sum(kind = 'not_engaged'), 0) as not_engaged,
                   coalesce(sum(disposal = 'arrest'), 0) as arrests,
                   coalesce(sum(disposal = 'other_action'), 0) as other_action,
                   coalesce(sum(disposal = 'no_further_action'), 0) as no_further_action,
                   coalesce(sum(force), 0) as force_used, coalesce(sum(complaint), 0) as complaints
                   from (select json_extract(outcome, '$.kind') as kind,
                         json_extract(outcome, '$.contact.disposal') as disposal,
                         json_extract(outcome, '$.contact.force_used') as force,
                         json_extract(outcome, '$.contact.complaint') as complaint
                         from engagements where alert in (select id from alerts where deployment = ?))";
        let row = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_one(&mut *self.connection)
            .await?;
        Ok(Interventions {
            right: number(&row, "right")?,
            wrong: number(&row, "wrong")?,
            lost: number(&row, "lost")?,
            not_engaged: number(&row, "not_engaged")?,
            arrests: number(&row, "arrests")?,
            other_action: number(&row, "other_action")?,
            no_further_action: number(&row, "no_further_action")?,
            force_used: number(&row, "force_used")?,
            complaints: number(&row, "complaints")?,
        })
    }
}

fn number(row: &SqliteRow, column: &str) -> Result<u32> {
    Ok(u32::try_from(count(row, column)?).unwrap_or(u32::MAX))
}
