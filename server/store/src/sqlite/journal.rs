use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::DeploymentId;

use super::SqliteTransaction;
use super::read::{count, parsed, text, time};
use crate::row::{Actor, AuditRow, Digest, EventKind, EventRow, NewEvent, Seq};
use crate::{Journal, Result, StoreError};

const KINDS: [(EventKind, &str); 12] = [
    (EventKind::AlertRaised, "alert_raised"),
    (EventKind::AlertCrop, "alert_crop"),
    (EventKind::AlertContradicted, "alert_contradicted"),
    (EventKind::AlertAdjudicated, "alert_adjudicated"),
    (EventKind::DeploymentChanged, "deployment_changed"),
    (EventKind::AlertRepeated, "alert_repeated"),
    (EventKind::AlertEscalated, "alert_escalated"),
    (EventKind::AlertReceipt, "alert_receipt"),
    (EventKind::AlertNotAdjudicated, "alert_not_adjudicated"),
    (EventKind::AlertWithdrawn, "alert_withdrawn"),
    (EventKind::AlertConfirmed, "alert_confirmed"),
    (EventKind::AlertEngaged, "alert_engaged"),
];

impl EventKind {
    /// As it is kept, and as it travels.
    pub fn name(self) -> &'static str {
        match self {
            Self::AlertRaised => "alert_raised",
            Self::AlertCrop => "alert_crop",
            Self::AlertContradicted => "alert_contradicted",
            Self::AlertAdjudicated => "alert_adjudicated",
            Self::DeploymentChanged => "deployment_changed",
            Self::AlertRepeated => "alert_repeated",
            Self::AlertEscalated => "alert_escalated",
            Self::AlertReceipt => "alert_receipt",
            Self::AlertNotAdjudicated => "alert_not_adjudicated",
            Self::AlertWithdrawn => "alert_withdrawn",
            Self::AlertConfirmed => "alert_confirmed",
            Self::AlertEngaged => "alert_engaged",
        }
    }
}

#[async_trait]
impl Journal for SqliteTransaction {
    async fn add_event(&mut self, event: NewEvent) -> Result<Seq> {
        let done = sqlx::query("insert into events (deployment, at, kind, alert) values (?, ?, ?, ?)")
            .bind(event.deployment.to_string())
            .bind(event.at.as_millisecond())
            .bind(event.kind.name())
            .bind(event.alert.map(|id| id.to_string()))
            .execute(&mut *self.connection)
            .await?;
        Ok(Seq(done.last_insert_rowid()))
    }

    async fn events_after(&mut self, deployment: DeploymentId, after: Seq, limit: u32) -> Result<Vec<EventRow>> {
        let sql = "select seq, kind, alert from events where deployment = ? and seq > ? order by seq limit ?";
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .bind(after.0)
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter()
            .map(|row| {
                let name: &str = row.try_get("kind")?;
                let kind = KINDS
                    .iter()
                    .find(|(_, known)| *known == name)
                    .ok_or(StoreError::Corrupt)?
                    .0;
                let has_alert = row.try_get::<Option<&str>, _>("alert")?.is_some();
                let alert = has_alert.then(|| parsed(row, "alert")).transpose()?;
                Ok(EventRow {
                    seq: Seq(row.try_get("seq")?),
                    kind,
                    alert,
                })
            })
            .collect()
    }

    async fn last_seq(&mut self) -> Result<Seq> {
        let row = sqlx::query("select coalesce(max(seq), 0) as seq from events")
            .fetch_one(&mut *self.connection)
            .await?;
        Ok(Seq(row.try_get("seq")?))
    }

    async fn add_audit(&mut self, entry: &AuditRow) -> Result<()> {
        let (actor, user, device) = match entry.actor {
            Actor::User(user) => ("user", Some(user.to_string()), None),
            Actor::Device(device, user) => ("device", Some(user.to_string()), Some(device.to_string())),
            Actor::Server => ("server", None, None),
            Actor::CommandLine => ("command_line", None, None),
        };
        let sql = "insert into audit (seq, at, actor, user, device, action, subject, detail, hash)
                   values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        sqlx::query(sql)
            .bind(entry.seq)
            .bind(entry.at.as_millisecond())
            .bind(actor)
            .bind(user)
            .bind(device)
            .bind(entry.action.clone())
            .bind(entry.subject.clone())
            .bind(entry.detail.to_string())
            .bind(entry.hash.map(|hash| hash.0.to_vec()))
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn last_audit(&mut self) -> Result<Option<AuditRow>> {
        let row = sqlx::query("select * from audit order by seq desc limit 1")
            .fetch_optional(&mut *self.connection)
            .await?;
        row.as_ref().map(audit).transpose()
    }

    async fn audit_of(&mut self, subject: &str) -> Result<Vec<AuditRow>> {
        let rows = sqlx::query("select * from audit where subject = ? order by seq")
            .bind(subject)
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(audit).collect()
    }

    async fn audit_since(&mut self, subject: &str, action: &str, from: Timestamp) -> Result<Vec<AuditRow>> {
        let sql = "select * from audit where subject = ? and action = ? and at >= ? order by seq";
        let rows = sqlx::query(sql)
            .bind(subject)
            .bind(action)
            .bind(from.as_millisecond())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(audit).collect()
    }

    async fn audit_before(&mut self, seq: i64, limit: u32) -> Result<Vec<AuditRow>> {
        let rows = sqlx::query("select * from audit where seq < ? order by seq desc limit ?")
            .bind(seq)
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(audit).collect()
    }

    async fn audit_after(&mut self, seq: i64, limit: u32) -> Result<Vec<AuditRow>> {
        let rows = sqlx::query("select * from audit where seq > ? order by seq limit ?")
            .bind(seq)
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(audit).collect()
    }

    async fn audit_of_action(&mut self, action: &str) -> Result<Vec<AuditRow>> {
        let rows = sqlx::query("select * from audit where action = ? order by seq")
            .bind(action)
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter().map(audit).collect()
    }

    async fn count_audit(&mut self, action: &str, deployment: DeploymentId) -> Result<u64> {
        let sql = "select count(*) as entries from audit where action = ? and json_extract(detail, '$.deployment') = ?";
        let row = sqlx::query(sql)
            .bind(action)
            .bind(deployment.to_string())
            .fetch_one(&mut *self.connection)
            .await?;
        count(&row, "entries")
    }
}

fn audit(row: &SqliteRow) -> Result<AuditRow> {
    let detail: &str = row.try_get("detail")?;
    let hash: Option<Vec<u8>> = row.try_get("hash")?;
    let hash = hash.map(<[u8; 32]>::try_from).transpose();
    Ok(AuditRow {
        seq: row.try_get("seq")?,
        at: time(row, "at")?,
        actor: match row.try_get::<&str, _>("actor")? {
            "user" => Actor::User(parsed(row, "user")?),
            "device" => Actor::Device(parsed(row, "device")?, parsed(row, "user")?),
            "server" => Actor::Server,
            "command_line" => Actor::CommandLine,
            _ => return Err(StoreError::Corrupt),
        },
        action: text(row, "action")?,
        subject: text(row, "subject")?,
        detail: serde_json::from_str(detail).map_err(|_| StoreError::Corrupt)?,
        hash: hash.map_err(|_| StoreError::Corrupt)?.map(Digest),
    })
}
