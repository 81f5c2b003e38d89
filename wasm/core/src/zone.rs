//! Where in the picture faces are looked at, and how large they must be. A face outside is followed, so that a person who
//! steps in is no stranger, and nothing more: it is not assessed, not aligned and not embedded.

use serde::{Deserialize, Serialize};

use crate::geometry::{Point, Rect, Size};

/// A zone of recognition: a polygon and the smallest and largest face wanted in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "ZoneParts", into = "ZoneParts")]
pub struct Zone {
    parts: ZoneParts,
}

/// What a zone is made of, unchecked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ZoneParts {
    /// In order along the outline, either way round.
    #[cfg_attr(feature = "openapi", schema(min_items = 3, max_items = 12))]
    pub corners: Vec<Corner>,
    /// Width of the smallest face wanted, as a share of the picture's longer side: a camera that delivers another
    /// resolution, or is turned, shows a face with the same share.
    #[cfg_attr(feature = "openapi", schema(minimum = 0.025, maximum = 1.0))]
    pub smallest: f32,
    /// Width of the largest face wanted, in the same unit.
    #[cfg_attr(feature = "openapi", schema(minimum = 0.025, maximum = 1.0))]
    pub largest: f32,
}

/// A place in the picture, whatever its resolution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Corner {
    /// Share of the width from the left edge, 0..=1.
    #[cfg_attr(feature = "openapi", schema(minimum = 0.0, maximum = 1.0))]
    pub x: f32,
    /// Share of the height from the top edge, 0..=1.
    #[cfg_attr(feature = "openapi", schema(minimum = 0.0, maximum = 1.0))]
    pub y: f32,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ZoneError {
    #[error("A zone has {fewest} to {most} corners, not {0}. Add or remove corners.", fewest = Zone::FEWEST_CORNERS, most = Zone::MOST_CORNERS)]
    Corners(usize),
    #[error("A corner lies outside the picture. Move it into the picture.")]
    Beyond,
    #[error("The zone's outline crosses or touches itself. Move the corners so that it does not.")]
    Crossing,
    #[error("The zone is too small to hold a face. Move the corners apart.")]
    Area,
    #[error(
        "The smallest face is at least {least} % of the picture's longer side wide, and narrower than the largest, which is at most 100 %. Choose other sizes.",
        least = Zone::SMALLEST * 100.0
    )]
    Sizes,
}

/// Why a face is outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    Place,
    TooSmall,
    TooLarge,
}

impl Zone {
    pub const FEWEST_CORNERS: usize = 3;
    pub const MOST_CORNERS: usize = 12;
    /// Faces narrower than this share can't be asked for: the detector's largest live input would not find them, and in a
    /// picture of 1280 pixels they have 14 pixels between the eyes, fewer than the quality gate takes.
    pub const SMALLEST: f32 = 0.025;
    /// Share of the picture that a zone covers at least.
    const LEAST_AREA: f32 = 0.01;

    pub fn new(parts: ZoneParts) -> Result<Self, ZoneError> {
        let ZoneParts {
            corners,
            smallest,
            largest,
        } = &parts;
        if !(Self::FEWEST_CORNERS..=Self::MOST_CORNERS).contains(&corners.len()) {
            return Err(ZoneError::Corners(corners.len()));
        }
        let share = 0.0..=1.0;
        if !corners.iter().all(|c| share.contains(&c.x) && share.contains(&c.y)) {
            return Err(ZoneError::Beyond);
        }
        if !(Self::SMALLEST <= *smallest && smallest < largest && *largest <= 1.0) {
            return Err(ZoneError::Sizes);
        }
        if crosses(corners) {
            return Err(ZoneError::Crossing);
        }
        if area(corners) < Self::LEAST_AREA {
            return Err(ZoneError::Area);
        }
        Ok(Self { parts })
    }

    /// The whole picture, and faces from a twentieth of its longer side, which a fast detector's input finds.
    pub fn whole() -> Self {
        let corner = |x, y| Corner { x, y };
        Self {
            parts: ZoneParts {
                corners: vec![corner(0.0, 0.0), corner(1.0, 0.0), corner(1.0, 1.0), corner(0.0, 1.0)],
                smallest: 0.05,
                largest: 1.0,
            },
        }
    }

    pub fn parts(&self) -> &ZoneParts {
        &self.parts
    }

    /// Whether a face with that box counts, in a picture of that size, both in its pixels: its centre lies in the polygon
    /// and its width is one that is wanted.
    pub fn admit(&self, face: &Rect, picture: Size) -> Result<(), Outside> {
        let (width, height) = (picture.width as f32, picture.height as f32);
        let centre = face.centre();
        let share = face.width / width.max(height);
        if !holds(&self.parts.corners, Point::new(centre.x / width, centre.y / height)) {
            Err(Outside::Place)
        } else if share < self.parts.smallest {
            Err(Outside::TooSmall)
        } else if share > self.parts.largest {
            Err(Outside::TooLarge)
        } else {
            Ok(())
        }
    }
}

