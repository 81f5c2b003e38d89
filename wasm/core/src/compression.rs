//! How strongly a JPEG file was compressed: the component "compression artefacts" of ISO/IEC 29794-5, told from the file's
//! own quantisation and not from its pixels. A file that was saved again tells of its last saving only, so one that
//! passes may have been compressed more strongly before.

use serde::{Deserialize, Serialize};

/// A quality factor as the Independent JPEG Group's encoder counts them, 1..=100; higher is finer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct JpegQuality(u8);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a JPEG's quality lies between 1 and 100")]
pub struct NoQuality;

/// Quantisation steps of the 64 coefficients, in any order.
pub type Steps = [u16; 64];

/// The luminance table of ITU-T T.81, annex K.1, which encoders scale.
const STANDARD: Steps = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
    87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
];

impl JpegQuality {
    const WORST: Self = Self(1);
    const BEST: Self = Self(100);

    /// A reference below it is used for a reason only. The score of a person's two photographs falls by 0.01 where one of them
    /// is compressed to this, by 0.04 at 15 and by 0.08 at 10 (72 portraits of 36 people, 180 to 480 pixels wide, under the
    /// published SFace); smaller faces lose more.
    pub const LEAST: Self = Self(30);

    /// The quality whose scaled standard table has the nearest sum. Exact for encoders that scale that table, as most do; a
    /// table of a camera's own is judged by its steps taken together. A coarser table never counts as better.
    pub fn of(luminance: &Steps) -> Self {
        let sum = |steps: &Steps| steps.iter().map(|step| u32::from(*step)).sum::<u32>();
        let wanted = sum(luminance);
        (Self::WORST.0..=Self::BEST.0)
            .rev()
            .map(Self)
            .min_by_key(|quality| sum(&quality.table()).abs_diff(wanted))
            .unwrap_or(Self::BEST)
    }

    /// The standard table as this quality scales it (IJG libjpeg, `jpeg_quality_scaling` and `jpeg_add_quant_table`, with
    /// steps of eight bits).
    fn table(self) -> Steps {
        let quality = u32::from(self.0);
        let percent = if quality < 50 {
            5000 / quality
        } else {
            200 - 2 * quality
        };
        STANDARD.map(|step| ((u32::from(step) * percent + 50) / 100).clamp(1, 255) as u16)
    }

    pub const fn get(self) -> u8 {
        self.0
    }

    pub fn is_enough(self) -> bool {
        self >= Self::LEAST
    }
}

impl TryFrom<u8> for JpegQuality {
    type Error = NoQuality;

    fn try_from(quality: u8) -> Result<Self, NoQuality> {
        let quality = Self(quality);
        (Self::WORST..=Self::BEST)
            .contains(&quality)
            .then_some(quality)
            .ok_or(NoQuality)
    }
}

impl From<JpegQuality> for u8 {
    fn from(quality: JpegQuality) -> Self {
        quality.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn r26_a_table_that_was_scaled_says_by_which_quality() {
        for quality in 1..=100 {
            let quality = JpegQuality::try_from(quality).unwrap();
            assert_eq!(JpegQuality::of(&quality.table()), quality);
        }
    }

    /// First and last steps as the reference encoder writes them.
    #[test]
    fn tables_are_scaled_as_the_reference_encoder_does() {
        let ends = |quality: u8| {
            let table = JpegQuality(quality).table();
            (table[0], table[1], table[63])
        };
        assert_eq!(ends(50), (16, 11, 99));
        assert_eq!(ends(75), (8, 6, 50));
        assert_eq!(ends(25), (32, 22, 198));
        assert_eq!((ends(100), ends(1)), ((1, 1, 1), (255, 255, 255)));
    }

    #[test]
    fn a_quality_lies_between_1_and_100() {
        for none in [0, 101, 255] {
            assert_eq!(JpegQuality::try_from(none), Err(NoQuality));
        }
        assert!(serde_json::from_str::<JpegQuality>("0").is_err());
        assert_eq!(serde_json::from_str::<JpegQuality>("30").unwrap().get(), 30);
    }

    proptest! {
        #[test]
        fn a_coarser_table_never_counts_as_better(
            steps in proptest::collection::vec(1u16..2000, 64), at in 0usize..64, more in 1u16..1000,
        ) {
            let fine: Steps = steps.try_into().unwrap();
            let mut coarse = fine;
            coarse[at] += more;
            prop_assert!(JpegQuality::of(&coarse) <= JpegQuality::of(&fine));
        }

        #[test]
        fn the_order_of_the_steps_is_of_no_matter(quality in 1u8..=100, turn in 0usize..64) {
            let mut steps = JpegQuality(quality).table();
            steps.rotate_left(turn);
            prop_assert_eq!(JpegQuality::of(&steps), JpegQuality(quality));
        }
    }
}
