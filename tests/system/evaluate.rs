//! `vedette evaluate` and what it leaves behind.

use std::path::Path;
use std::process::{Command, Output};

use vedette_tests::{binary, repository};

fn evaluate(set: &Path, out: &Path, more: &[&str]) -> Output {
    Command::new(binary())
        .args(["evaluate".as_ref(), set.as_os_str(), "--out".as_ref(), out.as_os_str()])
        .args(more)
        .current_dir(repository())
        .output()
        .unwrap()
}

/// The public-domain faces, one of them twice, and a file that is none.
fn fixtures(folder: &Path) {
    for (person, file) in [
        ("astronaut", "astronaut.png"),
        ("biden", "biden.jpg"),
        ("obama", "obama.jpg"),
        ("obama", "obama3.jpg"),
    ] {
        std::fs::create_dir_all(folder.join(person)).unwrap();
        std::fs::copy(
            repository().join("tests/fixtures").join(file),
            folder.join(person).join(file),
        )
        .unwrap();
    }
    std::fs::write(folder.join("biden/letter.jpg"), "Dear Sir").unwrap();
}

#[test]
fn a_handful_of_faces_is_measured_without_claiming_a_rate() {
    let folder = tempfile::tempdir().unwrap();
    let (set, out) = (folder.path().join("set"), folder.path().join("out"));
    fixtures(&set);
    let run = evaluate(&set, &out, &[]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("report.json")).unwrap()).unwrap();
    assert_eq!(report["set"]["people"], 3);
    assert_eq!(report["set"]["unreadable"][0][0], "biden/letter.jpg");
    let rows = report["systems"][0]["rows"].as_array().unwrap();
    assert!(
        !rows.is_empty() && rows.iter().all(|row| row["said"] == "insufficient"),
        "{rows:?}"
    );
    assert!(
        std::fs::read_to_string(out.join("report.html"))
            .unwrap()
            .contains("small set")
    );
    let left: Vec<_> = std::fs::read_dir(&out)
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        left.iter().all(|name| !name.contains("templates")),
        "templates were left: {left:?}"
    );
}

#[test]
fn an_interrupted_run_goes_on_where_it_stopped_and_a_copied_file_is_pointed_out() {
    let folder = tempfile::tempdir().unwrap();
    let (set, out) = (folder.path().join("set"), folder.path().join("out"));
    fixtures(&set);
    assert!(evaluate(&set, &out, &["--keep-templates"]).status.success());
    let kept = || {
        let mut files = std::fs::read_dir(&out).unwrap().map(|f| f.unwrap().path());
        files.find(|path| path.to_string_lossy().contains("templates")).unwrap()
    };
    let text = std::fs::read_to_string(kept()).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 5);
    // As an interruption would leave it: two photographs done, the third cut off.
    std::fs::write(
        kept(),
        format!("{}\n{}\n{}", lines[0], lines[1], &lines[2][..lines[2].len() / 2]),
    )
    .unwrap();
    std::fs::copy(set.join("obama/obama.jpg"), set.join("biden/copy.jpg")).unwrap();
    assert!(evaluate(&set, &out, &["--keep-templates"]).status.success());
    let text = std::fs::read_to_string(kept()).unwrap();
    let whole = text
        .lines()
        .filter(|line| serde_json::from_str::<serde_json::Value>(line).is_ok());
    assert_eq!(whole.count(), 2 + 3 + 1, "what was done is not done again");
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("report.json")).unwrap()).unwrap();
    let copies = &report["set"]["duplicates"][0];
    assert_eq!(copies["different_people"], true);
    assert_eq!(
        copies["files"],
        serde_json::json!(["biden/copy.jpg", "obama/obama.jpg"])
    );
}

#[test]
fn what_can_not_be_measured_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let said = |set: &Path, more: &[&str]| {
        let run = evaluate(set, &at("out"), more);
        assert!(!run.status.success());
        String::from_utf8_lossy(&run.stderr).into_owned()
    };
    std::fs::create_dir_all(at("empty")).unwrap();
    assert!(said(&at("empty"), &[]).contains("holds no photographs"));
    std::fs::create_dir_all(at("alone/ann")).unwrap();
    std::fs::copy(repository().join("tests/fixtures/obama.jpg"), at("alone/ann/1.jpg")).unwrap();
    assert!(said(&at("alone"), &[]).contains("one person only (ann)"));
    for person in ["ann", "bea"] {
        std::fs::create_dir_all(at("letters").join(person)).unwrap();
        std::fs::write(at("letters").join(person).join("1.jpg"), "Dear Sir").unwrap();
    }
    assert!(said(&at("letters"), &[]).contains("Not one of the 2 files"));
    std::fs::write(at("list.csv"), "file,person\nalone/ann/1.jpg,Ann\ngone.jpg,Bea\n").unwrap();
    assert!(said(&at("list.csv"), &[]).contains("line 3: gone.jpg"));
    fixtures(&at("set"));
    assert!(said(&at("set"), &["--models", at("empty").to_str().unwrap()]).contains("manifest.toml"));
    // A model that is not the manifest's.
    let models = at("models");
    std::fs::create_dir_all(&models).unwrap();
    for file in std::fs::read_dir(repository().join("models"))
        .unwrap()
        .map(Result::unwrap)
    {
        if file.path().is_file() {
            std::fs::copy(file.path(), models.join(file.file_name())).unwrap();
        }
    }
    let embedder = models.join("face_recognition_sface_2021dec_int8bq.onnx");
    let mut bytes = std::fs::read(&embedder).unwrap();
    bytes[5_000_000] ^= 1;
    std::fs::write(&embedder, bytes).unwrap();
    let text = said(&at("set"), &["--models", models.to_str().unwrap()]);
    assert!(
        text.contains("Wrong model") && text.contains("face_recognition_sface"),
        "{text}"
    );
}
