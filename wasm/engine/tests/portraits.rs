//! Enrolment and comparison on portraits of 36 people, where the evaluation data stands beside the repository.

use std::path::{Path, PathBuf};

use vedette_core::geometry::Size;
use vedette_core::image::{Frame, Layout, Rgb};
use vedette_core::manifest::Manifest;
use vedette_core::template::Template;
use vedette_engine::{Models, enrol};

fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/portraits");
    folder.join("manifest.csv").is_file().then_some(folder)
}

fn photo(path: &Path) -> Rgb {
    let image = image::open(path).unwrap().to_rgba8();
    let size = Size {
        width: image.width(),
        height: image.height(),
    };
    let mut rgb = Rgb::black(size);
    Frame::new(image.as_raw(), Layout::Rgba, size).unwrap().to_rgb(&mut rgb);
    rgb
}

#[test]
fn people_match_their_own_portrait_of_another_year_and_nobody_else() {
    let Some(folder) = data() else {
        println!("the evaluation portraits are not at hand; nothing was compared");
        return;
    };
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let manifest = Manifest::parse(&std::fs::read_to_string(models.join("manifest.toml")).unwrap()).unwrap();
    let threshold = manifest.embedder.threshold;
    let weights = |file: &str| std::fs::read(models.join(file)).unwrap();
    let loaded = Models::new(manifest.clone());
    let mut detector = loaded.detector(&weights(&manifest.detector.file)).unwrap();
    let embedder = loaded.embedder(&weights(&manifest.embedder.model.file)).unwrap();

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
