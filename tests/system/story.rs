//! An operation's whole life, through the built binary: each step by whoever may take it, in a browser of their own.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use uuid::Uuid;
use vedette_core::template::Template;
use vedette_core::transform::{Seed, Transform};
use vedette_tests::{PASSWORD, Product, Visitor, binary, candidate, delivery, photo, template};

const ROWS: u64 = 500;
const FAULTY: u64 = 30;
const BATCH: usize = 50;
/// Longer than an answer may take that nobody can have looked for.
const LOOKED: Duration = Duration::from_millis(2_100);

const COLUMNS: &str = "name,nominal_id,category,response,lawful_basis,legal_status,source_system,reason,reviewer,image_source,image_taken_on,born_on,possible_minor,vulnerability,sensitive_source,photos";

struct Staff {
    commander: Visitor,
    authoriser: Visitor,
    lists: Visitor,
    operator: Visitor,
    engager: Visitor,
    auditor: Visitor,
}

fn staff(product: &Product) -> Staff {
    let account = |name: &str, role: &str, device: bool| {
        let roles = json!([{ "role": role, "trained_until": "2099-12-31" }]);
        let account = json!({ "name": name, "password": PASSWORD, "roles": roles });
        product.post("/v1/users", &account).ok();
        let visitor = product.visitor();
        if device {
            let code = product
                .post(
                    "/v1/pairing-codes",
                    &json!({ "device_name": format!("Tablet of {name}") }),
                )
                .ok();
            visitor.post("/v1/devices", &json!({ "code": code["code"] })).ok();
        }
        visitor.sign_in_as(name, PASSWORD).ok();
        visitor
    };
    let organisation = json!({ "name": "Force", "contact": "Desk 1", "complaints": "Desk 2" });
    product.put("/v1/organisation", &organisation).ok();
    Staff {
        commander: account("Cora", "commander", false),
        authoriser: account("Abel", "authorising_officer", false),
        lists: account("Lina", "list_manager", false),
        operator: account("Otto", "operator", true),
        engager: account("Enid", "engagement_officer", true),
        auditor: account("Audrey", "auditor", false),
    }
}

fn plan(product: &Product) -> Value {
    let document =
        |kind: &str| json!({ "kind": kind, "reference": "Shelf 4", "version": "2.0", "review_by": "2099-12-31" });
    json!({
        "name": "North gate", "place": "Harbour Road", "ends_at": product.in_seconds(3_600),
        "plan": {
            "starts_at": product.in_seconds(-60), "purpose": "Find people who must leave", "legal_basis": "Immigration Act",
            "use_case": "Watchlist of people with an order", "cameras": ["Mast 1, the gate", "Mast 2, the stairs"],
            "categories": ["Deportation order"], "footfall": 3000, "necessity": "They pass here",
            "proportionality": "An hour, one gate", "alternatives": "Officers by eye found nobody",
            "documents": [
                document("data_protection_impact_assessment"), document("equality_impact_assessment"),
                document("appropriate_policy_document"), document("legal_mandate"),
            ],
            "notice": { "text": "Live facial recognition is used at Harbour Road today.", "published_on": "2026-01-01" },
        },
    })
}

fn name(n: u64) -> String {
    format!("Zebedee Quillfeather the {n}th")
}

/// The last [`FAULTY`] rows have one fault each, of six kinds; the first two need somebody else's word.
fn csv() -> String {
    let mut csv = format!("{COLUMNS}\n");
    for n in 0..ROWS {
        let fault = (n >= ROWS - FAULTY).then_some(n % 6);
        let number = match fault {
            Some(0) => String::new(),
            Some(1) => "HO/0".to_owned(),
            _ => format!("HO/{n}"),
        };
        let category = if fault == Some(2) {
            "Curiosity"
        } else {
            "Deportation order"
        };
        let taken = if fault == Some(3) { "2026-13-01" } else { "2026-01-02" };
        let photo = if fault == Some(4) {
            "gone.jpg".to_owned()
        } else {
            format!("{n}.jpg")
        };
        let reviewer = if fault == Some(5) { "" } else { "Rita" };
        let born = if n == 0 { "2015-05-05" } else { "1980-05-05" };
        let vulnerable = if n == 1 { "deaf" } else { "" };
        writeln!(
            csv,
            "{},{number},{category},red,Immigration Act,Order of 3 May,Atlas,Seen here,{reviewer},Visa,{taken},{born},,{vulnerable},,{photo}",
            name(n)
        )
        .unwrap();
    }
    csv
}

