use async_trait::async_trait;
use jiff::SignedDuration;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::{AlertId, DeploymentId, DeviceId, TrackId, UserId};

use super::SqliteTransaction;
use super::read::{count, parsed, text, time, to_word, word};
use crate::row::{AlertRow, AlertState, Jpeg, NewAlert, Verdicts};
use crate::vault::Part;
use crate::{Alerts, Result, StoreError};

/// The condition follows.
macro_rules! select_alerts {
    ($rest:literal) => {
        concat!(
            "select a.*, e.name as entry_name, d.name as device_name, u.name as decider,
             exists (select 1 from probes p where p.alert = a.id) as has_probe,
             (select group_concat(c.other) from contradictions c where c.alert = a.id) as contradicts
             from alerts a join devices d on d.id = a.device
             left join entries e on e.id = a.entry left join users u on u.id = a.decided_by ",
            $rest
        )
    };
}

fn alert(tx: &SqliteTransaction, row: &SqliteRow) -> Result<AlertRow> {
    let state = match row.try_get::<Option<&str>, _>("verdict")? {
        None => AlertState::Open,
        Some(_) => AlertState::Adjudicated {
            verdict: word(row, "verdict")?,
            by: parsed::<UserId>(row, "decided_by")?,
            by_name: text(row, "decider")?,
            at: time(row, "decided_at")?,
        },
    };
    let version: i64 = row.try_get("version")?;
    let contradicts = row.try_get::<Option<&str>, _>("contradicts")?.unwrap_or_default();
    let others = contradicts.split(',').filter(|id| !id.is_empty());
    let (deployment, entry) = (parsed(row, "deployment")?, parsed(row, "entry")?);
    let name: Option<&[u8]> = row.try_get("entry_name")?;
    Ok(AlertRow {
        id: parsed(row, "id")?,
        deployment,
        entry,
        entry_name: name.map(|name| tx.open_name(deployment, entry, name)).transpose()?,
        device: parsed(row, "device")?,
        device_name: text(row, "device_name")?,
        track: parsed(row, "track")?,
        raised_at: time(row, "raised_at")?,
        band: word(row, "band")?,
        has_probe: row.try_get("has_probe")?,
        contradicts: others
            .map(|id| id.parse().map_err(|_| StoreError::Corrupt))
            .collect::<Result<_>>()?,
        state,
        version: u32::try_from(version).map_err(|_| StoreError::Corrupt)?,
    })
}

#[async_trait]
impl Alerts for SqliteTransaction {
    async fn raise_alert(&mut self, alert: &NewAlert) -> Result<bool> {
        let sql = "insert into alerts (id, deployment, entry, device, track, raised_at, band, version)
                   values (?, ?, ?, ?, ?, ?, ?, 1) on conflict (deployment, device, track, entry) do nothing";
        let done = sqlx::query(sql)
            .bind(alert.id.to_string())
            .bind(alert.deployment.to_string())
            .bind(alert.entry.to_string())
            .bind(alert.device.to_string())
            .bind(alert.track.to_string())
            .bind(alert.raised_at.as_millisecond())
            .bind(to_word(alert.band)?)
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn alert(&mut self, id: AlertId) -> Result<Option<AlertRow>> {
        let row = sqlx::query(select_alerts!("where a.id = ?"))
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| alert(self, &row)).transpose()
    }

    async fn deployment_of_alert(&mut self, id: AlertId) -> Result<Option<DeploymentId>> {
        let row = sqlx::query("select deployment from alerts where id = ?")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(|row| parsed(row, "deployment")).transpose()
    }

    async fn alerts(&mut self, deployment: DeploymentId) -> Result<Vec<AlertRow>> {
        let rows = sqlx::query(select_alerts!(
            "where a.deployment = ? order by a.raised_at desc, a.id desc"
        ))
        .bind(deployment.to_string())
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(|row| alert(self, row)).collect()
    }

    async fn alerts_of_track(
        &mut self,
        deployment: DeploymentId,
        device: DeviceId,
        track: TrackId,
    ) -> Result<Vec<AlertRow>> {
        let sql = select_alerts!("where a.deployment = ? and a.device = ? and a.track = ? order by a.raised_at, a.id");
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .bind(device.to_string())
            .bind(track.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(|row| alert(self, row)).collect()
    }

    async fn verdicts(&mut self, deployment: DeploymentId) -> Result<Verdicts> {
        let sql = "select coalesce(sum(verdict = 'true'), 0) as right, coalesce(sum(verdict = 'false'), 0) as wrong,
                   coalesce(sum(verdict = 'inconclusive'), 0) as inconclusive from alerts where deployment = ?";
        let row = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_one(&mut *self.connection)
            .await?;
        let number = |column| Ok::<_, StoreError>(u32::try_from(count(&row, column)?).unwrap_or(u32::MAX));
        Ok(Verdicts {
            right: number("right")?,
            wrong: number("wrong")?,
            inconclusive: number("inconclusive")?,
        })
    }

    async fn save_alert(&mut self, alert: &AlertRow) -> Result<()> {
        let (verdict, by, at) = match &alert.state {
            AlertState::Open => (None, None, None),
            AlertState::Adjudicated { verdict, by, at, .. } => (
                Some(to_word(*verdict)?),
                Some(by.to_string()),
                Some(at.as_millisecond()),
            ),
        };
        sqlx::query("update alerts set verdict = ?, decided_by = ?, decided_at = ?, version = ? where id = ?")
            .bind(verdict)
            .bind(by)
            .bind(at)
            .bind(i64::from(alert.version))
            .bind(alert.id.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn add_contradiction(&mut self, alert: AlertId, other: AlertId) -> Result<()> {
        let sql = "insert into contradictions (alert, other) values (?1, ?2), (?2, ?1) on conflict do nothing";
        sqlx::query(sql)
            .bind(alert.to_string())
            .bind(other.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn add_probe(&mut self, deployment: DeploymentId, alert: AlertId, jpeg: &Jpeg) -> Result<()> {
        let jpeg = self.seal(deployment, Part::Probe(alert), &jpeg.0)?;
        sqlx::query("insert into probes (alert, jpeg) values (?, ?)")
            .bind(alert.to_string())
            .bind(jpeg)
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn probe(&mut self, deployment: DeploymentId, alert: AlertId) -> Result<Option<Jpeg>> {
        let row = sqlx::query("select jpeg from probes where alert = ?")
            .bind(alert.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| {
            let mut jpeg = self.open(deployment, Part::Probe(alert), row.try_get("jpeg")?)?;
            Ok(Jpeg(std::mem::take(&mut *jpeg)))
        })
        .transpose()
    }

    async fn remove_probe(&mut self, alert: AlertId) -> Result<bool> {
        let done = sqlx::query("delete from probes where alert = ?")
            .bind(alert.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn waits(&mut self, deployment: DeploymentId) -> Result<Vec<SignedDuration>> {
        let sql = "select decided_at - raised_at as waited from alerts where deployment = ? and decided_at is not null";
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter()
            .map(|row| Ok(SignedDuration::from_millis(row.try_get("waited")?)))
            .collect()
    }
}