impl TryFrom<ZoneParts> for Zone {
    type Error = ZoneError;

    fn try_from(parts: ZoneParts) -> Result<Self, ZoneError> {
        Self::new(parts)
    }
}

impl From<Zone> for ZoneParts {
    fn from(zone: Zone) -> Self {
        zone.parts
    }
}

fn edges(corners: &[Corner]) -> impl Iterator<Item = (Corner, Corner)> + '_ {
    corners.iter().copied().zip(corners.iter().copied().cycle().skip(1))
}

/// The even-odd rule. A point on the outline may count either way, but one beyond the picture's edge never does.
fn holds(corners: &[Corner], point: Point) -> bool {
    edges(corners)
        .filter(|(a, b)| {
            (a.y > point.y) != (b.y > point.y) && point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)
        })
        .count()
        % 2
        == 1
}

/// Share of the picture, by the shoelace formula.
fn area(corners: &[Corner]) -> f32 {
    edges(corners).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f32>().abs() / 2.0
}

/// Whether two edges meet anywhere but in the corner between neighbours.
fn crosses(corners: &[Corner]) -> bool {
    let edges: Vec<_> = edges(corners).collect();
    let count = edges.len();
    edges.iter().enumerate().any(|(i, first)| {
        edges.iter().enumerate().skip(i + 1).any(|(j, second)| {
            if j == i + 1 {
                folds(first.0, first.1, second.1)
            } else if i == 0 && j == count - 1 {
                folds(second.0, second.1, first.1)
            } else {
                meet(*first, *second)
            }
        })
    })
}

/// Twice the signed area of the triangle.
fn turn(a: Corner, b: Corner, c: Corner) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// Whether the edge from `middle` to `to` runs back along the one from `from` to `middle`, or is none.
fn folds(from: Corner, middle: Corner, to: Corner) -> bool {
    let ahead = (middle.x - from.x) * (to.x - middle.x) + (middle.y - from.y) * (to.y - middle.y);
    turn(from, middle, to) == 0.0 && ahead <= 0.0
}

