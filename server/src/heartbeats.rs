//! What devices last said of themselves, for whoever looks on. In memory only, and forgotten with the deployment.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use vedette_core::id::{DeploymentId, DeviceId};
use vedette_core::template::TemplateSpace;
use vedette_store::row::{DeploymentRow, MinuteRow};
use vedette_store::{StoreError, Transaction};

use crate::app::App;
use crate::domain::deployment::{Deployment, matched_since};
use crate::domain::fitness::{self, Beat, Fitness};
use crate::domain::minutes;
use crate::matcher::LiveDeployment;
use crate::operations::ChangeError;
use crate::unbroken::unbroken;

/// How far back faces are counted for each device.
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// Devices report every few seconds; more than this in a minute comes from no tablet of ours.
const MOST_TALLIES: usize = 240;

/// Faces of one report.
#[derive(Clone, Copy, Debug)]
struct Tally {
    at: Timestamp,
    faces: u64,
    not_assessable: u64,
}

#[derive(Debug, Default)]
struct Known {
    beat: Option<Beat>,
    /// When its camera last looked.
    looked_at: Option<Timestamp>,
    /// Since when every report told of something that is amiss.
    amiss_since: Option<Timestamp>,
    /// Of the last minute, oldest first.
    tallies: VecDeque<Tally>,
}

impl Known {
    fn faces(&self, now: Timestamp) -> (u64, u64) {
        let last = self.tallies.iter().filter(|tally| tally.at + MINUTE > now);
        last.fold((0, 0), |(faces, not), tally| {
            (faces + tally.faces, not + tally.not_assessable)
        })
    }
}

struct Heard {
    device: DeviceId,
    beat: Beat,
    looked_at: Option<Timestamp>,
    amiss_since: Option<Timestamp>,
    faces: (u64, u64),
}

type All = HashMap<(DeploymentId, DeviceId), Known>;

#[derive(Debug, Default)]
pub(crate) struct Heartbeats(Mutex<All>);

impl Heartbeats {
    fn all(&self) -> MutexGuard<'_, All> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of a device. `live`: deployments of which anything is remembered still.
    fn change(
        &self,
        key: (DeploymentId, DeviceId),
        live: impl Fn(DeploymentId) -> bool,
        change: impl FnOnce(&mut Known),
    ) {
        let mut all = self.all();
        if !all.contains_key(&key) {
            all.retain(|(id, _), _| live(*id));
        }
        change(all.entry(key).or_default());
    }

    pub(crate) fn keep(
        &self,
        id: DeploymentId,
        device: DeviceId,
        beat: Beat,
        ours: &TemplateSpace,
        live: impl Fn(DeploymentId) -> bool,
    ) {
        let tells = fitness::tells_of_something(&beat, ours);
        self.change((id, device), live, |known| {
            if beat.watches() {
                known.looked_at = Some(beat.at);
            }
            known.amiss_since = tells.then(|| known.amiss_since.unwrap_or(beat.at));
            known.beat = Some(beat);
        });
    }

    /// Faces that the device followed, as it counts them for the deployment too.
    pub(crate) fn count(
        &self,
        id: DeploymentId,
        device: DeviceId,
        (at, faces, not_assessable): (Timestamp, u64, u64),
        live: impl Fn(DeploymentId) -> bool,
    ) {
        self.change((id, device), live, |known| {
            known.tallies.retain(|tally| tally.at + MINUTE > at);
            if known.tallies.len() >= MOST_TALLIES {
                known.tallies.pop_front();
            }
            known.tallies.push_back(Tally {
                at,
                faces,
                not_assessable,
            });
        });
    }

    /// The device does something else from now on.
    pub(crate) fn forget(&self, device: DeviceId) {
        self.all().retain(|(_, known), _| *known != device);
    }

    fn of(&self, id: DeploymentId, now: Timestamp) -> Vec<Heard> {
        let all = self.all();
        let here = all.iter().filter(|((known, _), _)| *known == id);
        here.filter_map(|((_, device), known)| {
            Some(Heard {
                device: *device,
                beat: known.beat.clone()?,
                looked_at: known.looked_at,
                amiss_since: known.amiss_since,
                faces: known.faces(now),
            })
        })
        .collect()
    }
}

