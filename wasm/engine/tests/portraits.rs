//! Enrolment and comparison on portraits of 36 people, where the evaluation data stands beside the repository.

mod common;

use vedette_core::calibration::Target;
use vedette_core::detect::InputSide;
use vedette_core::geometry::{Rect, Size};
use vedette_core::image::Rgb;
use vedette_core::shot::Shots;
use vedette_core::template::Template;
use vedette_engine::enrol;

use common::{engine, entry, paste, photo, portraits, watchlist};

#[test]
fn a_second_look_makes_up_for_distance() {
    let Some(people) = portraits() else { return };
    let size = Size {
        width: 1280,
        height: 720,
    };
    let (mut detector, embedder) = engine();
    for width in [64, 77, 102, 154, 256] {
        let (mut glances, mut looks) = (Vec::new(), Vec::new());
        for [reference, probe] in &people {
            let Ok(reference) = enrol(&photo(reference), &mut detector, &embedder).unwrap() else {
                continue;
            };
            let near = photo(probe);
            let Some(face) = detector.detect(&near, InputSide::PHOTO).unwrap().first().copied() else {
                continue;
            };
            let longest = near.size().width.max(near.size().height) as f32;
            let far = near.at_most((longest * width as f32 / face.rect.width) as u32);
            let mut frame = Rgb::black(size);
            frame.pixels_mut().fill(90);
            far.cropped(Rect {
                x: 0.0,
                y: 0.0,
                width: 900.0,
                height: 680.0,
            })
            .map(|far| paste(&far, &mut frame, 317, 40))
            .unwrap();
            let found = detector.detect(&frame, InputSide::CLOSE).unwrap();
            let Some(glance) = found.first() else { continue };
            let again = detector.look_again(&frame, glance, InputSide::CLOSE).unwrap();
            for (scores, landmarks) in [(&mut glances, &glance.landmarks), (&mut looks, &again.landmarks)] {
                let template = embedder.embed_face(&frame, landmarks).unwrap();
                scores.push(reference.template.compare(&template).unwrap().get());
            }
        }
        let [glance, again] = [glances, looks].map(|mut scores| {
            scores.sort_by(f32::total_cmp);
            let mean = scores.iter().sum::<f32>() / scores.len() as f32;
            (scores.len(), mean, scores[scores.len() / 10])
        });
        println!(
            "{width} pixels of 1280: {} of {} found; score with another year's portrait, mean and lowest tenth: at a glance \
             {:.3} {:.3}, looked at again {:.3} {:.3}",
            glance.0,
            people.len(),
            glance.1,
            glance.2,
            again.1,
            again.2
        );
        assert!(again.1 > glance.1 - 0.005, "{width}");
        assert!(width > 70 || again.1 > glance.1 + 0.03, "{width}");
    }
}

#[test]
fn most_people_match_their_own_portrait_of_another_year_and_nobody_matches_a_strangers() {
    let Some(portraits) = portraits() else { return };
    let (mut detector, embedder) = engine();

    let mut refused = 0;
    let mut people: Vec<[Template; 2]> = Vec::new();
    for files in portraits {
        let templates: Vec<Template> = files
            .iter()
            .filter_map(|file| enrol(&photo(file), &mut detector, &embedder).unwrap().ok())
            .map(|enrolment| enrolment.template)
            .collect();
        match <[Template; 2]>::try_from(templates) {
            Ok(pair) => people.push(pair),
            Err(_) => refused += 1,
        }
    }
    for target in [Target::LOOSEST, Target::DEFAULT] {
        for shots in [Shots::ONE, Shots::ALL[1]] {
            let mut list = watchlist(target, people.iter().map(|[reference, _]| reference));
            let (mut own, mut others) = (0, 0);
            for (number, [_, probe]) in people.iter().enumerate() {
                for found in list.search(probe, shots).unwrap() {
                    *if found.entry == entry(number) {
                        &mut own
                    } else {
                        &mut others
                    } += 1;
                }
            }
            println!(
                "{} people with both portraits, {refused} refused; target 1 in {}, at the threshold for {} shot(s), {:.3}: {own} match \
                 themselves, {others} strangers match",
                people.len(),
                target.faces(),
                shots.get(),
                list.operating_point(shots).threshold,
            );
            assert_eq!(others, 0);
            // One official portrait against another, years apart: too few people for a rate, enough to see it broken.
            assert!(own * 2 > people.len(), "{own}");
        }
    }
    assert!(refused <= 2, "{refused} portraits refused");
}
