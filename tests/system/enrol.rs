//! `vedette enrol`: a folder, a list, an archive, and what can't be used.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use vedette_tests::{Product, binary, repository};
use zip::write::SimpleFileOptions;

pub(super) fn enrol(product: &Product, deployment: &str, source: &Path, more: &[&str]) -> Output {
    Command::new(binary())
        .args(["enrol", "--deployment", deployment, "--data"])
        .arg(product.data.path())
        .arg(source)
        .args(more)
        .current_dir(repository())
        .output()
        .unwrap()
}

pub(super) fn words(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

pub(super) fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(repository().join("tests/fixtures").join(name)).unwrap()
}

#[test]
fn people_of_a_folder_are_enrolled_beside_a_running_server() {
    let product = Product::start();
    product.set_up();
    let id = product.pilot(3600);
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("Barack")).unwrap();
    for name in ["obama.jpg", "obama3.jpg"] {
        std::fs::write(folder.path().join("Barack").join(name), fixture(name)).unwrap();
    }
    std::fs::write(folder.path().join("Eileen.png"), fixture("astronaut.png")).unwrap();
    let run = enrol(&product, "Rehearsal", folder.path(), &[]);
    assert!(run.status.success(), "{}", words(&run));
    assert!(words(&run).contains("people 2, photographs 3"), "{}", words(&run));
    let entries = product.get(&format!("/v1/deployments/{id}/entries")).body;
    let mut listed: Vec<(&str, usize)> = entries
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["name"].as_str().unwrap(), e["photos"].as_array().unwrap().len()))
        .collect();
    listed.sort_unstable();
    assert_eq!(listed, [("Barack", 2), ("Eileen", 1)]);

    // The same man under another name is pointed out.
    let twin = tempfile::tempdir().unwrap();
    std::fs::write(twin.path().join("Twin.jpg"), fixture("obama.jpg")).unwrap();
    let run = enrol(&product, &id, twin.path(), &[]);
    assert!(words(&run).contains("Twin looks like Barack"), "{}", words(&run));

    assert_eq!(
        product
            .post(&format!("/v1/deployments/{id}/start"), &serde_json::json!({}))
            .status,
        200
    );
    let run = enrol(&product, &id, twin.path(), &[]);
    assert!(
        !run.status.success() && words(&run).contains("is live"),
        "{}",
        words(&run)
    );
}

#[test]
fn a_list_with_faults_enrols_nobody_until_it_is_told_to() {
    let product = Product::start();
    product.set_up();
    let id = product.pilot(3600);
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mut archive = zip::ZipWriter::new(std::fs::File::create(at("photos.zip")).unwrap());
    for (name, bytes) in [
        ("a.jpg", fixture("obama.jpg")),
        ("b.jpg", fixture("obama3.jpg")),
        ("c.png", fixture("astronaut.png")),
        ("letter.jpg", b"Dear Sir".to_vec()),
    ] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(&bytes).unwrap();
    }
    archive.finish().unwrap();
    std::fs::write(
        at("list.csv"),
        "name,file,person\nBarack,a.jpg,1\nBarack,b.jpg,1\nEileen,c.png,2\nEileen,a.jpg,2\nLetter,letter.jpg,3\nGone,gone.jpg,4\n ,c.png,5\n",
    )
    .unwrap();
    let archived = ["--photos", at("photos.zip").to_str().unwrap()].map(str::to_owned);
    let report = at("report.csv");
    let mut arguments: Vec<&str> = archived.iter().map(String::as_str).collect();
    arguments.extend(["--report", report.to_str().unwrap()]);
    let run = enrol(&product, &id, &at("list.csv"), &arguments);
    assert!(!run.status.success());
    let said = words(&run);
    assert!(
        said.contains("3 of 7 photographs can't be used, so nobody was enrolled"),
        "{said}"
    );
    for fault in [
        "line 6, letter.jpg: it isn't a JPEG",
        "line 7, gone.jpg: the archive has no such file",
        "line 8, c.png: the name",
    ] {
        assert!(said.contains(fault), "{said}");
    }
    let entries = || {
        product
            .get(&format!("/v1/deployments/{id}/entries"))
            .body
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(entries(), 0);

    arguments.push("--skip-faulty");
    let run = enrol(&product, &id, &at("list.csv"), &arguments);
    assert!(run.status.success(), "{}", words(&run));
    assert_eq!(entries(), 2);
    assert!(
        words(&run).contains("The photographs of Eileen do not look like one person"),
        "{}",
        words(&run)
    );
    let lines = std::fs::read_to_string(&report).unwrap();
    assert_eq!(
        lines.lines().filter(|line| line.contains(",enrolled,")).count(),
        4,
        "{lines}"
    );
    assert_eq!(
        lines.lines().filter(|line| line.contains(",faulty,")).count(),
        3,
        "{lines}"
    );
}

#[test]
fn a_source_that_is_none_is_refused_in_words() {
    let product = Product::start();
    product.set_up();
    product.pilot(3600);
    let folder = tempfile::tempdir().unwrap();
    let said = |deployment: &str, source: &Path, more: &[&str]| {
        let run = enrol(&product, deployment, source, more);
        assert!(!run.status.success());
        words(&run)
    };
    assert!(said("Rehearsal", folder.path(), &[]).contains("holds no photographs"));
    let list = folder.path().join("list.csv");
    std::fs::write(&list, "person,picture\n").unwrap();
    assert!(said("Rehearsal", &list, &[]).contains("must name the columns name and file"));
    std::fs::write(&list, "name,file\nAnn,a.jpg\n").unwrap();
    assert!(said("Elsewhere", &list, &[]).contains("no deployment called Elsewhere"));
    assert!(said("Rehearsal", &list, &["--photos", list.to_str().unwrap()]).contains("isn't a zip archive"));
    assert!(said("Rehearsal", &list, &[]).contains("1 of 1 photographs can't be used"));
}
