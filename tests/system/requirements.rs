//! The table of requirements says what is so.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use vedette_tests::repository;

/// Every Rust and TypeScript source below `folder`.
fn sources(folder: &Path, text: &mut String) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !["node_modules", "target", "results"].contains(&name.as_str()) {
            sources(&path, text);
        } else if [".rs", ".ts"].iter().any(|end| name.ends_with(end)) {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn each_requirement_stands_in_the_table_once_and_what_is_called_held_names_tests_that_exist() {
    let table = fs::read_to_string(repository().join("tests/requirements.md")).unwrap();
    let mut text = String::new();
    for folder in ["server", "wasm", "www/src", "tests"] {
        sources(&repository().join(folder), &mut text);
    }
    let mut seen = BTreeSet::new();
    for row in table
        .lines()
        .filter(|line| line.starts_with("| R") && !line.starts_with("| R |"))
    {
        let cells: Vec<_> = row.split(" | ").map(str::trim).collect();
        let number: u32 = cells[0].trim_start_matches("| R").parse().unwrap();
        assert!(seen.insert(number), "R{number} stands there twice");
        let (state, tests) = (cells[2], cells.get(3).copied().unwrap_or_default());
        let named: Vec<_> = tests.split('`').skip(1).step_by(2).collect();
        let known = state == "held" || state == "not met" || state.starts_with("partly: ");
        assert!(known, "R{number}: {state:?} is no state");
        let not_met = state.starts_with("not met");
        assert_eq!(named.is_empty(), not_met, "R{number} is {state}, with {named:?}");
        for test in named {
            let exists = text.contains(&format!("fn {test}(")) || text.contains(&format!("test(\"{test}\""));
            assert!(exists, "R{number} names {test:?}, and there is no such test");
        }
    }
    let asked = (1..=34)
        .chain([38])
        .chain(42..=45)
        .chain([47])
        .chain(62..=87)
        .chain([91])
        .chain(92..=103)
        .chain(106..=109)
        .chain(114..=117)
        .chain(119..=129)
        .chain([132, 133, 134, 141, 142]);
    assert_eq!(seen, asked.collect());
}
