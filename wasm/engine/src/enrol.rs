use vedette_core::align::align;
use vedette_core::detect::{Detection, InputSide};
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

/// What a photograph would be to the product, as a reference and as a picture from a camera.
#[derive(Debug)]
pub struct Examination {
    pub reference: Result<Quality, Refusal>,
    /// Of the largest face; others in the picture are passed over, as they would be tracks of their own.
    pub probe: Result<Quality, Refusal>,
    /// Where it can be one of the two.
    pub template: Option<Template>,
}

/// Pixels of a photograph's longer side. A larger one is made smaller here and not by its reader, so that every reader
/// gets the same template; faces that are found in it are found at this size too.
const LONGEST: u32 = 1600;
/// A face in the background does not make a photograph ambiguous: one whose box has less than this share of the largest
/// face's area is passed over.
const BYSTANDER: f32 = 0.08;

/// One face, well taken, becomes a reference; anything else is refused with the reason.
pub fn enrol(
    image: &Rgb,
    detector: &mut Detector,
    embedder: &Embedder,
) -> Result<Result<Enrolment, Refusal>, EngineError> {
    let image = &image.at_most(LONGEST);
    let Some(main) = MainFace::find(image, detector)? else {
        return Ok(Err(Refusal::NoFace));
    };
    let quality = match main.as_reference(image) {
        Ok(quality) => quality,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (Some(aligned), Some(picture)) = (main.aligned, picture(image, &main.face)) else {
        return Ok(Err(Refusal::Quality(Reason::CutOff)));
    };
    Ok(Ok(Enrolment {
        template: embedder.embed(&aligned)?,
        quality,
        picture,
    }))
}

/// Both gates and the template of one photograph, for evaluation.
pub fn examine(image: &Rgb, detector: &mut Detector, embedder: &Embedder) -> Result<Examination, EngineError> {
    let image = &image.at_most(LONGEST);
    let Some(main) = MainFace::find(image, detector)? else {
        return Ok(Examination {
            reference: Err(Refusal::NoFace),
            probe: Err(Refusal::NoFace),
            template: None,
        });
    };
    let reference = main.as_reference(image);
    let probe = main.passes(image, &Limits::WATCH);
    let template = match &main.aligned {
        Some(aligned) if reference.is_ok() || probe.is_ok() => Some(embedder.embed(aligned)?),
        _ => None,
    };
    Ok(Examination {
        reference,
        probe,
        template,
    })
}

/// The largest face of a photograph.
struct MainFace {
    face: Detection,
    aligned: Option<Rgb>,
    /// How many faces are large enough to be meant.
    rivals: usize,
}

impl MainFace {
    /// On a large input, then on a small one: the detector finds faces up to about its whole input, but a face that fills a
    /// large one is beyond its largest cells.
    fn find(image: &Rgb, detector: &mut Detector) -> Result<Option<Self>, EngineError> {
        let (mut found, mut side) = (Vec::new(), InputSide::PHOTO);
        for next in [InputSide::PHOTO, InputSide::CLOSE] {
            side = next;
            found = detector.detect(image, side)?;
            if !found.is_empty() {
                break;
            }
        }
        let Some(face) = found
            .iter()
            .copied()
            .max_by(|a, b| a.rect.area().total_cmp(&b.rect.area()))
        else {
            return Ok(None);
        };
        let meant = |other: &&Detection| other.rect.area() >= BYSTANDER * face.rect.area();
        let face = detector.look_again(image, &face, side)?;
        Ok(Some(Self {
            face,
            aligned: align(image, &face.landmarks).ok(),
            rivals: found.iter().filter(meant).count(),
        }))
    }

    fn as_reference(&self, image: &Rgb) -> Result<Quality, Refusal> {
        if self.rivals > 1 {
            return Err(Refusal::SeveralFaces(self.rivals));
        }
        self.passes(image, &Limits::ENROL)
    }

    fn passes(&self, image: &Rgb, limits: &Limits) -> Result<Quality, Refusal> {
        let Some(aligned) = &self.aligned else {
            return Err(Refusal::Quality(Reason::Uncertain));
        };
        match assess(&self.face, image.size(), aligned, limits) {
            Verdict::Use(quality) => Ok(quality),
            Verdict::Reject(reason) => Err(Refusal::Quality(reason)),
        }
    }
}