struct Space(Transform);

impl Space {
    fn of(visitor: &Visitor, deployment: &str, whose: &str) -> Self {
        let seed = visitor.bytes(&format!("/v1/deployments/{deployment}/transform/{whose}"));
        Self(Transform::new(
            &Seed::new(&seed).unwrap(),
            template(1).space().dimensions,
        ))
    }

    fn sent(&self, face: &Template) -> Template {
        self.0.apply(face.clone()).unwrap()
    }
}

/// A JPEG that is no other's: its bytes behind the header differ from the first on.
fn picture(n: u64) -> Vec<u8> {
    photo((n % 251) as u8)
}

fn vedette(product: &Product, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(binary())
        .args(arguments)
        .arg("--data")
        .arg(product.data.path())
        .output()
        .unwrap();
    let words = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&words).into_owned())
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !holds() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn import(staff: &Staff, id: &str) -> Vec<Vec<u8>> {
    let path = format!("/v1/deployments/{id}");
    let photos: Vec<_> = (0..ROWS).map(|n| format!("{n}.jpg")).collect();
    let checked = staff
        .lists
        .post(
            &format!("{path}/roster/check"),
            &json!({ "csv": csv(), "photos": photos }),
        )
        .ok();
    let rows = checked["rows"].as_array().unwrap();
    let (faulty, good): (Vec<_>, Vec<_>) = rows
        .iter()
        .enumerate()
        .partition(|(_, row)| !row["faults"].as_array().unwrap().is_empty());
    assert_eq!((rows.len() as u64, faulty.len() as u64), (ROWS, FAULTY));
    assert!(faulty.iter().all(|(n, _)| *n as u64 >= ROWS - FAULTY), "{faulty:?}");
    let listed = || staff.lists.entries(id);
    assert_eq!(listed(), Vec::<Value>::new(), "nobody is enrolled by a check");

    let space = Space::of(&staff.lists, id, "references");
    let mut secrets = Vec::new();
    for batch in good.chunks(BATCH) {
        let entries: Vec<_> = batch
            .iter()
            .map(|(n, row)| {
                let n = *n as u64;
                let (face, jpeg) = (template(n + 1), picture(n));
                let sent = space.sent(&face);
                secrets.push(name(n).into_bytes());
                secrets.extend([&face, &sent].map(|one| one.to_bytes()[16..48].to_vec()));
                secrets.push(jpeg[jpeg.len() / 2..jpeg.len() / 2 + 24].to_vec());
                let to = sent.space();
                json!({ "name": row["name"], "particulars": row["particulars"], "portraits": [{
                    "template": sent.encode(), "model": to.model, "pipeline": to.pipeline, "transform": to.transform,
                    "quality": 0.9, "photo": STANDARD.encode(&jpeg),
                }] })
            })
            .collect();
        let done = staff
            .lists
            .post(&format!("{path}/entries/batch"), &json!({ "entries": entries }))
            .ok();
        let results = done["results"].as_array().unwrap();
        assert!(results.iter().all(|result| result["outcome"] == "listed"), "{done}");
    }
    let entries = listed();
    assert_eq!(entries.len() as u64, ROWS - FAULTY);

    // Somebody under age, and somebody vulnerable: asked for by one person, granted by another.
    for (number, kind) in [("HO/0", "minor"), ("HO/1", "vulnerability")] {
        let entry = entries
            .iter()
            .find(|entry| entry["particulars"]["nominal_id"] == number)
            .unwrap();
        assert_eq!(entry["waits"], true);
        let clearance = format!("{path}/entries/{}/clearances/{kind}", entry["id"].as_str().unwrap());
        let why = json!({ "rationale": "Taken abroad by somebody who has harmed her before" });
        staff.lists.post(&format!("{clearance}/request"), &why).ok();
        let own = staff.lists.post(&format!("{clearance}/approval"), &json!({}));
        assert_eq!(own.status, 403, "{own:?}");
        staff.authoriser.post(&format!("{clearance}/approval"), &json!({})).ok();
    }
    secrets.push(b"harmed her before".to_vec());
    secrets
}

