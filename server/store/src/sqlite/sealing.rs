//! Where rows meet the vault.

use serde::Serialize;
use sqlx::Row as _;
use vedette_core::id::{DeploymentId, EntryId};
use zeroize::{Zeroize as _, Zeroizing};

use super::read::parsed;
use super::{SqliteStore, SqliteTransaction};
use crate::particulars::Particulars;
use crate::row::{DeploymentRow, DeploymentState};
use crate::vault::{KeyOwner, Part, Place, Vault};
use crate::{Deployments as _, Result, Store as _, StoreError, Transaction as _};

impl SqliteTransaction {
    pub(super) fn vault(&self) -> Result<&Vault> {
        self.vault.as_deref().ok_or(StoreError::KeyGone)
    }

    pub(super) fn seal(&self, deployment: DeploymentId, part: Part, plain: &[u8]) -> Result<Vec<u8>> {
        self.seal_under(deployment.into(), Place { deployment, part }, plain)
    }

    pub(super) fn open(&self, deployment: DeploymentId, part: Part, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        self.open_under(deployment.into(), Place { deployment, part }, sealed)
    }

    pub(super) fn seal_under(&self, owner: KeyOwner, place: Place, plain: &[u8]) -> Result<Vec<u8>> {
        self.vault()?.key(owner)?.seal(place, plain)
    }

    pub(super) fn open_under(&self, owner: KeyOwner, place: Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        self.vault()?.key(owner)?.open(place, sealed)
    }

    pub(super) fn open_name(&self, deployment: DeploymentId, entry: EntryId, sealed: &[u8]) -> Result<String> {
        let mut name = self.open(deployment, Part::Name(entry), sealed)?;
        String::from_utf8(std::mem::take(&mut *name)).map_err(|_| StoreError::Corrupt)
    }

    pub(super) fn seal_particulars(
        &self,
        deployment: DeploymentId,
        entry: EntryId,
        particulars: &Particulars,
    ) -> Result<Vec<u8>> {
        self.seal_json(deployment, Part::Particulars(entry), particulars)
    }

    pub(super) fn seal_json<T: Serialize + ?Sized>(
        &self,
        deployment: DeploymentId,
        part: Part,
        value: &T,
    ) -> Result<Vec<u8>> {
        let json = serde_json::to_vec(value)
            .map(Zeroizing::new)
            .map_err(|_| StoreError::Other("words that can't be written".into()))?;
        self.seal(deployment, part, &json)
    }

    pub(super) fn open_particulars(
        &self,
        deployment: DeploymentId,
        entry: EntryId,
        sealed: Option<&[u8]>,
    ) -> Result<Option<Particulars>> {
        let Some(sealed) = sealed else { return Ok(None) };
        let json = self.open(deployment, Part::Particulars(entry), sealed)?;
        serde_json::from_slice(&json).map(Some).map_err(|_| StoreError::Corrupt)
    }

