//! Every endpoint by every role, tried out and written down in `server/access.md`.

use std::fmt::Write as _;

use super::operations::plan;
use super::*;
use vedette_store::row::{Band, NewAlert, Role};

const HEAD: &str = "# Who may do what

Tried out by a test for every endpoint with every role, each held by somebody who is trained for it, signed in on a paired device.
**both**: in exercises with volunteers and in operations. Empty: refused. A role without training that holds counts for nothing in an
operation. Whoever wrote on a plan can't sign it, and whoever signed for an operation neither cares for its watchlist nor captures nor decides.
Whoever recorded a complaint, or wrote the plan that it is about, can't close it.

";

/// What changes most comes last, so that it spoils nothing for the others.
fn gentle_first(operations: &mut [(String, String, String)]) {
    let spoils = |method: &str, path: &str| match (method, path) {
        ("delete", "/v1/session") => 4,
        // What the session may do from then on is a kiosk's.
        ("post", path) if path.ends_with("/kiosk") => 3,
        ("post", path) if path.ends_with("/pause") || path.ends_with("/resume") => 1,
        ("post", path) if path.ends_with("/end") || path.ends_with("/withdrawal") => 2,
        ("delete", _) => 1,
        _ => 0,
    };
    operations.sort_by_key(|(method, path, _)| spoils(method, path));
}

/// A server with one deployment that has an alert, and somebody with that role.
async fn prepared(role: &str, operation: bool) -> (Server, Browser, String, String) {
    let server = Server::new().await;
    let admin = server.set_up().await;
    server.account(&admin, "Somebody", &[role]).await;
    let mut somebody = server.signed_in("Somebody").await;
    server.pair(&admin, &mut somebody).await;
    let id = if operation {
        server.account(&admin, "Cora", &["commander"]).await;
        let cora = server.signed_in("Cora").await;
        let answer = server.post(&cora, "/v1/operations", plan(&server)).await;
        answer.ok()["id"].as_str().unwrap().to_owned()
    } else {
        server.draft(&admin).await
    };
    let devices = server.get(&admin, "/v1/devices").await.ok();
    let alert = NewAlert {
        id: vedette_core::id::AlertId::new(Uuid::from_u128(77)),
        deployment: id.parse().unwrap(),
        entry: vedette_core::id::EntryId::new(Uuid::from_u128(78)),
        device: devices[0]["id"].as_str().unwrap().parse().unwrap(),
        track: vedette_core::id::TrackId::new(Uuid::from_u128(79)),
        raised_at: server.app.now(),
        band: Band::Strong,
    };
    let mut tx = server.app.store.write().await.unwrap();
    assert!(tx.raise_alert(&alert).await.unwrap());
    tx.commit().await.unwrap();
    (server, somebody, id, alert.id.to_string())
}

async fn refused(server: &Server, request: Request<Body>) -> bool {
    let answer = server.router.clone().oneshot(request).await.unwrap();
    if !matches!(answer.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        return false;
    }
    let bytes = axum::body::to_bytes(answer.into_body(), 1 << 16).await.unwrap();
    let kind = serde_json::from_slice::<Value>(&bytes).unwrap()["type"].clone();
    [Kind::NotAllowed, Kind::NotPaired]
        .iter()
        .any(|refusal| kind == refusal.slug())
}

/// R114, R115, R97: a new endpoint without a row fails here.
#[tokio::test]
async fn the_written_table_of_every_endpoint_by_every_role_is_what_the_server_does() {
    let mut all = operations();
    gentle_first(&mut all);
    let roles = Role::ALL.map(|role| serde_json::to_value(role).unwrap().as_str().unwrap().to_owned());
    let mut allowed = std::collections::BTreeMap::<(String, String), Vec<[bool; 2]>>::new();
    for role in &roles {
        for operation in [false, true] {
            let (server, somebody, deployment, alert) = prepared(role, operation).await;
            for (method, path, called) in &all {
                let id = match path {
                    path if path.starts_with("/v1/deployments/") => &deployment,
                    path if path.starts_with("/v1/alerts/") => &alert,
                    _ => &Uuid::from_u128(5).to_string(),
                };
                let called = called.replace(&Uuid::from_u128(5).to_string(), id);
                let request = Server::request(&method.to_uppercase(), &called, &somebody)
                    .body(Body::empty())
                    .unwrap();
                let cells = allowed.entry((path.clone(), method.clone())).or_default();
                let may = !refused(&server, request).await;
                match operation {
                    false => cells.push([may, false]),
                    true => cells.last_mut().unwrap()[1] = may,
                }
            }
        }
    }
    let mut table = HEAD.to_owned();
    writeln!(table, "| endpoint | {} |", roles.join(" | ").replace('_', " ")).unwrap();
    writeln!(table, "|{}", "---|".repeat(roles.len() + 1)).unwrap();
    for ((path, method), cells) in &allowed {
        let cells: Vec<_> = cells
            .iter()
            .map(|[exercise, operation]| match (exercise, operation) {
                (true, true) => "both",
                (true, false) => "exercise",
                (false, true) => "operation",
                (false, false) => "",
            })
            .collect();
        writeln!(table, "| {} {path} | {} |", method.to_uppercase(), cells.join(" | ")).unwrap();
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/access.md");
    if std::env::var_os("VEDETTE_WRITE_ACCESS").is_some() {
        std::fs::write(file, &table).unwrap();
    }
    assert!(
        include_str!("../../../access.md") == table || std::fs::read_to_string(file).unwrap() == table,
        "server/access.md is stale; run this test with VEDETTE_WRITE_ACCESS=1, and read what changed"
    );
}
