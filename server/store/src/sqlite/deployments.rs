use async_trait::async_trait;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vedette_core::calibration::Target;
use vedette_core::id::{DeploymentId, DeviceId};
use vedette_core::template::{ModelId, PipelineVersion, TemplateSpace, TransformId};
use vedette_core::zone::Zone;
use zeroize::Zeroizing;

use super::SqliteTransaction;
use super::read::{count, parsed, text, time, time_if_any, to_integer, to_word, word};
use crate::pause::{PastPause, Pause, Reasons};
use crate::row::{Counters, DeploymentRow, DeploymentState, DeploymentSummary, Jpeg, KioskCounters};
use crate::vault::Part;
use crate::{Deployments, KeyId, Result, StoreError};

fn deployment(tx: &SqliteTransaction, row: &SqliteRow) -> Result<DeploymentRow> {
    let id = parsed(row, "id")?;
    let state = match row.try_get::<&str, _>("state")? {
        "draft" => DeploymentState::Draft,
        "live" => match row.try_get::<Option<&str>, _>("pause")? {
            None => DeploymentState::Live {
                started_at: time(row, "started_at")?,
            },
            Some(pause) => DeploymentState::Paused {
                started_at: time(row, "started_at")?,
                pause: pause_with_reason(tx, id, pause, row)?,
            },
        },
        "ended" => DeploymentState::Ended {
            ended_at: time(row, "ended_at")?,
            reason: word(row, "end_reason")?,
        },
        _ => return Err(StoreError::Corrupt),
    };
    let pipeline: i64 = row.try_get("pipeline")?;
    let dimensions: i64 = row.try_get("dimensions")?;
    let target: i64 = row.try_get("target_fpir_one_in")?;
    let target = u32::try_from(target).ok().and_then(|faces| Target::one_in(faces).ok());
    Ok(DeploymentRow {
        id,
        name: text(row, "name")?,
        place: text(row, "place")?,
        created_at: time(row, "created_at")?,
        ends_at: time(row, "ends_at")?,
        space: TemplateSpace {
            model: ModelId::new(text(row, "model")?).map_err(|_| StoreError::Corrupt)?,
            pipeline: PipelineVersion(u32::try_from(pipeline).map_err(|_| StoreError::Corrupt)?),
            dimensions: usize::try_from(dimensions).map_err(|_| StoreError::Corrupt)?,
            transform: row
                .try_get::<Option<&str>, _>("transform")?
                .map(|id| TransformId::new(id).map_err(|_| StoreError::Corrupt))
                .transpose()?,
        },
        target: target.ok_or(StoreError::Corrupt)?,
        state,
        record: row
            .try_get::<Option<&str>, _>("record")?
            .map(|text| serde_json::from_str(text).map_err(|_| StoreError::Corrupt))
            .transpose()?,
        pauses: pauses_with_reasons(tx, id, row)?,
    })
}

/// What was typed about a pause; nothing where it can't be opened: a deployment whose key is missing or whose row is damaged
/// must still be ended.
fn opened<T: DeserializeOwned>(
    tx: &SqliteTransaction,
    id: DeploymentId,
    part: Part,
    sealed: Option<&[u8]>,
) -> Option<T> {
    let json = tx.open(id, part, sealed?).ok()?;
    serde_json::from_slice(&json).ok()
}

fn pause_with_reason(tx: &SqliteTransaction, id: DeploymentId, json: &str, row: &SqliteRow) -> Result<Pause> {
    let mut pause: Pause = serde_json::from_str(json).map_err(|_| StoreError::Corrupt)?;
    let opened = opened(tx, id, Part::PauseReason, row.try_get("pause_reason")?);
    if let (Some(reason), Some(opened)) = (pause.reason_mut(), opened) {
        *reason = Some(opened);
    }
    Ok(pause)
}