/// Whether two edges share a point.
fn meet((a, b): (Corner, Corner), (c, d): (Corner, Corner)) -> bool {
    let within = |from: Corner, to: Corner, at: Corner| {
        (from.x.min(to.x)..=from.x.max(to.x)).contains(&at.x) && (from.y.min(to.y)..=from.y.max(to.y)).contains(&at.y)
    };
    let (abc, abd, cda, cdb) = (turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b));
    (abc * abd < 0.0 && cda * cdb < 0.0)
        || (abc == 0.0 && within(a, b, c))
        || (abd == 0.0 && within(a, b, d))
        || (cda == 0.0 && within(c, d, a))
        || (cdb == 0.0 && within(c, d, b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn zone(corners: &[(f32, f32)]) -> Result<Zone, ZoneError> {
        Zone::new(ZoneParts {
            corners: corners.iter().map(|&(x, y)| Corner { x, y }).collect(),
            ..Zone::whole().parts
        })
    }

    fn face(x: f32, y: f32, width: f32) -> Rect {
        Rect {
            x: x - width / 2.0,
            y: y - width * 0.6,
            width,
            height: width * 1.2,
        }
    }

    const PICTURE: Size = Size {
        width: 1000,
        height: 500,
    };

    proptest! {
        /// Corners sorted around a point never cross.
        #[test]
        fn a_star_is_a_zone_whichever_way_round(
            radii in proptest::collection::vec(0.2f32..0.5, 5..=12), backwards in any::<bool>(),
        ) {
            let mut corners: Vec<_> = radii.iter().enumerate().map(|(i, r)| {
                let (sin, cos) = (i as f32 / radii.len() as f32 * std::f32::consts::TAU).sin_cos();
                (0.5 + r * cos, 0.5 + r * sin)
            }).collect();
            if backwards {
                corners.reverse();
            }
            let zone = zone(&corners).unwrap();
            prop_assert_eq!(zone.admit(&face(500.0, 250.0, 100.0), PICTURE), Ok(()));
            let text = serde_json::to_string(&zone).unwrap();
            prop_assert_eq!(serde_json::from_str::<Zone>(&text).unwrap(), zone);
        }

        #[test]
        fn two_corners_of_a_star_swapped_cross(count in 4usize..=12, at in 0usize..12) {
            let mut corners: Vec<_> = (0..count).map(|i| {
                let (sin, cos) = (i as f32 / count as f32 * std::f32::consts::TAU).sin_cos();
                (0.5 + 0.4 * cos, 0.5 + 0.4 * sin)
            }).collect();
            corners.swap(at % count, (at + 1) % count);
            prop_assert_eq!(zone(&corners), Err(ZoneError::Crossing));
        }

        #[test]
        fn a_rectangle_holds_what_lies_between_its_sides(x in 0.0f32..1000.0, y in 0.0f32..500.0) {
            let zone = zone(&[(0.25, 0.5), (0.75, 0.5), (0.75, 1.0), (0.25, 1.0)]).unwrap();
            let inside = (250.0..750.0).contains(&x) && y >= 250.0;
            prop_assert_eq!(zone.admit(&face(x, y, 100.0), PICTURE).is_ok(), inside);
        }

        #[test]
        fn no_numbers_make_a_zone_that_panics(
            numbers in proptest::collection::vec((proptest::num::f32::ANY, proptest::num::f32::ANY), 0..14),
            smallest in proptest::num::f32::ANY,
        ) {
            let corners = numbers.into_iter().map(|(x, y)| Corner { x, y }).collect();
            if let Ok(zone) = Zone::new(ZoneParts { corners, smallest, largest: 0.5 }) {
                let _ = zone.admit(&face(10.0, 10.0, 10.0), PICTURE);
            }
        }
    }

    #[test]
    fn the_whole_picture_is_a_zone_and_holds_every_place_in_it() {
        let whole = Zone::whole();
        assert_eq!(Zone::new(whole.parts().clone()), Ok(whole.clone()));
        for (x, y) in [(0.0, 0.0), (999.0, 499.0), (0.0, 499.0), (500.0, 250.0)] {
            assert_eq!(whole.admit(&face(x, y, 100.0), PICTURE), Ok(()), "{x} {y}");
        }
        assert_eq!(whole.admit(&face(1001.0, 250.0, 100.0), PICTURE), Err(Outside::Place));
    }

    #[test]
    fn a_face_counts_by_its_share_of_the_longer_side() {
        let sized = Zone::new(ZoneParts {
            smallest: 0.1,
            largest: 0.3,
            ..Zone::whole().parts
        })
        .unwrap();
        let turned = Size {
            width: 500,
            height: 1000,
        };
        for picture in [PICTURE, turned] {
            let at = |width| sized.admit(&face(250.0, 250.0, width), picture);
            assert_eq!(at(99.0), Err(Outside::TooSmall));
            assert_eq!(at(101.0), Ok(()));
            assert_eq!(at(299.0), Ok(()));
            assert_eq!(at(301.0), Err(Outside::TooLarge));
        }
    }

    #[test]
    fn what_is_no_zone_is_refused() {
        let line = [(0.1, 0.1), (0.5, 0.5), (0.9, 0.9)];
        let spike = [(0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.9, 0.1)];
        let touching = [(0.0, 0.0), (1.0, 0.0), (0.5, 0.5), (1.0, 1.0), (0.0, 1.0), (0.5, 0.5)];
        assert_eq!(zone(&[(0.0, 0.0), (1.0, 1.0)]), Err(ZoneError::Corners(2)));
        assert_eq!(zone(&[(0.5, 0.5); 13]), Err(ZoneError::Corners(13)));
        assert_eq!(zone(&[(0.0, 0.0), (1.1, 0.0), (0.0, 1.0)]), Err(ZoneError::Beyond));
        assert_eq!(zone(&[(0.0, 0.0), (f32::NAN, 0.0), (0.0, 1.0)]), Err(ZoneError::Beyond));
        assert_eq!(zone(&line), Err(ZoneError::Crossing));
        assert_eq!(zone(&spike), Err(ZoneError::Crossing));
        assert_eq!(zone(&touching), Err(ZoneError::Crossing));
        assert_eq!(zone(&[(0.5, 0.5); 3]), Err(ZoneError::Crossing));
        assert_eq!(
            zone(&[(0.0, 0.0), (0.1, 0.0), (0.1, 0.1), (0.0, 0.09)]),
            Err(ZoneError::Area)
        );
        let sizes = |smallest, largest| {
            Zone::new(ZoneParts {
                smallest,
                largest,
                ..Zone::whole().parts
            })
        };
        for (smallest, largest) in [
            (0.0, 1.0),
            (0.3, 0.3),
            (0.3, 0.2),
            (0.1, 1.1),
            (f32::NAN, 1.0),
            (0.1, f32::NAN),
        ] {
            assert_eq!(sizes(smallest, largest), Err(ZoneError::Sizes));
        }
    }
}
