//! Enrolment and comparison on portraits of 36 people, where the evaluation data stands beside the repository.

mod common;

use vedette_core::template::Template;
use vedette_engine::enrol;

use common::{engine, manifest, photo, root};

#[test]
fn people_match_their_own_portrait_of_another_year_and_nobody_else() {
    let folder = root("../shared/data/portraits");
    if !folder.join("manifest.csv").is_file() {
        println!("the evaluation portraits are not at hand; nothing was compared");
        return;
    }
    let threshold = manifest().embedder.threshold;
    let (mut detector, embedder) = engine();

    let mut refused = 0;
    let mut people: Vec<[Template; 2]> = Vec::new();
    for line in std::fs::read_to_string(folder.join("manifest.csv"))
        .unwrap()
        .lines()
        .skip(1)
    {
        let person = line.split(',').next().unwrap();
        let files = line
            .split(',')
            .filter(|field| field.starts_with(&format!("{person}/")))
            .take(2);
        let templates: Vec<Template> = files
            .filter_map(|file| {
                enrol(&photo(&folder.join(file)), &mut detector, &embedder)
                    .unwrap()
                    .ok()
            })
            .map(|enrolment| enrolment.template)
            .collect();
        match <[Template; 2]>::try_from(templates) {
            Ok(pair) => people.push(pair),
            Err(_) => refused += 1,
        }
    }
    let passes = |a: &Template, b: &Template| threshold.passes(a.compare(b).unwrap());
    let own = people.iter().filter(|[a, b]| passes(a, b)).count();
    let others = people.iter().enumerate().flat_map(|(i, [a, _])| {
        people
            .iter()
            .enumerate()
            .filter(move |(j, _)| *j != i)
            .map(move |(_, [_, b])| (a, b))
    });
    let strangers = others.filter(|(a, b)| passes(a, b)).count();
    println!(
        "{} people with both portraits, {refused} refused; {own} match themselves, {strangers} strangers match",
        people.len()
    );
    assert!(refused <= 2, "{refused} portraits refused");
    assert_eq!(own, people.len());
    assert_eq!(strangers, 0);
}
