//! A data folder in the middle of an exercise: its watchlist, its tablets, and who is signed in on them.

use std::path::Path;

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use vedette_core::calibration::Target;
use vedette_core::id::{DeploymentId, DeviceId, EntryId, PhotoId, UserId};
use vedette_core::manifest::Manifest;
use vedette_core::template::{Template, TemplateSpace};
use vedette_store::Store as _;
use vedette_store::row::{
    DeploymentRow, DeploymentState, DeviceRow, Digest, Jpeg, NewEntry, PasswordHash, PhotoRow, Role, RoleGrant, UserRow,
};
use vedette_store::sqlite::SqliteStore;
use vedette_store::vault::{StorageKey, Vault};

pub(crate) struct Site {
    pub(crate) deployment: DeploymentId,
    pub(crate) space: TemplateSpace,
    /// What the browser of each tablet holds.
    pub(crate) cookies: Vec<String>,
}

/// A direction that is each seed's own (xorshift64).
pub(crate) fn template(space: &TemplateSpace, seed: u64) -> Result<Template> {
    let mut state = (seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let values = (0..space.dimensions).map(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    });
    Ok(Template::from_embedding(space.clone(), values.collect())?)
}

/// A secret and what the server keeps of it.
fn token() -> (String, Digest) {
    let secret = URL_SAFE_NO_PAD.encode([Uuid::new_v4().into_bytes(), Uuid::new_v4().into_bytes()].concat());
    let digest = Digest(Sha256::digest(secret.as_bytes()).into());
    (secret, digest)
}

/// Written through the store, for nobody signs a thousand people in one after the other.
pub(crate) async fn make(
    data: &Path,
    manifest: &Path,
    storage_key: &str,
    entries: u64,
    devices: usize,
    now: Timestamp,
) -> Result<Site> {
    let space = Manifest::parse(&std::fs::read_to_string(manifest)?)?.space()?;
    let vault = Vault::open(&data.join("keys"), StorageKey::from_hex(storage_key)?)?;
    let store = SqliteStore::open(&data.join("vedette.db"), vault, None).await?;
    let mut tx = store.write().await?;
    let user = UserRow {
        id: UserId::new(Uuid::now_v7()),
        name: "Ada".into(),
        roles: vec![RoleGrant {
            role: Role::Administrator,
            trained_until: None,
        }],
        created_at: now,
    };
    // Nobody signs in with it.
    tx.add_user(&user, &PasswordHash("none".into())).await?;
    let deployment = DeploymentRow {
        id: DeploymentId::new(Uuid::now_v7()),
        name: "Rehearsal".into(),
        place: "Pier 4".into(),
        created_at: now,
        ends_at: now + SignedDuration::from_hours(12),
        space: space.clone(),
        target: Target::DEFAULT,
        state: DeploymentState::Live { started_at: now },
        record: None,
        pauses: Vec::new(),
    };
    tx.add_deployment(&deployment).await?;
    let deployment = tx.deployment(deployment.id).await?.unwrap_or(deployment);
    for seed in 0..entries {
        let entry = EntryId::new(Uuid::now_v7());
        tx.add_entry(&NewEntry {
            id: entry,
            deployment: deployment.id,
            name: format!("Volunteer {seed}"),
            particulars: None,
            created_at: now,
        })
        .await?;
        let photo = PhotoRow {
            id: PhotoId::new(Uuid::now_v7()),
            created_at: now,
            quality: 0.9,
        };
        let reference = template(&deployment.space, seed)?;
        tx.add_photo(deployment.id, entry, &photo, &reference, &Jpeg(vec![0xFF; 64]))
            .await?;
    }
    let mut cookies = Vec::new();
    for number in 0..devices {
        let device = DeviceRow {
            id: DeviceId::new(Uuid::now_v7()),
            name: format!("Tablet {number}"),
            paired_at: now,
            revoked_at: None,
        };
        let ((paired, of_device), (signed_in, of_session)) = (token(), token());
        tx.add_device(&device, of_device).await?;
        tx.add_session(of_session, user.id, Some(device.id), now).await?;
        cookies.push(format!("vedette_session={signed_in}; vedette_device={paired}"));
    }
    tx.commit().await?;
    store.close().await;
    Ok(Site {
        deployment: deployment.id,
        space: deployment.space,
        cookies,
    })
}
