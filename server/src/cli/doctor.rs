//! Checks what the server needs, and says in plain words what is wrong.

use std::net::TcpListener;

use vedette_store::Store as _;
use vedette_store::memory::can_lock;
use vedette_store::sqlite::SqliteStore;

use super::settings::Settings;
use super::{Failure, about_store, lock_as_much_as_allowed};
use crate::domain::deployment::MOST_ENTRIES;
use crate::enrolment::MOST_PHOTOS;
use crate::models::Models;

pub(super) async fn run(settings: Settings) -> Result<(), Failure> {
    let mut wrong = 0;
    let mut report = |what: &str, result: Result<String, String>| match result {
        Ok(detail) => println!("ok     {what}: {detail}"),
        Err(reason) => {
            wrong += 1;
            println!("WRONG  {what}: {reason}");
        }
    };
    let models = Models::load(&settings.models)
        .map(|models| {
            format!(
                "verified in {}, model {}",
                settings.models.display(),
                models.space.model
            )
        })
        .map_err(|error| error.to_string());
    report("models", models);
    let path = settings.data.join("vedette.db");
    let database = if path.is_file() {
        let checked = async {
            let store = SqliteStore::inspect(&path).await?;
            let checked = store.check().await;
            store.close().await;
            checked
        };
        let checked = checked.await.map_err(|error| about_store(&error, &path));
        checked.map(|()| format!("sound, in {}", settings.data.display()))
    } else {
        Ok(format!(
            "none in {} yet; the server makes it when it first starts",
            settings.data.display()
        ))
    };
    report("database", database);
    for (what, address) in [("http", Some(settings.http)), ("https", settings.https)] {
        let Some(address) = address else { continue };
        let free = TcpListener::bind(address)
            .map(|_| format!("{address} is free"))
            .map_err(|error| {
                format!("{address} can't be used ({error}). A running server uses it; else choose another.")
            });
        report(what, free);
    }
    println!("{}", about_memory());
    match wrong {
        0 => Ok(()),
        n => Err(Failure::Said(format!("{n} of the checks failed; see above."))),
    }
}

/// Numbers of four bytes, as many as the shipped model's templates have, and room for keys.
pub(super) const LONGEST_LOCKED: usize = MOST_ENTRIES as usize * MOST_PHOTOS * 128 * 4 + (1 << 20);

/// The server runs without, so this fails nothing.
fn about_memory() -> String {
    lock_as_much_as_allowed();
    let needed = LONGEST_LOCKED.div_ceil(1 << 20);
    match can_lock(LONGEST_LOCKED) {
        true => format!("ok     memory: keys and the longest watchlist ({needed} MiB) can be locked"),
        false => format!(
            "note   memory: keys and the longest watchlist take {needed} MiB, and less than that may be locked. What isn't may \
             reach the swap space. Raise the limit (ulimit -l, LimitMEMLOCK= of the service), or run without swap."
        ),
    }
}