fn pauses_with_reasons(tx: &SqliteTransaction, id: DeploymentId, row: &SqliteRow) -> Result<Vec<PastPause>> {
    let mut pauses: Vec<PastPause> = serde_json::from_str(row.try_get("pauses")?).map_err(|_| StoreError::Corrupt)?;
    let opened: Option<Vec<Reasons>> = opened(tx, id, Part::PauseReasons, row.try_get("pause_reasons")?);
    for (pause, reasons) in pauses.iter_mut().zip(opened.unwrap_or_default()) {
        pause.give_reasons(reasons);
    }
    Ok(pauses)
}

fn to_text<T: serde::Serialize>(value: Option<&T>) -> Result<Option<String>> {
    let text = value.map(serde_json::to_string).transpose();
    text.map_err(|_| StoreError::Other("a record that can't be written".into()))
}

fn summary(tx: &SqliteTransaction, row: &SqliteRow) -> Result<DeploymentSummary> {
    Ok(DeploymentSummary {
        deployment: deployment(tx, row)?,
        started_at: time_if_any(row, "started_at")?,
        entries: count(row, "entry_count")?,
        sought: count(row, "sought_count")?,
        photos: count(row, "photo_count")?,
        alerts: count(row, "alert_count")?,
        counters: Counters {
            candidates: count(row, "candidates")?,
            faces_seen: count(row, "faces_seen")?,
            not_assessable: count(row, "not_assessable")?,
            kiosk: KioskCounters {
                visits: count(row, "kiosk_visits")?,
                unclear: count(row, "kiosk_unclear")?,
                unproven: count(row, "kiosk_unproven")?,
                staffed: count(row, "kiosk_staffed")?,
            },
        },
    })
}

/// The condition follows.
macro_rules! select_summaries {
    ($rest:literal) => {
        concat!(
            "select d.*, (select count(*) from entries e where e.deployment = d.id) as entry_count,
             (select count(*) from entries e where e.deployment = d.id
                 and not exists (select 1 from clearances c where c.entry = e.id and c.open = 1)) as sought_count,
             (select count(*) from photos p join entries e on e.id = p.entry where e.deployment = d.id) as photo_count,
             (select count(*) from (select distinct device, track from alerts where deployment = d.id)) as alert_count
             from deployments d ",
            $rest
        )
    };
}

