use std::collections::HashSet;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::{AlertId, DeploymentId, DeviceId, TrackId, UserId};

use super::SqliteTransaction;
use super::engagements::{engagement, identity_checks, receipts, sight};
use super::namesakes::namesake;
use super::read::{count, parsed, text, time, time_if_any, to_word, word};
use crate::particulars::Subject;
use crate::row::{AlertRow, AlertState, Jpeg, NewAlert, Verdicts};
use crate::vault::Part;
use crate::withdrawal::Withdrawal;
use crate::{Alerts, Result, StoreError};

/// The condition follows.
macro_rules! select_alerts {
    ($rest:literal) => {
        concat!(
            "select a.*, e.name as entry_name, e.particulars, n.number, ",
            $crate::sqlite::namesakes::of_that_name!(),
            ", d.name as device_name, u.name as decider, x.name as withdrawer, l.name as last_device_name, l.kiosk as at_kiosk,
             s.name as sighter, g.recorded_by, w.name as recorder, g.recorded_at, g.outcome, g.observed, g.texts,
             exists (select 1 from probes p where p.alert = a.id) as has_probe,
             (select group_concat(c.other) from contradictions c where c.alert = a.id) as contradicts,
             (select json_group_array(json_object('device', r.device, 'device_name', rd.name, 'user', r.user,
                 'user_name', ru.name, 'received_at', r.received_at, 'opened_at', r.opened_at)
                 order by r.received_at, r.user, r.device)
                 from receipts r join users ru on ru.id = r.user left join devices rd on rd.id = r.device
                 where r.alert = a.id) as receipts,
             (select json_group_array(json_object('kind', i.kind, 'lawful_basis', i.lawful_basis, 'at', i.at,
                 'by', i.checked_by, 'by_name', iu.name) order by i.at, i.kind)
                 from identity_checks i join users iu on iu.id = i.checked_by where i.alert = a.id) as identity_checks
             from alerts a join devices d on d.id = a.device
             join devices l on l.id = a.last_seen_device
             left join entries e on e.id = a.entry left join namesakes n on n.entry = a.entry
             left join users u on u.id = a.decided_by
             left join users x on x.id = a.withdrawn_by
             left join users s on s.id = a.sighted_by left join engagements g on g.alert = a.id
             left join users w on w.id = g.recorded_by ",
            $rest
        )
    };
}
pub(super) use select_alerts;

/// Whether it came out that an alert, `a` where nothing else is said, was right, or false: what somebody on the spot found counts before what was decided by
/// the pictures.
macro_rules! truth {
    () => {
        $crate::sqlite::alerts::truth!("a")
    };
    ($alert:literal) => {
        concat!(
            "case when ",
            $alert,
            ".sight = 'not_confirmed' or exists (select 1 from engagements g where g.alert = ",
            $alert,
            ".id
                  and json_extract(g.outcome, '$.kind') = 'engaged_false') then 'false' else ",
            $alert,
            ".verdict end"
        )
    };
}
pub(super) use truth;

fn withdrawal(row: &SqliteRow) -> Result<Option<Withdrawal>> {
    let Some(at) = time_if_any(row, "withdrawn_at")? else {
        return Ok(None);
    };
    let by = match row.try_get::<Option<&str>, _>("withdrawn_by")? {
        Some(_) => Some((parsed(row, "withdrawn_by")?, text(row, "withdrawer")?)),
        None => None,
    };
    Ok(Some(Withdrawal {
        at,
        by,
        why: word(row, "withdrawn_why")?,
    }))
}

pub(super) fn alert(tx: &SqliteTransaction, row: &SqliteRow) -> Result<AlertRow> {
    let (deployment, entry) = (parsed(row, "deployment")?, parsed(row, "entry")?);
    let state = if row.try_get::<Option<&str>, _>("verdict")?.is_some() {
        AlertState::Adjudicated {
            verdict: word(row, "verdict")?,
            by: parsed::<UserId>(row, "decided_by")?,
            by_name: text(row, "decider")?,
            at: time(row, "decided_at")?,
            factors: match row.try_get::<Option<&str>, _>("factors")? {
                Some(factors) => serde_json::from_str(factors).map_err(|_| StoreError::Corrupt)?,
                None => Default::default(),
            },
            sight: sight(row)?,
            engagement: engagement(tx, deployment, row)?.map(Box::new),
            withdrawn: withdrawal(row)?.map(Box::new),
        }
    } else {
        match (time_if_any(row, "lapsed_at")?, withdrawal(row)?) {
            (Some(at), _) => AlertState::NotAdjudicated { at },
            (None, Some(withdrawal)) => AlertState::Withdrawn(withdrawal),
            (None, None) => AlertState::Open,
        }
    };
    let number = |column| u32::try_from(count(row, column)?).map_err(|_| StoreError::Corrupt);
    let contradicts = row.try_get::<Option<&str>, _>("contradicts")?.unwrap_or_default();
    let others = contradicts.split(',').filter(|id| !id.is_empty());
    let name: Option<&[u8]> = row.try_get("entry_name")?;
    Ok(AlertRow {
        id: parsed(row, "id")?,
        deployment,
        entry,
        entry_name: name.map(|name| tx.open_name(deployment, entry, name)).transpose()?,
        namesake: namesake(row)?,
        subject: tx
            .open_particulars(deployment, entry, row.try_get("particulars")?)?
            .map(Subject::from),
        device: parsed(row, "device")?,
        device_name: text(row, "device_name")?,
        track: parsed(row, "track")?,
        raised_at: time(row, "raised_at")?,
        band: word(row, "band")?,
        has_probe: row.try_get("has_probe")?,
        contradicts: others
            .map(|id| id.parse().map_err(|_| StoreError::Corrupt))
            .collect::<Result<_>>()?,
        repeats: number("repeats")?,
        last_seen_at: time(row, "last_seen_at")?,
        last_seen_device: parsed(row, "last_seen_device")?,
        last_seen_device_name: text(row, "last_device_name")?,
        at_kiosk: row.try_get("at_kiosk")?,
        escalated_at: time_if_any(row, "escalated_at")?,
        receipts: receipts(row)?,
        identity_checks: identity_checks(row)?,
        state,
        version: number("version")?,
    })
}

