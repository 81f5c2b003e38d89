//! What a photograph lacks to be a reference without somebody's reason (R26).

use vedette_core::compression::JpegQuality;

#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub(crate) enum Shortfall {
    /// The quality gate's score, and the policy's floor.
    #[error("its quality is {:.2}, below the policy's {:.2}", .score, .floor)]
    Quality { score: f32, floor: f32 },
    #[error(
        "the file was compressed too strongly, to a JPEG quality of about {}; references need {}",
        .0.get(),
        JpegQuality::LEAST.get()
    )]
    Compression(JpegQuality),
}

/// `compression`: of the file, where it is a JPEG that tells.
pub(crate) fn of(score: f32, compression: Option<JpegQuality>, floor: f32) -> Option<Shortfall> {
    if score < floor {
        return Some(Shortfall::Quality { score, floor });
    }
    compression
        .filter(|quality| !quality.is_enough())
        .map(Shortfall::Compression)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r26_a_photograph_falls_short_by_its_quality_or_by_its_compression() {
        let quality = |factor: u8| JpegQuality::try_from(factor).ok();
        assert_eq!(of(0.5, None, 0.5), None);
        assert_eq!(of(0.5, Some(JpegQuality::LEAST), 0.5), None);
        assert!(matches!(of(0.49, quality(90), 0.5), Some(Shortfall::Quality { .. })));
        let below = quality(JpegQuality::LEAST.get() - 1);
        assert_eq!(of(0.9, below, 0.5), below.map(Shortfall::Compression));
    }
}