#[async_trait]
impl Deployments for SqliteTransaction {
    async fn add_deployment(&mut self, deployment: &DeploymentRow) -> Result<()> {
        let sql = "insert into deployments
                   (id, name, place, created_at, ends_at, model, pipeline, dimensions, target_fpir_one_in, record, state)
                   values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'draft')";
        sqlx::query(sql)
            .bind(deployment.id.to_string())
            .bind(deployment.name.clone())
            .bind(deployment.place.clone())
            .bind(deployment.created_at.as_millisecond())
            .bind(deployment.ends_at.as_millisecond())
            .bind(deployment.space.model.to_string())
            .bind(i64::from(deployment.space.pipeline.0))
            .bind(to_integer(deployment.space.dimensions as u64))
            .bind(i64::from(deployment.target.faces()))
            .bind(to_text(deployment.record.as_ref())?)
            .execute(&mut *self.connection)
            .await?;
        // Only now: an id that is taken keeps its key.
        self.give_key(deployment.id).await?;
        self.give_transform(deployment.id).await?;
        self.set_deployment_state(deployment.id, deployment.state.clone()).await
    }

    async fn spent_keys(&mut self) -> Result<Vec<(DeploymentId, KeyId)>> {
        let sql = "select id, key_id from deployments
                   where state = 'ended' and key_id is not null and key_destroyed_at is null order by id";
        let rows = sqlx::query(sql).fetch_all(&mut *self.connection).await?;
        rows.iter()
            .map(|row| Ok((parsed(row, "id")?, parsed(row, "key_id")?)))
            .collect()
    }

    async fn set_key_destroyed(&mut self, id: DeploymentId, at: Timestamp) -> Result<()> {
        sqlx::query("update deployments set key_destroyed_at = ? where id = ?")
            .bind(at.as_millisecond())
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn deployment(&mut self, id: DeploymentId) -> Result<Option<DeploymentRow>> {
        let row = sqlx::query("select * from deployments where id = ?")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| deployment(self, &row)).transpose()
    }

    async fn save_deployment(&mut self, deployment: &DeploymentRow) -> Result<()> {
        let sql =
            "update deployments set name = ?, place = ?, ends_at = ?, target_fpir_one_in = ?, record = ?, pauses = ?,
                   pause_reasons = coalesce(?, pause_reasons) where id = ?";
        let mut pauses = deployment.pauses.clone();
        let reasons: Vec<Reasons> = pauses.iter_mut().map(PastPause::take_reasons).collect();
        let typed = reasons.iter().any(|one| one.paused.is_some() || one.resumed.is_some());
        let ended = matches!(deployment.state, DeploymentState::Ended { .. });
        let sealed = match typed && !ended {
            true => Some(self.seal_json(deployment.id, Part::PauseReasons, &reasons)?),
            false => None,
        };
        sqlx::query(sql)
            .bind(deployment.name.clone())
            .bind(deployment.place.clone())
            .bind(deployment.ends_at.as_millisecond())
            .bind(i64::from(deployment.target.faces()))
            .bind(to_text(deployment.record.as_ref())?)
            .bind(to_text(Some(&pauses))?)
            .bind(sealed)
            .bind(deployment.id.to_string())
            .execute(&mut *self.connection)
            .await?;
        self.set_deployment_state(deployment.id, deployment.state.clone()).await
    }

    async fn set_signage(&mut self, id: DeploymentId, jpeg: &Jpeg) -> Result<()> {
        let jpeg = self.seal(id, Part::Signage, &jpeg.0)?;
        let sql = "insert into signage (deployment, jpeg) values (?, ?)
                   on conflict (deployment) do update set jpeg = excluded.jpeg";
        sqlx::query(sql)
            .bind(id.to_string())
            .bind(jpeg)
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn signage(&mut self, id: DeploymentId) -> Result<Option<Jpeg>> {
        let row = sqlx::query("select jpeg from signage where deployment = ?")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| {
            let mut jpeg = self.open(id, Part::Signage, row.try_get("jpeg")?)?;
            Ok(Jpeg(std::mem::take(&mut *jpeg)))
        })
        .transpose()
    }

    async fn oldest_entry(&mut self, id: DeploymentId) -> Result<Option<Timestamp>> {
        let row = sqlx::query("select min(created_at) as oldest from entries where deployment = ?")
            .bind(id.to_string())
            .fetch_one(&mut *self.connection)
            .await?;
        time_if_any(&row, "oldest")
    }

    async fn set_deployment_state(&mut self, id: DeploymentId, state: DeploymentState) -> Result<()> {
        // A deployment that ends keeps the time of its start.
        let (pause, pause_reason) = match &state {
            DeploymentState::Paused { pause, .. } => {
                let mut pause = pause.clone();
                let reason = pause.reason_mut().and_then(Option::take).map(Zeroizing::new);
                let sealed = reason.map(|reason| self.seal_json(id, Part::PauseReason, &*reason));
                (to_text(Some(&pause))?, sealed.transpose()?)
            }
            _ => (None, None),
        };
        // What was typed goes with the end.
        let forgets = matches!(state, DeploymentState::Ended { .. });
        let (name, started, ended, reason) = match state {
            DeploymentState::Draft => ("draft", None, None, None),
            DeploymentState::Live { started_at } | DeploymentState::Paused { started_at, .. } => {
                ("live", Some(started_at), None, None)
            }
            DeploymentState::Ended { ended_at, reason } => ("ended", None, Some(ended_at), Some(to_word(reason)?)),
        };
        let sql = "update deployments
                   set state = ?, started_at = coalesce(?, started_at), ended_at = ?, end_reason = ?, pause = ?, pause_reason = ?,
                   pause_reasons = case when ? then null else pause_reasons end
                   where id = ?";
        sqlx::query(sql)
            .bind(name)
            .bind(started.map(|t: Timestamp| t.as_millisecond()))
            .bind(ended.map(|t: Timestamp| t.as_millisecond()))
            .bind(reason)
            .bind(pause)
            .bind(pause_reason)
            .bind(forgets)
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn deployment_summaries(&mut self) -> Result<Vec<DeploymentSummary>> {
        let sql = select_summaries!("order by d.created_at desc, d.id desc");
        sqlx::query(sql)
            .fetch_all(&mut *self.connection)
            .await?
            .iter()
            .map(|row| summary(self, row))
            .collect()
    }

    async fn deployment_summary(&mut self, id: DeploymentId) -> Result<Option<DeploymentSummary>> {
        let sql = select_summaries!("where d.id = ?");
        let row = sqlx::query(sql)
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| summary(self, &row)).transpose()
    }

    async fn live_deployments(&mut self) -> Result<Vec<DeploymentRow>> {
        let sql = "select * from deployments where state = 'live' order by id";
        sqlx::query(sql)
            .fetch_all(&mut *self.connection)
            .await?
            .iter()
            .map(|row| deployment(self, row))
            .collect()
    }

    async fn planned_operations(&mut self) -> Result<Vec<DeploymentRow>> {
        let sql = "select * from deployments where state = 'draft' and record is not null order by id";
        let rows = sqlx::query(sql).fetch_all(&mut *self.connection).await?;
        rows.iter().map(|row| deployment(self, row)).collect()
    }

    async fn past_operations(&mut self) -> Result<Vec<DeploymentRow>> {
        let sql = "select * from deployments
                   where state in ('draft', 'ended') and started_at is not null and record is not null order by started_at";
        let rows = sqlx::query(sql).fetch_all(&mut *self.connection).await?;
        rows.iter().map(|row| deployment(self, row)).collect()
    }

    async fn deployments_due(&mut self, now: Timestamp) -> Result<Vec<DeploymentId>> {
        let sql = "select id from deployments where state <> 'ended' and ends_at <= ? order by ends_at";
        let rows = sqlx::query(sql)
            .bind(now.as_millisecond())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(|row| parsed(row, "id")).collect()
    }

    async fn add_counters(&mut self, id: DeploymentId, more: Counters) -> Result<()> {
        let sql = "update deployments set candidates = candidates + ?, faces_seen = faces_seen + ?,
                   not_assessable = not_assessable + ?, kiosk_visits = kiosk_visits + ?, kiosk_unclear = kiosk_unclear + ?,
                   kiosk_unproven = kiosk_unproven + ?, kiosk_staffed = kiosk_staffed + ? where id = ?";
        sqlx::query(sql)
            .bind(to_integer(more.candidates))
            .bind(to_integer(more.faces_seen))
            .bind(to_integer(more.not_assessable))
            .bind(to_integer(more.kiosk.visits))
            .bind(to_integer(more.kiosk.unclear))
            .bind(to_integer(more.kiosk.unproven))
            .bind(to_integer(more.kiosk.staffed))
            .bind(id.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn zone(&mut self, id: DeploymentId, device: DeviceId) -> Result<Option<Zone>> {
        let row = sqlx::query("select zone from zones where deployment = ? and device = ?")
            .bind(id.to_string())
            .bind(device.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        row.map(|row| serde_json::from_str(row.try_get("zone")?).map_err(|_| StoreError::Corrupt))
            .transpose()
    }

    async fn set_zone(&mut self, id: DeploymentId, device: DeviceId, zone: &Zone) -> Result<()> {
        let sql = "insert into zones (deployment, device, zone) values (?, ?, ?)
                   on conflict (deployment, device) do update set zone = excluded.zone";
        sqlx::query(sql)
            .bind(id.to_string())
            .bind(device.to_string())
            .bind(serde_json::to_string(zone).map_err(|_| StoreError::Corrupt)?)
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}