fn sign(staff: &Staff, id: &str) {
    let path = format!("/v1/deployments/{id}");
    staff.commander.post(&format!("{path}/submission"), &json!({})).ok();
    let read = staff.authoriser.get(&path).ok();
    assert_eq!(read["operation"]["under_18s"], 1);
    let signature = json!({ "rank": "Superintendent", "content_sha256": read["operation"]["content_sha256"] });
    staff.authoriser.post(&format!("{path}/authorisation"), &signature).ok();
}

/// Alerts about three people, one of each verdict; the true one confirmed by a second person, who then acts.
fn alerts(product: &Product, staff: &Staff, id: &str) -> Vec<Vec<u8>> {
    let path = format!("/v1/deployments/{id}");
    let space = Space::of(&staff.operator, id, "probes");
    let offer = |face: u64| {
        let probe = candidate(Uuid::now_v7(), &space.sent(&template(face)));
        staff.operator.post(&format!("{path}/candidates"), &probe).ok()
    };
    assert_eq!(offer(90_001), json!({ "crops_wanted": [] }), "a stranger");
    let mut secrets = Vec::new();
    let mut raised = Vec::new();
    for face in [11, 12, 13] {
        let alert = offer(face)["crops_wanted"][0].as_str().unwrap().to_owned();
        let crop = picture(240 + face);
        staff.operator.put_jpeg(&format!("/v1/alerts/{alert}/crop"), &crop).ok();
        secrets.push(crop[crop.len() / 2..crop.len() / 2 + 24].to_vec());
        raised.push(alert);
    }
    let open = |who: &Visitor, alert: &str| {
        who.post(&format!("/v1/alerts/{alert}/receipts"), &json!({ "kind": "opened" }))
            .ok()
    };
    for alert in &raised {
        open(&staff.operator, alert);
    }
    std::thread::sleep(LOOKED);
    for (alert, verdict) in raised.iter().zip(["true", "false", "inconclusive"]) {
        let factors = json!({ "subject": ["glasses"], "system": [], "environment": ["light"] });
        let answer = json!({ "verdict": verdict, "factors": factors, "delivery": delivery() });
        staff
            .operator
            .answer(&format!("/v1/alerts/{alert}/adjudication"), 2, &answer)
            .ok();
    }
    let matched = format!("/v1/alerts/{}", raised[0]);
    let engagement = json!({
        "outcome": { "kind": "engaged_true", "contact": {
            "started_at": product.in_seconds(0), "minutes": 4, "explanation_given": true, "leaflet_given": true,
            "force_used": false, "complaint": false, "disposal": "arrest",
        } },
        "officers": ["Peregrine Wintergreen"], "note": "Came along without a word of protest",
        "delivery": { "id": delivery() },
    });
    let shown = open(&staff.engager, &raised[0]);
    let version = shown["version"].as_u64().unwrap();
    let early = staff
        .engager
        .put_answer(&format!("{matched}/engagement"), version, &engagement);
    assert_eq!(
        early.status, 409,
        "R64: before a second person has confirmed: {early:?}"
    );
    std::thread::sleep(LOOKED);
    let seen = json!({ "verdict": "confirmed", "delivery": delivery() });
    let own = staff
        .operator
        .answer(&format!("{matched}/confirmation"), version, &seen);
    assert_eq!(own.status, 409, "R64: by the same person: {own:?}");
    let confirmed = staff
        .engager
        .answer(&format!("{matched}/confirmation"), version, &seen)
        .ok();
    let version = confirmed["version"].as_u64().unwrap();
    staff
        .engager
        .put_answer(&format!("{matched}/engagement"), version, &engagement)
        .ok();
    secrets.extend(["Peregrine Wintergreen", "without a word of protest"].map(|text| text.as_bytes().to_vec()));
    secrets
}

