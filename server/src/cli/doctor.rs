//! Checks what the server needs, and says in plain words what is wrong.

use std::net::TcpListener;

use vedette_store::Store as _;
use vedette_store::sqlite::SqliteStore;

use super::settings::Settings;
use super::{Failure, about_store};
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
    match wrong {
        0 => Ok(()),
        n => Err(Failure::Said(format!("{n} of the checks failed; see above."))),
    }
}
