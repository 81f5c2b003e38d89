//! Lists of thousands, from outside.

use std::fmt::Write as _;
use std::time::Instant;

use serde_json::{Value, json};
use vedette_tests::{Product, photo, template};

use super::enrol::{enrol, fixture, words};

const HEADINGS: &str = "name,nominal_id,category,response,lawful_basis,legal_status,source_system,reason,reviewer,image_source,image_taken_on,born_on,possible_minor,vulnerability,sensitive_source,photos\n";

/// A row that is right, but for what stands in its last cells.
fn row(name: &str, number: &str, born: &str, photos: &str) -> String {
    format!(
        "{name},{number},Deportation order,,Immigration Act,Order of 3 May,Atlas,Seen here,Rita,Visa,2026-06-30,{born},,,,{photos}\n"
    )
}

/// R16, R17, R23 at the command line.
#[test]
fn r16_an_operations_list_is_enrolled_from_the_command_line_and_goes_on_where_it_stopped() {
    let product = Product::start();
    product.set_up();
    let id = product.operation();
    let folder = tempfile::tempdir().unwrap();
    for name in ["obama.jpg", "obama3.jpg", "astronaut.png"] {
        std::fs::write(folder.path().join(name), fixture(name)).unwrap();
    }
    let list = folder.path().join("list.csv");
    let report = folder.path().join("report.csv");
    let arguments = ["--as", "Lina", "--report", report.to_str().unwrap()];
    let first = row("Barack", "N/1", "1961-08-04", "obama.jpg; obama3.jpg");
    let wrong = row("Nobody", "N/2", "1990-13-01", "gone.jpg");
    let unsaid = row("Unsaid", "N/3", "", "astronaut.png");
    std::fs::write(&list, format!("{HEADINGS}{first}{wrong}{unsaid}")).unwrap();
    // Somebody who keeps lists answers for it.
    for (named, why) in [
        (None, "--as NAME"),
        (Some("Nobody Else"), "Nobody is called"),
        (Some("Cora"), "may not keep this list"),
    ] {
        let named: Vec<&str> = named.map(|name| vec!["--as", name]).unwrap_or_default();
        let run = enrol(&product, &id, &list, &named);
        assert!(!run.status.success() && words(&run).contains(why), "{}", words(&run));
    }
    let run = enrol(&product, &id, &list, &arguments);
    assert!(!run.status.success());
    let said = words(&run);
    assert!(
        said.contains("line 3, gone.jpg: born_on: This is no day.") && said.contains("nobody was enrolled"),
        "{said}"
    );
    assert!(
        said.contains("line 4, astronaut.png: possible_minor: Say yes or no"),
        "{said}"
    );
    assert!(product.entries(&id).is_empty());

    let folder_only = enrol(&product, &id, folder.path(), &["--as", "Lina"]);
    assert!(words(&folder_only).contains("an operation's list is a CSV file"));

    std::fs::write(&list, format!("{HEADINGS}{first}")).unwrap();
    let run = enrol(&product, &id, &list, &arguments);
    assert!(run.status.success(), "{}", words(&run));
    assert!(words(&run).contains("people 1, photographs 2"), "{}", words(&run));

    // Somebody more, who may be under age.
    let minor = row("Eileen", "N/3", "2015-01-01", "astronaut.png");
    std::fs::write(&list, format!("{HEADINGS}{first}{minor}")).unwrap();
    let run = enrol(&product, &id, &list, &arguments);
    let said = words(&run);
    assert!(run.status.success(), "{said}");
    assert!(said.contains("On the list already, and left as they are: 1."), "{said}");
    assert!(
        said.contains("1 of them are not matched until somebody has decided"),
        "{said}"
    );
    let entries = product.entries(&id);
    assert_eq!((entries.len(), &entries[1]["waits"]), (2, &json!(true)));
    assert_eq!(entries[0]["particulars"]["nominal_id"], "N/1");
    let lines = std::fs::read_to_string(&report).unwrap();
    assert_eq!(lines.matches(",listed,").count(), 2, "{lines}");
    assert!(
        lines
            .lines()
            .any(|line| line.contains("Eileen") && line.ends_with(",yes")),
        "{lines}"
    );
}

