use vedette_core::align::align;
use vedette_core::detect::InputSide;
use vedette_core::image::Rgb;
use vedette_core::quality::{Limits, Quality, Reason, Verdict, assess};
use vedette_core::template::Template;

use crate::pipeline::picture;
use crate::{Detector, Embedder, EngineError};

/// A reference made from one photograph.
#[derive(Debug)]
pub struct Enrolment {
    pub template: Template,
    pub quality: Quality,
    /// The face with a margin, at most 256 pixels a side.
    pub picture: Rgb,
}

/// Why a photograph can't serve as a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NoFace,
    SeveralFaces(usize),
    Quality(Reason),
}

/// A small face, then a large one: the detector finds faces up to about its whole input, but a face that fills a large
/// input is beyond its largest cells.
const SIDES: [InputSide; 2] = [InputSide::PHOTO, InputSide::LIVE];
/// A face in the background does not make a photograph ambiguous: one whose box has less than this share of the largest
/// face's area is passed over.
const BYSTANDER: f32 = 0.08;

/// One face, well taken, becomes a reference; anything else is refused with the reason.
pub fn enrol(
    image: &Rgb,
    detector: &mut Detector,
    embedder: &Embedder,
) -> Result<Result<Enrolment, Refusal>, EngineError> {
    let mut found = Vec::new();
    for side in SIDES {
        found = detector.detect(image, side)?;
        if !found.is_empty() {
            break;
        }
    }
    found.sort_by(|a, b| b.rect.area().total_cmp(&a.rect.area()));
    let Some(face) = found.first() else {
        return Ok(Err(Refusal::NoFace));
    };
    let rivals = found
        .iter()
        .filter(|d| d.rect.area() >= BYSTANDER * face.rect.area())
        .count();
    if rivals > 1 {
        return Ok(Err(Refusal::SeveralFaces(rivals)));
    }
    let Ok(aligned) = align(image, &face.landmarks) else {
        return Ok(Err(Refusal::Quality(Reason::Uncertain)));
    };
    let quality = match assess(face, image.size(), &aligned, &Limits::ENROL) {
        Verdict::Use(quality) => quality,
        Verdict::Reject(reason) => return Ok(Err(Refusal::Quality(reason))),
    };
    let Some(picture) = picture(image, face) else {
        return Ok(Err(Refusal::Quality(Reason::CutOff)));
    };
    Ok(Ok(Enrolment {
        template: embedder.embed(&aligned)?,
        quality,
        picture,
    }))
}
