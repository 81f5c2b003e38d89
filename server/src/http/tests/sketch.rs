//! The drawing of an operation's place: part of the plan, and so of what is signed.

use super::operations::{plan, staff};
use super::*;

fn sketch() -> Value {
    let spot = |x: u32, y: u32| json!({ "x_cm": x, "y_cm": y });
    json!({
        "width_cm": 3000, "depth_cm": 2000,
        "zone": [spot(1000, 500), spot(2000, 500), spot(2000, 1200), spot(1000, 1200)],
        "marks": [
            { "kind": "camera", "at": spot(1500, 100), "note": " Mast 1 " },
            { "kind": "sign", "at": spot(1500, 1900), "note": "" },
        ],
    })
}

fn drawn(server: &Server, sketch: Value) -> Value {
    let mut whole = plan(server);
    whole["plan"]["sketch"] = sketch;
    whole
}

#[tokio::test]
async fn r3_the_sketch_is_part_of_what_is_signed() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let cora = &staff.commander;
    let planned = server.post(cora, "/v1/operations", plan(&server)).await.ok();
    assert_eq!(planned["operation"]["plan"].get("sketch"), None);
    let path = format!("/v1/deployments/{}", planned["id"].as_str().unwrap());
    let amended = |sketch| {
        let body = drawn(&server, sketch);
        let (server, path) = (&server, format!("{path}/plan"));
        async move { server.put(cora, &path, body).await.ok()["operation"].clone() }
    };
    let first = amended(sketch()).await;
    assert_eq!(first["plan"]["sketch"]["marks"][0]["note"], "Mast 1");
    assert_ne!(first["content_sha256"], planned["operation"]["content_sha256"]);
    server.signed(&staff, planned["id"].as_str().unwrap()).await;
    let mut moved = sketch();
    moved["marks"][1]["at"]["x_cm"] = json!(1501);
    let second = amended(moved).await;
    assert_ne!(second["content_sha256"], first["content_sha256"]);
    assert_eq!(
        second["stage"]["kind"], "planned",
        "nobody has signed for a camera that was moved"
    );
}

#[tokio::test]
async fn a_sketch_that_nobody_could_draw_is_refused_with_what_is_wrong() {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let refused = async |sketch: Value| {
        let answer = server
            .post(&staff.commander, "/v1/operations", drawn(&server, sketch))
            .await;
        answer.is(Kind::Invalid);
    };
    let with = |path: &str, value: Value| {
        let mut changed = sketch();
        *changed.pointer_mut(path).unwrap() = value;
        changed
    };
    for (path, value) in [
        ("/width_cm", json!(100)),
        ("/width_cm", json!(1e9)),
        ("/width_cm", json!("NaN")),
        ("/depth_cm", json!(-2000)),
        ("/depth_cm", json!(2000.5)),
        ("/zone", json!([])),
        ("/zone/0/x_cm", json!(3001)),
        ("/marks", json!([])),
        ("/marks/0/kind", json!("tower")),
        ("/marks/0/at/y_cm", json!(2001)),
        ("/marks/1/note", json!("x".repeat(81))),
    ] {
        refused(with(path, value)).await;
    }
    assert_eq!(server.get(&staff.commander, "/v1/deployments").await.ok(), json!([]));
}