    pub(super) async fn give_key(&mut self, deployment: DeploymentId) -> Result<()> {
        let key = self.vault()?.make(deployment)?;
        sqlx::query("update deployments set key_id = ? where id = ?")
            .bind(key.to_string())
            .bind(deployment.to_string())
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn seal_column(
        &mut self,
        deployment: DeploymentId,
        select: &'static str,
        update: &'static str,
        part: impl Fn(&sqlx::sqlite::SqliteRow) -> Result<Part>,
    ) -> Result<()> {
        let rows = sqlx::query(select)
            .bind(deployment.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        for row in &rows {
            let sealed = self.seal(deployment, part(row)?, row.try_get("plain")?)?;
            sqlx::query(update)
                .bind(sealed)
                .bind(row.try_get::<&str, _>("id")?)
                .execute(&mut *self.connection)
                .await?;
        }
        Ok(())
    }

    /// For rows that are older than the vault.
    async fn seal_rows(&mut self, deployment: DeploymentId) -> Result<()> {
        self.seal_column(
            deployment,
            "select id, name as plain from entries where deployment = ?",
            "update entries set name = ? where id = ?",
            |row| Ok(Part::Name(parsed(row, "id")?)),
        )
        .await?;
        self.seal_column(
            deployment,
            "select p.id, p.entry, p.template as plain from photos p join entries e on e.id = p.entry where e.deployment = ?",
            "update photos set template = ? where id = ?",
            |row| Ok(Part::Template(parsed(row, "entry")?, parsed(row, "id")?)),
        )
        .await?;
        self.seal_column(
            deployment,
            "select p.id, p.entry, p.photo as plain from photos p join entries e on e.id = p.entry where e.deployment = ?",
            "update photos set photo = ? where id = ?",
            |row| Ok(Part::Photo(parsed(row, "entry")?, parsed(row, "id")?)),
        )
        .await?;
        self.seal_column(
            deployment,
            "select p.alert as id, p.jpeg as plain from probes p join alerts a on a.id = p.alert where a.deployment = ?",
            "update probes set jpeg = ? where alert = ?",
            |row| Ok(Part::Probe(parsed(row, "id")?)),
        )
        .await
    }
}

fn forget_reasons(row: &mut DeploymentRow) {
    if let DeploymentState::Paused { pause, .. } = &mut row.state
        && let Some(reason) = pause.reason_mut()
    {
        reason.zeroize();
    }
    for pause in &mut row.pauses {
        pause.take_reasons();
    }
}

impl SqliteStore {
    /// Seals the rows of deployments from before the vault. True when there were any: what they were can still be read in
    /// the file until it is scrubbed.
    pub(super) async fn seal_what_is_open(&self) -> Result<bool> {
        let mut tx = self.begin(&self.writer, "begin immediate").await?;
        let open = sqlx::query("select id from deployments where state <> 'ended' and key_id is null")
            .fetch_all(&mut *tx.connection)
            .await?;
        for row in &open {
            let deployment = parsed(row, "id")?;
            tx.give_key(deployment).await?;
            tx.seal_rows(deployment).await?;
        }
        // Reasons of pauses were in the clear longer; whoever writes such a row seals them.
        let sql = "select id from deployments where state <> 'ended' and (pauses like '%\"reason\":\"%' or pause like '%\"reason\":\"%')";
        let told = sqlx::query(sql).fetch_all(&mut *tx.connection).await?;
        for row in &told {
            if let Some(mut row) = tx.deployment(parsed(row, "id")?).await? {
                if let Err(StoreError::KeyGone) = tx.vault()?.key(row.id) {
                    // Nothing can seal them, and the file must open: without its key the deployment can still be ended.
                    forget_reasons(&mut row);
                }
                tx.save_deployment(&row).await?;
            }
        }
        Box::new(tx).commit().await?;
        Ok(!open.is_empty() || !told.is_empty())
    }

    /// A crash may have come between the making of a key and the row that it was for.
    pub(super) async fn destroy_keys_without_rows(&self) -> Result<()> {
        let Some(vault) = &self.vault else {
            return Ok(());
        };
        // In a writer's turn, so that no other process is between the two now.
        let mut tx = self.begin(&self.writer, "begin immediate").await?;
        let rows = sqlx::query("select id from deployments union select id from holds union select id from complaints")
            .fetch_all(&mut *tx.connection)
            .await?;
        let owners = rows.iter().map(|row| parsed(row, "id")).collect::<Result<_>>()?;
        vault.destroy_all_but(&owners)
    }

    pub(super) async fn destroy_spent_keys(&self) -> Result<()> {
        let Some(vault) = &self.vault else {
            return Ok(());
        };
        let mut tx = self.read().await?;
        let (spent, own) = (tx.spent_keys().await?, tx.spent_own_keys().await?);
        drop(tx);
        for (deployment, _) in spent {
            vault.destroy(deployment)?;
        }
        for (owner, _) in own {
            vault.destroy(owner)?;
        }
        vault.forget_destroyed();
        Ok(())
    }
}