#[test]
fn r26_the_command_line_reports_a_photograph_that_was_compressed_too_strongly() {
    let product = Product::start();
    product.set_up();
    let id = product.operation();
    let folder = tempfile::tempdir().unwrap();
    let picture = image::load_from_memory(&fixture("obama.jpg")).unwrap();
    let mut strong = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut strong, 12);
    picture.write_with_encoder(encoder).unwrap();
    std::fs::write(folder.path().join("chat.jpg"), strong).unwrap();
    std::fs::write(folder.path().join("biden.jpg"), fixture("biden.jpg")).unwrap();
    let list = folder.path().join("list.csv");
    let report = folder.path().join("report.csv");
    let rows = [
        row("From a chat", "N/1", "1961-08-04", "chat.jpg"),
        row("From the register", "N/2", "1942-11-20", "biden.jpg"),
    ];
    std::fs::write(&list, format!("{HEADINGS}{}", rows.concat())).unwrap();
    let arguments = ["--as", "Lina", "--report", report.to_str().unwrap(), "--skip-faulty"];
    let run = enrol(&product, &id, &list, &arguments);
    assert!(run.status.success(), "{}", words(&run));
    let lines = std::fs::read_to_string(&report).unwrap();
    let told = lines.lines().find(|line| line.contains("chat.jpg")).unwrap();
    assert!(
        told.contains("compressed too strongly, to a JPEG quality of about 12"),
        "{told}"
    );
    let names: Vec<Value> = product.entries(&id).iter().map(|entry| entry["name"].clone()).collect();
    assert_eq!(names, ["From the register"]);
}

/// R16: ten thousand rows are checked at once, and listed in batches. Says what it takes.
#[test]
fn r16_a_list_of_ten_thousand_is_checked_whole_and_listed_in_batches() {
    const ROWS: u64 = 10_000;
    const LISTED: u64 = 1_500;
    const BATCH: u64 = 50;
    let product = Product::start();
    product.set_up();
    let id = product.operation();
    let mut csv = HEADINGS.to_owned();
    for number in 0..ROWS {
        let born = if number % 100 == 0 { "2030-01-01" } else { "1990-01-01" };
        write!(
            csv,
            "{}",
            row(
                &format!("Person {number}"),
                &format!("N/{number}"),
                born,
                &format!("{number}.jpg")
            )
        )
        .unwrap();
    }
    let photos: Vec<String> = (0..ROWS).map(|number| format!("{number}.jpg")).collect();
    let body = json!({ "csv": csv, "photos": photos });
    let start = Instant::now();
    let reply = product.post(&format!("/v1/deployments/{id}/roster/check"), &body);
    println!(
        "{ROWS} rows checked in {:.2?}, the request and its answer included",
        start.elapsed()
    );
    let rows = reply.body["rows"].as_array().unwrap();
    let faulty = rows.iter().filter(|row| !row["faults"].as_array().unwrap().is_empty());
    assert_eq!((rows.len() as u64, faulty.count() as u64), (ROWS, ROWS / 100));

    let good: Vec<&Value> = rows.iter().filter(|row| row["particulars"].is_object()).collect();
    let picture = photo(7);
    let start = Instant::now();
    for (at, batch) in good[..LISTED as usize].chunks(BATCH as usize).enumerate() {
        let entries: Vec<Value> = batch
            .iter()
            .enumerate()
            .map(|(n, row)| {
                let face = template(at as u64 * BATCH + n as u64 + 1);
                let portrait = product.new_entry(&id, "", &face, &picture)["portrait"].clone();
                json!({ "name": row["name"], "particulars": row["particulars"], "portraits": [portrait] })
            })
            .collect();
        let reply = product.post(
            &format!("/v1/deployments/{id}/entries/batch"),
            &json!({ "entries": entries }),
        );
        let results = reply.body["results"]
            .as_array()
            .unwrap_or_else(|| panic!("{}", reply.body));
        assert!(
            results.iter().all(|result| result["outcome"] == "listed"),
            "{}",
            reply.body
        );
    }
    let took = start.elapsed();
    println!(
        "{LISTED} people listed in {took:.2?}, {:.1?} for each",
        took / LISTED as u32
    );
    assert_eq!(product.entries(&id).len() as u64, LISTED);
    let again = json!({ "csv": csv, "photos": photos });
    let reply = product.post(&format!("/v1/deployments/{id}/roster/check"), &again);
    let known = reply.body["rows"].as_array().unwrap();
    let known = known.iter().filter(|row| row["already_listed"] == true).count();
    assert_eq!(known as u64, LISTED);
}
