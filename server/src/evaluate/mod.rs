//! The product's own pipeline on a labelled set:
//! 1. [`set`] reads who is in which photograph, and of which groups;
//! 2. [`encode`] passes each photograph through both quality gates and makes its template;
//! 3. [`verification`] compares one to one, [`identification`] one to many, by the groups of [`cells`];
//! 4. [`people`] says how certain a rate is;
//! 5. [`report`] holds the figures, [`page`] shows them, [`scores`] keeps the histograms that a calibration is fitted to.

pub(crate) mod cells;
pub(crate) mod encode;
pub(crate) mod identification;
pub(crate) mod page;
pub(crate) mod people;
pub(crate) mod plot;
pub(crate) mod report;
pub(crate) mod scores;
pub(crate) mod set;
pub(crate) mod verification;

use std::collections::{BTreeMap, HashMap};

use vedette_core::calibration::{Calibration, Scale};
use vedette_core::template::{TemplateError, TemplateSpace};

use cells::{Cells, EVERYONE};
use encode::{Encoded, Examined, Outcome};
use identification::Searches;
use people::{ByPerson, Count, Draws, Rate, interval};
use report::{
    Condition, Curve, Difference, Duplicate, Measure, Probe, Refused, Row, SetSummary, Suspect, Suspects, System,
};
use set::LabelledSet;
use verification::{Comparisons, Sample, Verification, statistics};

/// A model, and what it made of the set's images.
pub(crate) struct Material<'a> {
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) sha256: String,
    pub(crate) space: &'a TemplateSpace,
    /// Or why there is none.
    pub(crate) calibration: Result<Calibration, String>,
    pub(crate) encoded: &'a [Encoded],
}

/// What one model's report and its comparison with another are made of.
pub(crate) struct Measured {
    pub(crate) system: System,
    pub(crate) verifications: Vec<Verification>,
    headlines: Vec<Headline>,
}

/// A headline rate as counts of each person.
struct Headline {
    measure: Measure,
    scale: Scale,
    list: Option<usize>,
    condition: Condition,
    counts: ByPerson,
}

/// Lengths of the watchlists that are tried, where nothing else is asked for.
const LENGTHS: [usize; 8] = [10, 30, 100, 300, 600, 1_000, 3_000, 10_000];

/// `lengths`: of watchlists; those that the set is too small for are left out.
pub(crate) fn measure(
    set: &LabelledSet,
    cells: &Cells,
    draws: &Draws,
    material: Material<'_>,
    lengths: Option<&[usize]>,
) -> Result<Measured, TemplateError> {
    let samples = samples(set, material.encoded);
    let mut rows = acquisition(set, cells, draws, material.encoded);
    let listed = set.pairs.as_ref().map(|pairs| listed(pairs, &samples));
    let comparisons = Comparisons {
        samples: &samples,
        cells,
        draws,
        listed: listed.as_deref(),
    };
    let mut verifications = vec![comparisons.verify(None)];
    let statistics = statistics(&samples);
    if let Some(statistics) = &statistics {
        verifications.push(comparisons.verify(Some(statistics)));
    }
    let mut headlines = Vec::new();
    for verification in &mut verifications {
        rows.append(&mut verification.rows);
        headlines.extend(verification.by_person.drain(..).map(|(fmr, counts)| Headline {
            measure: Measure::Tar,
            scale: verification.scale,
            list: None,
            condition: Condition::Fmr(fmr),
            counts,
        }));
    }
    let searches = Searches {
        samples: &samples,
        people: set.people.len(),
        cells,
        draws,
        space: material.space,
        calibration: material.calibration.as_ref().ok(),
    };
    let longest = searches.longest();
    for length in lengths.unwrap_or(&LENGTHS).iter().copied().filter(|n| *n <= longest) {
        let found = searches.run(length)?;
        rows.extend(found.rows);
        headlines.extend(found.by_person.into_iter().map(|(scale, level, counts)| Headline {
            measure: Measure::Tpir,
            scale,
            list: Some(length),
            condition: Condition::Fpir(level),
            counts,
        }));
    }
    let cosine = &verifications[0];
    let named = |samples_at: &[usize], cosine: f32| Suspect {
        files: samples_at
            .iter()
            .map(|at| set.images[samples[*at].image].name.clone())
            .collect(),
        cosine,
    };
    let system = System {
        name: material.name,
        file: material.file,
        sha256: material.sha256,
        pipeline: material.space.pipeline.0,
        uncalibrated: material.calibration.err(),
        not_normalised: statistics
            .is_none()
            .then(|| format!("a cohort needs more than {} people", vedette_core::cohort::SIZE)),
        rows,
        refusals: refusals(material.encoded),
        curves: verifications
            .iter()
            .map(|v| Curve {
                scale: v.scale,
                points: v.det.clone(),
            })
            .collect(),
        equal_errors: verifications
            .iter()
            .filter_map(|v| Some((v.scale, v.equal_error?)))
            .collect(),
        pairs_not_compared: match (&set.pairs, &listed) {
            (Some(all), Some(compared)) => all.len() - compared.len(),
            _ => 0,
        },
        suspects: Suspects {
            alike_strangers: cosine
                .alike_strangers
                .iter()
                .map(|(a, b, s)| named(&[*a, *b], *s))
                .collect(),
            alike_strangers_in_all: cosine.alike_strangers_in_all,
            unlike_own: cosine.unlike_own.iter().map(|(a, s)| named(&[*a], *s)).collect(),
        },
    };
    Ok(Measured {
        system,
        verifications,
        headlines,
    })
}

