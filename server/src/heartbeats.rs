//! What devices last said of themselves, for whoever looks on. In memory only, and forgotten with the deployment.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use vedette_core::id::{DeploymentId, DeviceId};

use crate::app::App;
use crate::domain::fitness::{self, Beat};
use crate::http::dto;
use crate::operations::ChangeError;

type Last = HashMap<(DeploymentId, DeviceId), Beat>;

#[derive(Debug, Default)]
pub(crate) struct Heartbeats(Mutex<Last>);

impl Heartbeats {
    fn last(&self) -> MutexGuard<'_, Last> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `live`: deployments of which anything is still remembered.
    pub(crate) fn keep(&self, id: DeploymentId, device: DeviceId, beat: Beat, live: impl Fn(DeploymentId) -> bool) {
        let mut last = self.last();
        if last.insert((id, device), beat).is_none() {
            last.retain(|(id, _), _| live(*id));
        }
    }

    fn of(&self, id: DeploymentId) -> Vec<(DeviceId, Beat)> {
        let last = self.last();
        let here = last.iter().filter(|((known, _), _)| *known == id);
        here.map(|((_, device), beat)| (*device, beat.clone())).collect()
    }
}

/// Devices that watch the deployment, or did; by name. While nothing is matched nothing is amiss with them.
pub(crate) async fn devices(app: &App, id: DeploymentId) -> Result<Vec<dto::DeviceFitness>, ChangeError> {
    let now = app.now();
    let mut tx = app.store.read().await?;
    tx.deployment(id).await?.ok_or(ChangeError::NotFound)?;
    let known = tx.devices().await?;
    drop(tx);
    let matched = app.matcher.live(id).is_some();
    let space = app.space();
    let mut all: Vec<_> = app
        .heartbeats
        .of(id)
        .into_iter()
        .filter_map(|(device, beat)| {
            let row = known.iter().find(|row| row.id == device && row.revoked_at.is_none())?;
            let alarms = match matched {
                true => fitness::alarms(&beat, &space, now),
                false => Vec::new(),
            };
            Some(dto::DeviceFitness::new(row, beat, alarms))
        })
        .collect();
    all.sort_by(|a, b| (&a.name, a.device).cmp(&(&b.name, b.device)));
    Ok(all)
}
