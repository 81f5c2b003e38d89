use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vedette_core::id::{DeploymentId, EntryId};
use zeroize::Zeroizing;

use super::SqliteTransaction;
use super::entries::{Query, about_entries, as_json};
use super::read::{count, parsed, to_word, word};
use crate::clearance::{Clearance, Count, Kind, State};
use crate::row::Page;
use crate::vault::Part;
use crate::{Clearances, Result, StoreError};

/// As it is sealed.
#[derive(Serialize, Deserialize)]
struct Sealed {
    resembles: Vec<EntryId>,
    state: State,
}

pub(super) const CLEARANCES: Query = about_entries!(
    ["select c.entry, c.need, c.state from clearances c join entries e on e.id = c.entry where "],
    all: "e.deployment = ?1",
    some: "+e.deployment = ?1 and e.id",
    [" order by e.created_at, e.id, c.need"]
);

impl SqliteTransaction {
    /// All of a deployment's, or those of some entries.
    pub(super) async fn clearances_where(
        &mut self,
        deployment: DeploymentId,
        some: Option<&[EntryId]>,
    ) -> Result<Vec<Clearance>> {
        let rows = sqlx::query(CLEARANCES.about(some))
            .bind(deployment.to_string())
            .bind(some.map(as_json).transpose()?)
            .fetch_all(&mut *self.connection)
            .await?;
        self.open_clearances(deployment, &rows)
    }

    fn open_clearances(&self, deployment: DeploymentId, rows: &[SqliteRow]) -> Result<Vec<Clearance>> {
        rows.iter()
            .map(|row| {
                let (entry, kind) = (parsed(row, "entry")?, word(row, "need")?);
                let json = self.open(deployment, Part::Clearance(entry, kind), row.try_get("state")?)?;
                let Sealed { resembles, state } = serde_json::from_slice(&json).map_err(|_| StoreError::Corrupt)?;
                Ok(Clearance {
                    entry,
                    kind,
                    resembles,
                    state,
                })
            })
            .collect()
    }

    async fn count_clearance(
        &mut self,
        deployment: DeploymentId,
        kind: Kind,
        (needed, cleared, refused): (i64, i64, i64),
    ) -> Result<()> {
        let sql = "insert into clearance_counts (deployment, need, needed, cleared, refused) values (?, ?, ?, ?, ?)
                   on conflict (deployment, need) do update set needed = needed + excluded.needed,
                   cleared = cleared + excluded.cleared, refused = refused + excluded.refused";
        sqlx::query(sql)
            .bind(deployment.to_string())
            .bind(to_word(kind)?)
            .bind(needed)
            .bind(cleared)
            .bind(refused)
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }
}

#[async_trait]
impl Clearances for SqliteTransaction {
    async fn clearances(&mut self, deployment: DeploymentId) -> Result<Vec<Clearance>> {
        self.clearances_where(deployment, None).await
    }

    async fn clearances_of(&mut self, deployment: DeploymentId, entry: EntryId) -> Result<Vec<Clearance>> {
        self.clearances_where(deployment, Some(&[entry])).await
    }

    async fn clearances_page(
        &mut self,
        deployment: DeploymentId,
        open: Option<bool>,
        kind: Option<Kind>,
        page: Page,
    ) -> Result<Vec<Clearance>> {
        let sql = "select c.entry, c.need, c.state from clearances c join entries e on e.id = c.entry
                   where e.deployment = ?1 and (?2 is null or c.open = ?2) and (?3 is null or c.need = ?3)
                   order by e.created_at, e.id, c.need limit ?4 offset ?5";
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .bind(open)
            .bind(kind.map(to_word).transpose()?)
            .bind(i64::from(page.size))
            .bind(page.offset())
            .fetch_all(&mut *self.connection)
            .await?;
        self.open_clearances(deployment, &rows)
    }

    async fn save_clearance(&mut self, deployment: DeploymentId, clearance: &Clearance) -> Result<()> {
        let Clearance {
            entry,
            kind,
            ref resembles,
            ref state,
        } = *clearance;
        let sealed = serde_json::to_vec(&Sealed {
            resembles: resembles.clone(),
            state: state.clone(),
        });
        let sealed = sealed.map(Zeroizing::new);
        let sealed = sealed.map_err(|_| StoreError::Other("a clearance that can't be written".into()))?;
        let sealed = self.seal(deployment, Part::Clearance(entry, kind), &sealed)?;
        let before = sqlx::query("select open from clearances where entry = ? and need = ?")
            .bind(entry.to_string())
            .bind(to_word(kind)?)
            .fetch_optional(&mut *self.connection)
            .await?;
        let was_open = before.as_ref().map(|row| row.try_get::<bool, _>("open")).transpose()?;
        let sql = "insert into clearances (entry, need, state, open) values (?, ?, ?, ?)
                   on conflict (entry, need) do update set state = excluded.state, open = excluded.open";
        sqlx::query(sql)
            .bind(entry.to_string())
            .bind(to_word(kind)?)
            .bind(sealed)
            .bind(state.is_open())
            .execute(&mut *self.connection)
            .await?;
        let cleared = match (was_open, state.is_open()) {
            (None | Some(true), false) => 1,
            (Some(false), true) => -1,
            _ => 0,
        };
        self.count_clearance(deployment, kind, (i64::from(was_open.is_none()), cleared, 0))
            .await
    }

    async fn count_refusal(&mut self, deployment: DeploymentId, kind: Kind) -> Result<()> {
        self.count_clearance(deployment, kind, (0, 0, 1)).await
    }

    async fn clearance_counts(&mut self, deployment: DeploymentId) -> Result<Vec<Count>> {
        let sql = "select n.*, (select count(*) from clearances c join entries e on e.id = c.entry
                   where e.deployment = n.deployment and c.need = n.need) as listed,
                   (select count(*) from clearances c join entries e on e.id = c.entry
                   where e.deployment = n.deployment and c.need = n.need and c.open = 1) as open
                   from clearance_counts n where n.deployment = ? order by n.need";
        let rows = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Count {
                    kind: word(row, "need")?,
                    needed: count(row, "needed")?,
                    listed: count(row, "listed")?,
                    open: count(row, "open")?,
                    cleared: count(row, "cleared")?,
                    refused: count(row, "refused")?,
                })
            })
            .collect()
    }

    async fn count_waiting(&mut self, deployment: DeploymentId) -> Result<u64> {
        let sql = "select count(*) as n from entries e where e.deployment = ?
                   and exists (select 1 from clearances c where c.entry = e.id and c.open = 1)";
        let row = sqlx::query(sql)
            .bind(deployment.to_string())
            .fetch_one(&mut *self.connection)
            .await?;
        count(&row, "n")
    }
}