/// Every file under `folder` with what it holds.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push((path.clone(), fs::read(&path).unwrap())),
        }
    }
    found
}

#[test]
fn an_operation_is_planned_signed_filled_worked_ended_reviewed_certified_and_published_and_nobody_is_left_in_any_file()
{
    let mut product = Product::start();
    product.set_up();
    let staff = staff(&product);
    let planned = staff.commander.post("/v1/operations", &plan(&product)).ok();
    let id = planned["id"].as_str().unwrap();
    let path = format!("/v1/deployments/{id}");
    let mut secrets = import(&staff, id);
    sign(&staff, id);
    let signs = picture(250);
    staff.operator.put_jpeg(&format!("{path}/signs"), &signs).ok();
    let state = || staff.operator.get(&path).ok()["state"]["kind"].clone();
    until("it starts by itself", || state() == "live");
    secrets.extend(alerts(&product, &staff, id));

    let backup = tempfile::tempdir().unwrap();
    for file in ["vedette.db", "vedette.db-wal"] {
        fs::copy(product.data.path().join(file), backup.path().join(file)).unwrap();
    }
    staff.commander.post(&format!("{path}/end"), &json!({})).ok();
    let late = staff
        .operator
        .post(&format!("{path}/candidates"), &candidate(Uuid::now_v7(), &template(11)));
    assert_eq!(late.status, 409, "{late:?}");

    let review = json!({ "outcomes": "One arrest", "complaints": 0, "lessons": "A second sign at the stairs" });
    staff.commander.put(&format!("{path}/review"), &review).ok();
    staff
        .authoriser
        .post(&format!("{path}/review/sign-off"), &json!({ "rank": "Superintendent" }))
        .ok();
    until("the key is destroyed", || {
        staff.auditor.get(&format!("{path}/deletion")).status == 200
    });

    let certificate = staff.auditor.get(&format!("{path}/deletion")).ok();
    let file = backup.path().join("certificate.json");
    fs::write(&file, certificate.to_string()).unwrap();
    let (signed, words) = vedette(&product, &["audit", "certificate", file.to_str().unwrap()]);
    assert!(signed, "{words}");
    let (whole, words) = vedette(&product, &["audit", "verify"]);
    assert!(whole, "{words}");

    let published = String::from_utf8(staff.auditor.bytes(&format!("{path}/publication"))).unwrap();
    let mut reader = csv::Reader::from_reader(published.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let cell = |column: &str| row[columns.iter().position(|name| name == column).unwrap()].to_owned();
    for (column, value) in [
        ("location", "Harbour Road"),
        ("cameras", "2"),
        ("watchlist number", "470"),
        ("total alerts", "3"),
        ("positive alerts", "1"),
        ("positive interventions", "1"),
        ("incorrect alerts", "1"),
        ("incorrect interventions", "0"),
    ] {
        assert_eq!(cell(column), value, "{column} in {published}");
    }
    assert!(cell("arrests/disposals").contains('1'), "{published}");

    product.halt();
    let searched = AhoCorasick::new(&secrets).unwrap();
    let mut kept = files(product.data.path());
    kept.extend(files(backup.path()));
    kept.push(("output".into(), product.output().into_bytes()));
    assert!(kept.len() > 3);
    for (path, bytes) in kept {
        let found = searched.find(&bytes).map(|found| &secrets[found.pattern().as_usize()]);
        assert_eq!(found, None, "{}", path.display());
    }
}