/// Writes down, once a minute, that a camera looks: a restart is not to make a calm minute one that nobody knows of.
pub(crate) async fn note_watched(
    app: &App,
    id: DeploymentId,
    live: &Arc<LiveDeployment>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let minute = MinuteRow {
        number: minutes::number(now),
        faces: 0,
        not_assessable: 0,
    };
    if !live.take_minute(minute.number) {
        return Ok(());
    }
    let (app, live) = (app.clone(), Arc::clone(live));
    // A minute that is taken is written, or given back, also when the tablet has gone meanwhile.
    unbroken(async move {
        let written = write_minute(&app, id, minute).await;
        if written.is_err() {
            live.give_minute_back();
        }
        written
    })
    .await
}

async fn write_minute(app: &App, id: DeploymentId, minute: MinuteRow) -> Result<(), StoreError> {
    let mut tx = app.store.write().await?;
    tx.count_minute(id, minute).await?;
    tx.commit().await
}

/// Devices that watch the deployment, or did, and those that were set up as its kiosks; by name. While nothing is matched nothing
/// is amiss with them.
pub(crate) async fn devices(app: &App, id: DeploymentId) -> Result<Vec<Fitness>, ChangeError> {
    let mut tx = app.store.read().await?;
    let deployment = tx.deployment(id).await?.ok_or(ChangeError::NotFound)?;
    Ok(devices_of(app, &mut *tx, &deployment).await?)
}

/// From when on devices that watch could be heard; nothing while nothing is matched. Before the server's start nothing was heard that
/// it remembers.
fn heard_since(app: &App, deployment: &DeploymentRow) -> Option<Timestamp> {
    app.matcher.live(deployment.id)?;
    matched_since(deployment).map(|since| since.max(app.running.started_at))
}

/// Since when no camera has looked at a live deployment, so that nobody is compared.
pub(crate) fn unwatched_since(app: &App, deployment: &DeploymentRow) -> Option<Timestamp> {
    let now = app.now();
    let heard = app.heartbeats.of(deployment.id, now);
    let said = heard.iter().map(|heard| (&heard.beat, heard.looked_at));
    fitness::unwatched_since(said, heard_since(app, deployment)?, now)
}

pub(crate) async fn devices_of(
    app: &App,
    tx: &mut dyn Transaction,
    deployment: &DeploymentRow,
) -> Result<Vec<Fitness>, StoreError> {
    let (id, now) = (deployment.id, app.now());
    let paired = tx.devices().await?;
    let kiosks = tx.kiosks().await?;
    let heard_since = heard_since(app, deployment);
    let responsible = tx.organisation().await?.is_some();
    let shut = Deployment::from(deployment.clone()).lane_shut(responsible, now);
    let space = app.space();
    let heard = app.heartbeats.of(id, now);
    let mut all: Vec<_> = paired
        .into_iter()
        .filter(|row| row.revoked_at.is_none())
        .filter_map(|row| {
            let kiosk = kiosks.iter().find(|kiosk| kiosk.device == row.id);
            let here = kiosk.filter(|kiosk| kiosk.deployment == Some(id));
            let (said, told, faces) = match heard.iter().find(|heard| heard.device == row.id) {
                Some(heard) => (Some(heard.beat.clone()), heard.amiss_since, heard.faces),
                None if here.is_some() => (None, None, (0, 0)),
                None => return None,
            };
            let (alarms, amiss_since) = match heard_since {
                None => (Vec::new(), now),
                Some(since) => {
                    let since = here
                        .and_then(|kiosk| kiosk.since)
                        .map_or(since, |set_up| set_up.max(since));
                    (
                        fitness::alarms(said.as_ref(), since, &space, now),
                        fitness::amiss_since(told, said.as_ref(), since),
                    )
                }
            };
            Some(Fitness {
                device: row.id,
                name: row.name,
                kiosk: kiosk.is_some(),
                shut: here.and(shut),
                silent: fitness::is_silent(said.as_ref(), now),
                said,
                faces,
                alarms,
                amiss_since,
            })
        })
        .collect();
    all.sort_by(|a, b| (&a.name, a.device).cmp(&(&b.name, b.device)));
    Ok(all)
}