#[async_trait]
impl Alerts for SqliteTransaction {
    async fn raise_alert(&mut self, alert: &NewAlert) -> Result<bool> {
        let sql = "insert into alerts (id, deployment, entry, device, track, raised_at, band, version,
                   last_seen_at, last_seen_device)
                   values (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?6, ?4)
                   on conflict (deployment, device, track, entry) do nothing";
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
        let sql = concat!(
            "select count(*) filter (where right) as right, count(*) filter (where wrong and not right) as wrong,
             count(*) filter (where inconclusive and not wrong and not right) as inconclusive
             from (select count(*) filter (where truth = 'true') > 0 as right,
                 count(*) filter (where truth = 'false') > 0 as wrong,
                 count(*) filter (where truth = 'inconclusive') > 0 as inconclusive
                 from (select a.device, a.track, ",
            truth!(),
            " as truth from alerts a where a.deployment = ?) group by device, track)"
        );
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
        let none = || (None, None, None, None, None);
        let ((verdict, by, at, factors, seen), lapsed, withdrawn) = match &alert.state {
            AlertState::Open => (none(), None, None),
            AlertState::NotAdjudicated { at } => (none(), Some(*at), None),
            AlertState::Withdrawn(withdrawal) => (none(), None, Some(withdrawal)),
            AlertState::Adjudicated {
                verdict,
                by,
                at,
                factors,
                sight,
                withdrawn,
                ..
            } => {
                let factors = serde_json::to_string(factors);
                let factors = factors.map_err(|_| StoreError::Other("factors that can't be written".into()))?;
                (
                    (
                        Some(to_word(*verdict)?),
                        Some(by.to_string()),
                        Some(at.as_millisecond()),
                        Some(factors),
                        sight.as_ref(),
                    ),
                    None,
                    withdrawn.as_deref(),
                )
            }
        };
        let sql =
            "update alerts set verdict = ?, decided_by = ?, decided_at = ?, factors = ?, sight = ?, sighted_by = ?,
                   sighted_at = ?, lapsed_at = ?, withdrawn_at = ?, withdrawn_by = ?, withdrawn_why = ?, repeats = ?, last_seen_at = ?, last_seen_device = ?, escalated_at = ?,
                   version = ? where id = ?";
        sqlx::query(sql)
            .bind(verdict)
            .bind(by)
            .bind(at)
            .bind(factors)
            .bind(seen.map(|sight| to_word(sight.verdict)).transpose()?)
            .bind(seen.map(|sight| sight.by.to_string()))
            .bind(seen.map(|sight| sight.at.as_millisecond()))
            .bind(lapsed.map(Timestamp::as_millisecond))
            .bind(withdrawn.map(|withdrawal| withdrawal.at.as_millisecond()))
            .bind(withdrawn.and_then(|withdrawal| withdrawal.by.as_ref().map(|(by, _)| by.to_string())))
            .bind(withdrawn.map(|withdrawal| to_word(withdrawal.why)).transpose()?)
            .bind(i64::from(alert.repeats))
            .bind(alert.last_seen_at.as_millisecond())
            .bind(alert.last_seen_device.to_string())
            .bind(alert.escalated_at.map(Timestamp::as_millisecond))
            .bind(i64::from(alert.version))
            .bind(alert.id.to_string())
            .execute(&mut *self.connection)
            .await?;
        match &alert.state {
            AlertState::Adjudicated {
                engagement: Some(engagement),
                ..
            } => self.save_engagement(alert.deployment, alert.id, engagement).await,
            _ => Ok(()),
        }
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

    async fn crops_that_came(&mut self, deployment: DeploymentId) -> Result<HashSet<AlertId>> {
        let sql = "select subject from audit where action = 'crop_kept'
                   and subject in (select id from alerts where deployment = ?)";
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(|row| parsed(row, "subject")).collect()
    }

    async fn remove_probe(&mut self, alert: AlertId) -> Result<bool> {
        let done = sqlx::query("delete from probes where alert = ?")
            .bind(alert.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn waits(&mut self, deployment: DeploymentId) -> Result<Vec<SignedDuration>> {
        let sql = "select decided_at - min(raised_at) as waited from alerts
                   where deployment = ? and decided_at is not null group by device, track, decided_at";
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter()
            .map(|row| Ok(SignedDuration::from_millis(row.try_get("waited")?)))
            .collect()
    }

    async fn count_undecided(&mut self, deployment: DeploymentId) -> Result<u64> {
        let sql = "select count(*) as n from (select distinct device, track from alerts
                   where deployment = ? and verdict is null and lapsed_at is null and withdrawn_at is null)";
        let row = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_one(&mut *self.connection)
            .await?;
        count(&row, "n")
    }

    async fn count_unsighted(&mut self, deployment: DeploymentId) -> Result<u64> {
        let sql = "select count(*) as n from (select distinct device, track from alerts a
                   where deployment = ? and verdict = 'true' and sight is null and withdrawn_at is null
                   and not exists (select 1 from engagements g where g.alert = a.id))";
        let row = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_one(&mut *self.connection)
            .await?;
        count(&row, "n")
    }
}
