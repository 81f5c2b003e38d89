//! The drawing of an operation's place: what it may hold.

use vedette_core::zone::{Corner, Zone, ZoneError, ZoneParts};
use vedette_store::sketch::{MarkKind, Sketch, SketchMark, Spot};

use super::text::{Name, TextError};

/// Of what is drawn, in centimetres: a gate, or the square before a stadium.
const SHORTEST_SIDE: u32 = 500;
const LONGEST_SIDE: u32 = 50_000;
const MOST_MARKS: usize = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SketchError {
    #[error("A sketch is {} to {} metres wide and deep. Choose other lengths.", SHORTEST_SIDE / 100, LONGEST_SIDE / 100)]
    Size,
    #[error("Something lies outside what the sketch shows. Move it inside, or make the sketch larger.")]
    Outside,
    #[error(
        "The zone has {} to {} corners. Add or remove corners.",
        Zone::FEWEST_CORNERS,
        Zone::MOST_CORNERS
    )]
    Corners,
    #[error("The outline of the zone crosses or touches itself. Move its corners.")]
    Crossing,
    #[error("The zone is too small to be seen on the sketch. Move its corners apart, or show less around it.")]
    Area,
    #[error("No camera is on the sketch. Place one.")]
    NoCamera,
    #[error("A sketch shows {MOST_MARKS} cameras, signs and exits at most. Leave some out.")]
    TooMany,
    #[error(
        "A note on the sketch has {} characters at most, all of them visible. Shorten it, or type it anew.",
        Name::LONGEST
    )]
    Note,
}

/// The sketch with its notes tidied, if all of it can be drawn and read.
pub(crate) fn checked(sketch: Sketch) -> Result<Sketch, SketchError> {
    let side = SHORTEST_SIDE..=LONGEST_SIDE;
    if !side.contains(&sketch.width_cm) || !side.contains(&sketch.depth_cm) {
        return Err(SketchError::Size);
    }
    check_zone(&sketch)?;
    if sketch.marks.len() > MOST_MARKS {
        return Err(SketchError::TooMany);
    }
    let outside = |at: Spot| at.x_cm > sketch.width_cm || at.y_cm > sketch.depth_cm;
    if sketch.marks.iter().any(|mark| outside(mark.at)) {
        return Err(SketchError::Outside);
    }
    if !sketch.marks.iter().any(|mark| mark.kind == MarkKind::Camera) {
        return Err(SketchError::NoCamera);
    }
    let marks = sketch.marks.into_iter().map(tidied).collect::<Result<_, _>>();
    Ok(Sketch {
        marks: marks.map_err(|_| SketchError::Note)?,
        ..sketch
    })
}

fn tidied(mark: SketchMark) -> Result<SketchMark, TextError> {
    let note = match mark.note.trim() {
        "" => String::new(),
        note => Name::new(note)?.as_str().to_owned(),
    };
    Ok(SketchMark { note, ..mark })
}

/// An outline is one on the ground as it is in a camera's picture, so the same rules hold.
fn check_zone(sketch: &Sketch) -> Result<(), SketchError> {
    let share = |length: u32, of: u32| length as f32 / of as f32;
    let corners = sketch.zone.iter().map(|spot| Corner {
        x: share(spot.x_cm, sketch.width_cm),
        y: share(spot.y_cm, sketch.depth_cm),
    });
    let parts = ZoneParts {
        corners: corners.collect(),
        ..Zone::whole().into()
    };
    match Zone::new(parts) {
        Ok(_) => Ok(()),
        Err(ZoneError::Corners(_)) => Err(SketchError::Corners),
        Err(ZoneError::Beyond) => Err(SketchError::Outside),
        Err(ZoneError::Crossing) => Err(SketchError::Crossing),
        Err(ZoneError::Area | ZoneError::Sizes) => Err(SketchError::Area),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(x_cm: u32, y_cm: u32) -> Spot {
        Spot { x_cm, y_cm }
    }

    fn mark(kind: MarkKind, at: Spot) -> SketchMark {
        SketchMark {
            kind,
            at,
            note: String::new(),
        }
    }

    fn gate() -> Sketch {
        Sketch {
            width_cm: 3_000,
            depth_cm: 2_000,
            zone: vec![
                spot(1_000, 500),
                spot(2_000, 500),
                spot(2_000, 1_200),
                spot(1_000, 1_200),
            ],
            marks: vec![
                mark(MarkKind::Camera, spot(1_500, 100)),
                mark(MarkKind::Sign, spot(1_500, 1_900)),
            ],
        }
    }

    fn with(change: impl FnOnce(&mut Sketch)) -> Result<Sketch, SketchError> {
        let mut sketch = gate();
        change(&mut sketch);
        checked(sketch)
    }

    #[test]
    fn a_sketch_is_taken_as_it_was_drawn_to_its_very_edges() {
        assert_eq!(with(|_| {}), Ok(gate()));
        assert!(with(|sketch| sketch.marks[1].at = spot(3_000, 2_000)).is_ok());
        assert!(with(|sketch| sketch.zone = vec![spot(0, 0), spot(3_000, 0), spot(0, 2_000)]).is_ok());
    }

    #[test]
    fn a_sketch_of_no_place_or_of_a_county_is_refused() {
        for side in [0, 499, 50_001, u32::MAX] {
            assert_eq!(with(|sketch| sketch.width_cm = side), Err(SketchError::Size));
            assert_eq!(with(|sketch| sketch.depth_cm = side), Err(SketchError::Size));
        }
    }

    #[test]
    fn what_lies_beyond_the_sketch_is_refused() {
        assert_eq!(
            with(|sketch| sketch.marks[0].at = spot(3_001, 0)),
            Err(SketchError::Outside)
        );
        assert_eq!(
            with(|sketch| sketch.zone[2] = spot(0, 2_001)),
            Err(SketchError::Outside)
        );
    }

    #[test]
    fn a_zone_is_one_outline_that_somebody_can_see() {
        assert_eq!(with(|sketch| sketch.zone.truncate(2)), Err(SketchError::Corners));
        assert_eq!(
            with(|sketch| sketch.zone = (0..13).map(|x| spot(x * 100, x * x * 10)).collect()),
            Err(SketchError::Corners)
        );
        assert_eq!(with(|sketch| sketch.zone.swap(1, 2)), Err(SketchError::Crossing));
        assert_eq!(
            with(|sketch| sketch.zone = vec![spot(0, 0), spot(100, 0), spot(0, 100)]),
            Err(SketchError::Area)
        );
    }

    #[test]
    fn a_sketch_shows_a_camera_and_not_more_than_can_be_read() {
        assert_eq!(
            with(|sketch| sketch.marks.retain(|mark| mark.kind == MarkKind::Sign)),
            Err(SketchError::NoCamera)
        );
        let signs = |count| vec![mark(MarkKind::Camera, spot(1, 1)); count];
        assert!(with(|sketch| sketch.marks = signs(MOST_MARKS)).is_ok());
        assert_eq!(
            with(|sketch| sketch.marks = signs(MOST_MARKS + 1)),
            Err(SketchError::TooMany)
        );
    }

    #[test]
    fn a_note_is_tidied_and_what_hides_in_it_is_refused() {
        let noted = |note: &str| with(|sketch| sketch.marks[1].note = note.to_owned());
        assert_eq!(noted("  By the kiosk ").unwrap().marks[1].note, "By the kiosk");
        assert_eq!(noted("   ").unwrap().marks[1].note, "");
        assert_eq!(noted("Sign\u{202e}"), Err(SketchError::Note));
        assert_eq!(noted(&"x".repeat(81)), Err(SketchError::Note));
    }
}