fn samples(set: &LabelledSet, encoded: &[Encoded]) -> Vec<Sample> {
    let examined = |image: usize| encoded[image].examined();
    (0..set.images.len())
        .filter_map(|image| {
            let examined = examined(image)?;
            Some(Sample {
                image,
                person: set.images[image].person,
                template: examined.template.clone()?,
                reference: examined.reference.as_ref().ok().copied(),
                probe: examined.probe.as_ref().ok().copied(),
            })
        })
        .collect()
}

/// Pairs of samples, of pairs of images.
fn listed(pairs: &[(usize, usize)], samples: &[Sample]) -> Vec<(usize, usize)> {
    let by_image: HashMap<usize, usize> = samples.iter().enumerate().map(|(at, s)| (s.image, at)).collect();
    pairs
        .iter()
        .filter_map(|(a, b)| Some((*by_image.get(a)?, *by_image.get(b)?)))
        .collect()
}

fn acquisition(set: &LabelledSet, cells: &Cells, draws: &Draws, encoded: &[Encoded]) -> Vec<Row> {
    let rate = |cell: usize, refused: fn(&Examined) -> bool| {
        let mut counts = vec![Count::default(); set.people.len()];
        for (image, encoded) in encoded.iter().enumerate() {
            let Some(examined) = encoded.examined().filter(|_| cells.of_image(image).any(|c| c == cell)) else {
                continue;
            };
            let count = &mut counts[set.images[image].person];
            count.trials += 1;
            count.events += u32::from(refused(examined));
        }
        let counts: Vec<_> = counts.into_iter().enumerate().filter(|(_, c)| c.trials > 0).collect();
        draws.rate(&counts)
    };
    let as_reference = |examined: &Examined| examined.reference.is_err();
    let as_probe = |examined: &Examined| examined.probe.is_err();
    let row = |cell: usize, measure: Measure, rate: Rate| Row {
        measure,
        population: cells.names[cell].clone(),
        scale: None,
        list: None,
        probe: Probe::Each,
        condition: Condition::Always,
        threshold: None,
        rate,
    };
    (EVERYONE..cells.len())
        .flat_map(|cell| {
            [
                row(cell, Measure::Fte, rate(cell, as_reference)),
                row(cell, Measure::Fta, rate(cell, as_probe)),
            ]
        })
        .collect()
}

fn refusals(encoded: &[Encoded]) -> Vec<Refused> {
    let mut reasons: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for examined in encoded.iter().filter_map(Encoded::examined) {
        if let Err(reason) = &examined.reference {
            reasons.entry(reason).or_default().0 += 1;
        }
        if let Err(reason) = &examined.probe {
            reasons.entry(reason).or_default().1 += 1;
        }
    }
    let mut refused: Vec<_> = reasons
        .into_iter()
        .map(|(reason, (as_reference, as_probe))| Refused {
            reason: reason.to_owned(),
            as_reference,
            as_probe,
        })
        .collect();
    refused.sort_by_key(|r| std::cmp::Reverse(r.as_reference + r.as_probe));
    refused
}

pub(crate) fn summary(name: String, set: &LabelledSet, cells: &Cells, encoded: &[Encoded]) -> SetSummary {
    let mut by_hash: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut unreadable = Vec::new();
    for (image, encoded) in encoded.iter().enumerate() {
        if let Outcome::Unreadable(reason) = &encoded.outcome {
            unreadable.push((set.images[image].name.clone(), reason.clone()));
        } else {
            by_hash.entry(&encoded.sha256).or_default().push(image);
        }
    }
    let copies = by_hash.into_values().filter(|images| images.len() > 1);
    SetSummary {
        name,
        people: set.people.len(),
        images: set.images.len(),
        columns: set.columns.clone(),
        crossings_too_small: cells.too_small,
        listed_pairs: set.pairs.as_ref().map(Vec::len),
        unreadable,
        passed_over: set.passed_over.clone(),
        duplicates: copies
            .map(|images| Duplicate {
                different_people: images
                    .iter()
                    .any(|i| set.images[*i].person != set.images[images[0]].person),
                files: images.iter().map(|i| set.images[*i].name.clone()).collect(),
            })
            .collect(),
    }
}

