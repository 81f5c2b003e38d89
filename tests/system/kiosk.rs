//! What is said of the kiosk's checks.

use std::fs;

use vedette_tests::repository;

#[test]
fn r125_the_card_says_that_nothing_is_certified_and_has_figures_for_every_species() {
    let card = fs::read_to_string(repository().join("models/presentation.md")).unwrap();
    assert!(
        card.contains("| certified | **no**"),
        "the card says that it is not certified"
    );
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    assert!(readme.contains("models/presentation.md"), "the README leads to it");
    // Every species that the measurement presents has its row, with visits, how many were compared, and an interval.
    let bench = fs::read_to_string(repository().join("wasm/engine/examples/presentation.rs")).unwrap();
    let species: Vec<_> = bench
        .lines()
        .filter_map(|line| line.trim().strip_prefix("(Self::")?.split('"').nth(1))
        .collect();
    assert!(species.len() > 10, "{species:?}");
    for name in species {
        let row = card.lines().find(|line| line.starts_with(&format!("| {name} |")));
        let row = row.unwrap_or_else(|| panic!("{name} has no figures"));
        assert_eq!(row.matches(" | ").count(), 4, "{row}");
        assert!(row.contains(" % |"), "{row}");
    }
}
