use proptest::prelude::*;
use uuid::Uuid;
use vedette_core::id::{AlertId, EntryId, PhotoId};

use crate::rights::HeldPicture;

use super::*;
use crate::clearance::Kind;

fn deployment(n: u128) -> DeploymentId {
    DeploymentId::new(Uuid::from_u128(n))
}

fn storage_key(byte: u8) -> StorageKey {
    StorageKey::from_hex(&hex::encode([byte; 32])).unwrap()
}

fn place() -> impl Strategy<Value = Place> {
    let ids = (0..3u128, 0..3u128, 0..3u128, 0..16u8);
    ids.prop_map(|(owner, entry, photo, field)| {
        let (entry, photo) = (Uuid::from_u128(entry), Uuid::from_u128(photo));
        Place {
            deployment: deployment(owner),
            part: match field {
                0 => Part::Name(EntryId::new(entry)),
                1 => Part::Template(EntryId::new(entry), PhotoId::new(photo)),
                2 => Part::Photo(EntryId::new(entry), PhotoId::new(photo)),
                3 => Part::Particulars(EntryId::new(entry)),
                kind @ 4..10 => Part::Clearance(EntryId::new(entry), Kind::ALL[usize::from(kind) - 4]),
                10 => Part::Probe(AlertId::new(entry)),
                11 => Part::Engagement(AlertId::new(entry)),
                12 => Part::HeldPicture(HoldId::new(entry), HeldPicture::Probe),
                13 => Part::HeldPicture(HoldId::new(entry), HeldPicture::Reference),
                14 => Part::HoldNote(HoldId::new(entry)),
                _ => Part::Complaint(ComplaintId::new(entry)),
            },
        }
    })
}

proptest! {
    #[test]
    fn what_is_sealed_opens_with_its_key_in_its_place_and_nowhere_else(
        plain in proptest::collection::vec(any::<u8>(), 0..300),
        there in place(),
        elsewhere in place(),
    ) {
        let key = Key::random().unwrap();
        let sealed = key.seal(there, &plain).unwrap();
        prop_assert_eq!(&*key.open(there, &sealed).unwrap(), &plain);
        prop_assert!(Key::random().unwrap().open(there, &sealed).is_err());
        if format!("{there:?}") != format!("{elsewhere:?}") {
            prop_assert!(key.open(elsewhere, &sealed).is_err());
        }
        prop_assert_ne!(key.seal(there, &plain).unwrap(), sealed);
    }

    #[test]
    fn a_changed_byte_is_found(plain in proptest::collection::vec(any::<u8>(), 0..60), at in any::<prop::sample::Index>(), bit in 0..8u32) {
        let key = Key::random().unwrap();
        let place = Place { deployment: deployment(1), part: Part::Probe(AlertId::new(Uuid::nil())) };
        let mut sealed = key.seal(place, &plain).unwrap();
        *at.get_mut(&mut sealed) ^= 1u8 << bit;
        prop_assert!(key.open(place, &sealed).is_err());
        sealed.truncate(at.index(sealed.len()));
        prop_assert!(key.open(place, &sealed).is_err());
    }
}

#[test]
fn a_vault_is_opened_again_with_the_key_that_wrapped_it_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    let made = Vault::open(&path, storage_key(1)).unwrap().make(deployment(1)).unwrap();
    let again = Vault::open(&path, storage_key(1)).unwrap();
    assert_eq!(again.key(deployment(1)).unwrap().id(), made);
    assert!(matches!(again.key(deployment(2)), Err(StoreError::KeyGone)));
    let other = Vault::open(&path, storage_key(2)).unwrap_err();
    assert!(matches!(other, VaultError::OtherStorageKey { .. }), "{other}");
}

#[test]
fn a_key_file_does_not_serve_another_deployment_nor_when_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path(), storage_key(1)).unwrap();
    vault.make(deployment(1)).unwrap();
    let (one, other) = (
        files::path(folder.path(), deployment(1).as_uuid()),
        files::path(folder.path(), deployment(2).as_uuid()),
    );
    std::fs::copy(&one, &other).unwrap();
    assert!(matches!(
        Vault::open(folder.path(), storage_key(1)),
        Err(VaultError::Damaged { path }) if path == other
    ));
    std::fs::write(&other, "{}").unwrap();
    assert!(matches!(
        Vault::open(folder.path(), storage_key(1)),
        Err(VaultError::Damaged { .. })
    ));
}

#[test]
fn a_destroyed_key_is_gone_for_every_vault_that_has_not_opened_it() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path(), storage_key(1)).unwrap();
    vault.make(deployment(1)).unwrap();
    vault.destroy(deployment(1)).unwrap();
    vault.destroy(deployment(1)).unwrap();
    assert!(matches!(vault.key(deployment(1)), Err(StoreError::KeyGone)));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_broken_attempts_left_of_a_key_is_destroyed_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path(), storage_key(1)).unwrap();
    vault.make(deployment(1)).unwrap();
    let file = files::path(folder.path(), deployment(1).as_uuid());
    // A rotation and a destruction, each cut off.
    std::fs::copy(&file, file.with_extension("new")).unwrap();
    std::fs::rename(&file, file.with_extension("destroyed")).unwrap();
    drop(vault);
    let vault = Vault::open(folder.path(), storage_key(1)).unwrap();
    assert!(matches!(vault.key(deployment(1)), Err(StoreError::KeyGone)));
    vault.destroy(deployment(1)).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn keys_are_wrapped_anew_also_when_an_attempt_was_broken_off() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path(), storage_key(1)).unwrap();
    let ids = [1, 2, 3].map(|n| vault.make(deployment(n)).unwrap());
    // Broken off after the first.
    let key = files::read(
        &files::path(folder.path(), deployment(1).as_uuid()),
        deployment(1).as_uuid(),
        &storage_key(1),
    )
    .unwrap();
    files::write(folder.path(), deployment(1).as_uuid(), &key, &storage_key(2)).unwrap();
    assert_eq!(
        Vault::rewrap(folder.path(), &storage_key(1), &storage_key(2)).unwrap(),
        3
    );
    let vault = Vault::open(folder.path(), storage_key(2)).unwrap();
    assert_eq!([1, 2, 3].map(|n| vault.key(deployment(n)).unwrap().id()), ids);
    assert!(Vault::open(folder.path(), storage_key(1)).is_err());
}

#[cfg(target_os = "linux")]
#[test]
fn r109_keys_lie_in_locked_memory() {
    use crate::memory::{can_lock, tests::is_locked};
    if !can_lock(1 << 16) {
        eprintln!("this system lets nothing be locked; not tested");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path(), storage_key(1)).unwrap();
    vault.make(deployment(1)).unwrap();
    let again = Vault::open(folder.path(), storage_key(1)).unwrap();
    for key in [vault.key(deployment(1)).unwrap(), again.key(deployment(1)).unwrap()] {
        assert!(is_locked(key.bytes()));
    }
    assert!(is_locked(again.storage_key.0.bytes()));
}

#[test]
fn debug_shows_no_key() {
    let key = storage_key(0xab);
    assert!(!format!("{key:?}").contains("abab"), "{key:?}");
    assert!(StorageKey::from_hex("ab").is_err());
    assert_eq!(*StorageKey::from_hex(&key.to_hex()).unwrap().to_hex(), *key.to_hex());
}