/// What `second` gains on `first`, where both have the figure.
pub(crate) fn differences(draws: &Draws, first: &Measured, second: &Measured) -> Vec<Difference> {
    let share = |counts: &[(usize, Count)]| {
        let trials: u64 = counts.iter().map(|(_, c)| u64::from(c.trials)).sum();
        let events: u64 = counts.iter().map(|(_, c)| u64::from(c.events)).sum();
        events as f64 / trials as f64
    };
    let mut differences = Vec::new();
    for a in &first.headlines {
        let same =
            |b: &&Headline| (a.measure, a.scale, a.list, a.condition) == (b.measure, b.scale, b.list, b.condition);
        let Some(b) = second.headlines.iter().find(same) else {
            continue;
        };
        let people = a.counts.len().min(b.counts.len());
        let (of_a, of_b) = (draws.replicates(&a.counts), draws.replicates(&b.counts));
        let each = of_a.into_iter().zip(of_b).filter_map(|(a, b)| Some(b? - a?)).collect();
        if people < people::FEWEST_PEOPLE {
            continue;
        }
        if let Some((low, high)) = interval(each) {
            differences.push(Difference {
                measure: a.measure,
                scale: a.scale,
                list: a.list,
                condition: a.condition,
                value: share(&b.counts) - share(&a.counts),
                low,
                high,
            });
        }
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::cells::tests::set;
    use super::people::{Chance, Estimate, FEWEST_PEOPLE};
    use super::report::Report;
    use super::*;
    use vedette_core::template::{ModelId, PipelineVersion, Similarity, Template};

    fn space() -> TemplateSpace {
        TemplateSpace {
            model: ModelId::new("0123456789abcdef").unwrap(),
            pipeline: PipelineVersion(1),
            dimensions: 24,
            transform: None,
        }
    }

    fn number(chance: &mut Chance) -> f32 {
        (0..4).map(|_| chance.below(1000) as f32 / 500.0 - 1.0).sum()
    }

    /// Pictures of each person around a direction of their own; `blur` makes them differ.
    fn encoded(set: &LabelledSet, blur: f32) -> Vec<Encoded> {
        let mut chance = Chance::new(7);
        let centres: Vec<Vec<f32>> = set
            .people
            .iter()
            .map(|_| (0..24).map(|_| number(&mut chance)).collect())
            .collect();
        let mut template = |person: usize| {
            let values = centres[person].iter().map(|v| v + blur * number(&mut chance)).collect();
            Template::from_embedding(space(), values).unwrap()
        };
        set.images
            .iter()
            .enumerate()
            .map(|(n, image)| Encoded {
                sha256: format!("{n}"),
                outcome: Outcome::Examined(Examined {
                    reference: Ok(0.9),
                    probe: Ok(0.9),
                    template: Some(template(image.person)),
                }),
            })
            .collect()
    }

    fn people(n: usize, images: usize) -> LabelledSet {
        let sexes: [&[&str]; 2] = [&["F"], &["M"]];
        let images: Vec<_> = (0..n * images).map(|i| (i / images, sexes[i / images % 2])).collect();
        set(n, &["sex"], &images)
    }

    fn measured(set: &LabelledSet, encoded: &[Encoded]) -> Measured {
        let material = Material {
            name: "made up".into(),
            file: "made-up.onnx".into(),
            sha256: "0".repeat(64),
            space: &space(),
            calibration: Err("it is made up.".into()),
            encoded,
        };
        measure(set, &Cells::of(set), &Draws::new(set.people.len()), material, None).unwrap()
    }

    fn row<'a>(system: &'a System, measure: Measure, population: &str, condition: Condition) -> &'a Row {
        let found = system.rows.iter().find(|r| {
            r.measure == measure
                && r.population == population
                && r.condition == condition
                && r.scale != Some(Scale::Normalised)
        });
        found.unwrap_or_else(|| panic!("no {measure:?} of {population} at {condition}"))
    }

    #[test]
    fn rates_are_those_of_comparing_one_by_one() {
        let set = people(60, 3);
        let encoded = encoded(&set, 0.8);
        let system = measured(&set, &encoded).system;
        for population in ["everyone", "sex F"] {
            let fmr = row(&system, Measure::Fmr, population, Condition::Fmr(1e-2));
            let tar = row(&system, Measure::Tar, population, Condition::Fmr(1e-2));
            let (mut wrong, mut strangers, mut right, mut own) = (0, 0, 0, 0);
            for a in 0..set.images.len() {
                for b in a + 1..set.images.len() {
                    let (x, y) = (&set.images[a], &set.images[b]);
                    if population == "sex F" && (x.groups != y.groups || x.groups[0].as_deref() != Some("F")) {
                        continue;
                    }
                    let template = |i: usize| encoded[i].examined().unwrap().template.as_ref().unwrap();
                    let score = template(a).compare(template(b)).map(Similarity::get).unwrap();
                    let accepted = u64::from(score >= fmr.threshold.unwrap());
                    if x.person == y.person {
                        (right, own) = (right + accepted, own + 1);
                    } else {
                        (wrong, strangers) = (wrong + accepted, strangers + 1);
                    }
                }
            }
            assert_eq!((fmr.rate.events, fmr.rate.trials), (wrong, strangers), "{population}");
            assert_eq!((tar.rate.events, tar.rate.trials), (right, own), "{population}");
            let Estimate::Known { value, low, high } = tar.rate.estimate else {
                panic!("{population}")
            };
            assert!(low <= value && value <= high && high - low < 0.3);
        }
        let everyone = row(&system, Measure::Fmr, "everyone", Condition::Fmr(1e-2));
        assert!(everyone.rate.events as f64 <= 0.01 * everyone.rate.trials as f64);
    }

    #[test]
    fn a_searched_list_finds_its_people_and_few_others() {
        let set = people(120, 4);
        let system = measured(&set, &encoded(&set, 0.5)).system;
        let at = |measure, list, condition| {
            let rows = system
                .rows
                .iter()
                .filter(move |r| r.list == Some(list) && r.population == "everyone" && r.probe == Probe::Each);
            rows.filter(|r| r.measure == measure && r.condition == condition)
                .map(|r| r.rate.clone())
                .next()
                .unwrap()
        };
        for list in [10, 30] {
            let fpir = at(Measure::Fpir, list, Condition::Fpir(1e-1));
            assert!(fpir.events as f64 <= 0.1 * fpir.trials as f64 && fpir.events > 0);
            let (found, missed) = (
                at(Measure::Tpir, list, Condition::Fpir(1e-1)),
                at(Measure::Fnir, list, Condition::Fpir(1e-1)),
            );
            assert_eq!(found.trials, found.events + missed.events);
            assert!(found.events * 10 > found.trials * 9, "{found:?}");
            let (first, tenth) = (
                at(Measure::Cmc, list, Condition::Rank(1)),
                at(Measure::Cmc, list, Condition::Rank(10)),
            );
            assert!(first.events <= tenth.events && tenth.events <= tenth.trials);
        }
        assert!(
            system.rows.iter().all(|r| r.list != Some(100)),
            "a third of the people must stay strangers"
        );
    }

    #[test]
    fn fused_shots_find_more_people_than_one_does() {
        let set = people(150, 4);
        let system = measured(&set, &encoded(&set, 1.3)).system;
        let found = |probe: Probe| {
            let of_kind = |r: &&Row| r.probe == probe && r.measure == Measure::Tpir && r.list == Some(30);
            let row = system
                .rows
                .iter()
                .filter(of_kind)
                .find(|r| r.condition == Condition::Fpir(1e-1))
                .unwrap();
            (row.rate.events, row.rate.trials)
        };
        let (one, best, fused) = (
            found(Probe::OneOfThree),
            found(Probe::BestOfThree),
            found(Probe::ThreeFused),
        );
        assert_eq!((one.1, best.1), (fused.1, fused.1));
        assert!(fused.0 > one.0 && fused.0 > best.0, "{one:?} {best:?} {fused:?}");
    }

    #[test]
    fn small_groups_are_insufficient_and_claim_no_rate() {
        let images: Vec<(usize, &[&str])> = (0..80)
            .map(|i| (i / 2, if i / 2 < 4 { &["few"][..] } else { &["many"][..] }))
            .collect();
        let set = set(40, &["group"], &images);
        let system = measured(&set, &encoded(&set, 0.6)).system;
        for row in &system.rows {
            let few = row.population == "group few" || row.rate.people < FEWEST_PEOPLE;
            let insufficient = matches!(row.rate.estimate, Estimate::Insufficient { .. });
            assert!(!few || insufficient, "{row:?}");
        }
        let alone = row(&system, Measure::Tar, "group few", Condition::Fmr(1e-1));
        assert_eq!((alone.rate.trials, alone.rate.people), (4, 4));
    }

    #[test]
    fn a_swapped_label_and_a_copy_are_listed_and_counted() {
        let mut set = people(60, 3);
        let pictures = encoded(&set, 0.3);
        let before = measured(&set, &pictures).system;
        assert!(before.suspects.alike_strangers.is_empty() && before.suspects.unlike_own.is_empty());
        // One picture of the first person, labelled as the last one's.
        set.images[0].person = 59;
        let after = measured(&set, &pictures).system;
        assert!(after.suspects.unlike_own.iter().any(|s| s.files == ["0.jpg"]));
        assert!(
            after
                .suspects
                .alike_strangers
                .iter()
                .any(|s| s.files.contains(&"0.jpg".to_owned()))
        );
        let trials = |system: &System| row(system, Measure::Fmr, "everyone", Condition::Fmr(1e-2)).rate.trials;
        assert_eq!(trials(&before), 180 * 179 / 2 - 60 * 3);
        assert_eq!(trials(&after), 180 * 179 / 2 - 58 * 3 - 1 - 6);

        let mut copies = encoded(&set, 0.3);
        copies[5].sha256 = "1".into();
        let summary = summary("test".into(), &set, &Cells::of(&set), &copies);
        assert_eq!(summary.duplicates.len(), 1);
        assert!(summary.duplicates[0].different_people && summary.duplicates[0].files == ["1.jpg", "5.jpg"]);
    }

    #[test]
    fn a_better_model_is_told_from_a_worse_one_and_from_itself() {
        let set = people(150, 3);
        let (sharp, blurred) = (encoded(&set, 0.5), encoded(&set, 1.1));
        let (better, worse) = (measured(&set, &sharp), measured(&set, &blurred));
        let draws = Draws::new(150);
        let gained = differences(&draws, &worse, &better);
        assert!(gained.iter().any(|d| d.measure == Measure::Tar && d.low > 0.05));
        assert!(gained.iter().any(|d| d.measure == Measure::Tpir && d.low > 0.05));
        assert!(
            differences(&draws, &better, &better)
                .iter()
                .all(|d| (d.value, d.low, d.high) == (0.0, 0.0, 0.0))
        );
    }

    #[test]
    fn a_list_of_pairs_is_all_that_is_compared() {
        let mut set = people(120, 2);
        let (own, strangers) = (
            (0..120).map(|p| (2 * p, 2 * p + 1)),
            (0..119).map(|p| (2 * p, 2 * p + 2)),
        );
        set.pairs = Some(own.chain(strangers).chain([(0, 9)]).collect());
        let mut pictures = encoded(&set, 0.4);
        pictures[9].outcome = Outcome::Unreadable("torn".into());
        let system = measured(&set, &pictures).system;
        assert_eq!(system.pairs_not_compared, 2);
        let tar = row(&system, Measure::Tar, "everyone", Condition::Fmr(1e-1));
        let fmr = row(&system, Measure::Fmr, "everyone", Condition::Fmr(1e-1));
        assert_eq!((tar.rate.trials, fmr.rate.trials), (119, 119));
    }

    #[test]
    fn the_page_the_table_and_the_data_say_the_same() {
        let set = people(60, 3);
        let mut pictures = encoded(&set, 0.8);
        pictures[3].outcome = Outcome::Unreadable("<torn>".into());
        let first = measured(&set, &pictures);
        let report = Report {
            made_at: "2026-11-23T00:00:00Z".into(),
            version: "0",
            set: summary("made <up>".into(), &set, &Cells::of(&set), &pictures),
            differences: differences(&Draws::new(60), &first, &first),
            systems: vec![first.system, measured(&set, &pictures).system],
        };
        let json: serde_json::Value = serde_json::from_str(&report.json().unwrap()).unwrap();
        let rows: usize = report.systems.iter().map(|s| s.rows.len()).sum();
        let csv = String::from_utf8(report.csv().unwrap()).unwrap();
        assert_eq!(csv.lines().count(), rows + 1);
        assert_eq!(json["systems"][0]["rows"].as_array().unwrap().len() * 2, rows);
        let page = page::page(&report);
        let tar = row(&report.systems[0], Measure::Tar, "everyone", Condition::Fmr(1e-2));
        assert!(page.contains(&format!("{} of {}", tar.rate.events, tar.rate.trials)));
        assert!(page.contains("&lt;torn&gt;") && !page.contains("<torn>") && !page.contains("made <up>"));
        assert!(!page.contains("http"), "the page needs nothing else");
    }
}
