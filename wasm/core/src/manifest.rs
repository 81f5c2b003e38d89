//! The list of model files: what each is, and the hash that it must have.

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::template::{ModelId, PipelineVersion, TemplateError, TemplateSpace};

/// `models/manifest.toml`, checked.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub pipeline: Pipeline,
    pub detector: ModelFile,
    pub embedder: Embedder,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    pub version: PipelineVersion,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ModelFile {
    pub name: String,
    /// A bare file name, beside the manifest.
    pub file: String,
    pub bytes: u64,
    pub sha256: Sha256Hex,
    pub licence: String,
    pub source: String,
    pub training_data: String,
    pub input: String,
    pub preprocessing: String,
    pub output: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Embedder {
    #[serde(flatten)]
    pub model: ModelFile,
    pub samples: Samples,
    /// Numbers in a template, 1..=4096.
    pub dimensions: usize,
    /// The file that says how often strangers reach a score, beside the manifest.
    pub calibration: String,
}

/// What an embedder takes for a sample of 0..=255: `(sample - mean) * scale`, in planes of these channels.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Samples {
    pub channels: Channels,
    pub mean: f32,
    /// Not zero.
    pub scale: f32,
}

/// The order of an input's planes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channels {
    Rgb,
    Bgr,
}

impl Channels {
    /// Which of red (0), green (1) and blue (2) each plane holds.
    pub const fn order(self) -> [usize; 3] {
        match self {
            Self::Rgb => [0, 1, 2],
            Self::Bgr => [2, 1, 0],
        }
    }
}

/// 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Sha256Hex(String);

impl Sha256Hex {
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Sha256Hex {
    type Error = ManifestError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digits = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if text.len() == 64 && digits {
            Ok(Self(text))
        } else {
            Err(ManifestError::Hash)
        }
    }
}

impl std::fmt::Display for Sha256Hex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ManifestError {
    #[error("models/manifest.toml can't be read: {0}")]
    Syntax(String),
    #[error("a SHA-256 has 64 lower-case hexadecimal digits")]
    Hash,
    #[error("{0} is not a bare file name")]
    FileName(String),
    #[error("an embedder's samples have a finite mean and a finite scale that is not zero")]
    Samples,
    #[error("a template has 1 to 4096 numbers, not {0}")]
    Dimensions(usize),
    #[error("{file} has {found} bytes where models/manifest.toml says {expected}; put the published file back")]
    Length { file: String, expected: u64, found: u64 },
    #[error("{file} has SHA-256 {found} where models/manifest.toml says {expected}; put the published file back")]
    Changed {
        file: String,
        expected: Sha256Hex,
        found: Sha256Hex,
    },
}

impl Manifest {
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        let manifest: Self = toml::from_str(text).map_err(|e| ManifestError::Syntax(e.to_string()))?;
        let models = manifest.models().map(|model| &model.file);
        for name in models.into_iter().chain([&manifest.embedder.calibration]) {
            let bare = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
            if !bare {
                return Err(ManifestError::FileName(name.clone()));
            }
        }
        let Samples { mean, scale, .. } = manifest.embedder.samples;
        if !mean.is_finite() || !scale.is_normal() {
            return Err(ManifestError::Samples);
        }
        if !(1..=4096).contains(&manifest.embedder.dimensions) {
            return Err(ManifestError::Dimensions(manifest.embedder.dimensions));
        }
        Ok(manifest)
    }

    pub fn models(&self) -> [&ModelFile; 2] {
        [&self.detector, &self.embedder.model]
    }

    /// The space that templates of this manifest live in.
    pub fn space(&self) -> Result<TemplateSpace, TemplateError> {
        Ok(TemplateSpace {
            model: ModelId::new(&self.embedder.model.sha256.as_str()[..ModelId::DIGITS])?,
            pipeline: self.pipeline.version,
            dimensions: self.embedder.dimensions,
            transform: None,
        })
    }
}

/// A file's bytes and their SHA-256.
#[derive(Clone, Debug)]
pub struct Hashed<'a> {
    bytes: &'a [u8],
    sha256: Sha256Hex,
}

impl<'a> Hashed<'a> {
    /// `sha256` is that of `bytes` by the word of the host, whose own code computed it: in a browser in a tenth of the time. Where there is
    /// no such host the bytes themselves are turned into this.
    pub fn by_host(bytes: &'a [u8], sha256: Sha256Hex) -> Self {
        Self { bytes, sha256 }
    }

    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

impl<'a> From<&'a [u8]> for Hashed<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::by_host(bytes, Sha256Hex::of(bytes))
    }
}

impl<'a> From<&'a Vec<u8>> for Hashed<'a> {
    fn from(bytes: &'a Vec<u8>) -> Self {
        Self::from(bytes.as_slice())
    }
}

/// Refuses a file that is not the published one: the length is compared first, then the SHA-256 that came with the bytes.
pub fn verify(file: &Hashed<'_>, model: &ModelFile) -> Result<(), ManifestError> {
    let found = file.bytes.len() as u64;
    if found != model.bytes {
        return Err(ManifestError::Length {
            file: model.file.clone(),
            expected: model.bytes,
            found,
        });
    }
    if file.sha256 != model.sha256 {
        return Err(ManifestError::Changed {
            file: model.file.clone(),
            expected: model.sha256.clone(),
            found: file.sha256.clone(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = include_str!("../../../models/manifest.toml");

    #[test]
    fn the_shipped_files_match_the_shipped_manifest() {
        let manifest = Manifest::parse(TEXT).unwrap();
        let detector = include_bytes!("../../../models/face_detection_yunet_2023mar_int8bq.onnx");
        let embedder = include_bytes!("../../../models/face_recognition_sface_2021dec_int8bq.onnx");
        verify(&detector.as_slice().into(), &manifest.detector).unwrap();
        verify(&embedder.as_slice().into(), &manifest.embedder.model).unwrap();
        assert_eq!(manifest.space().unwrap().model.as_str(), "fb143eea07838aa5");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_single_change_and_no_other_length_passes(at in 0usize..122_489, mask in 1u8.., cut in 0usize..122_489) {
            let manifest = Manifest::parse(TEXT).unwrap();
            let mut bytes = include_bytes!("../../../models/face_detection_yunet_2023mar_int8bq.onnx").to_vec();
            bytes[at] ^= mask;
            let changed = matches!(verify(&Hashed::from(&bytes), &manifest.detector), Err(ManifestError::Changed { .. }));
            prop_assert!(changed);
            bytes[at] ^= mask;
            prop_assert_eq!(verify(&Hashed::from(&bytes), &manifest.detector), Ok(()));
            bytes.push(0);
            let longer = matches!(verify(&Hashed::from(&bytes), &manifest.detector), Err(ManifestError::Length { .. }));
            prop_assert!(longer);
            bytes.truncate(cut);
            let shorter = matches!(verify(&Hashed::from(&bytes), &manifest.detector), Err(ManifestError::Length { .. }));
            prop_assert!(shorter);
        }
    }

    #[test]
    fn one_changed_bit_or_a_missing_byte_is_refused_by_name() {
        let manifest = Manifest::parse(TEXT).unwrap();
        let mut bytes = include_bytes!("../../../models/face_detection_yunet_2023mar_int8bq.onnx").to_vec();
        bytes[60_000] ^= 1;
        let changed = verify(&Hashed::from(&bytes), &manifest.detector).unwrap_err();
        assert!(matches!(changed, ManifestError::Changed { .. }));
        assert!(changed.to_string().contains("face_detection_yunet_2023mar_int8bq.onnx"));
        bytes.pop();
        assert!(matches!(
            verify(&Hashed::from(&bytes), &manifest.detector),
            Err(ManifestError::Length { .. })
        ));
    }

    #[test]
    fn a_file_outside_the_folder_is_refused() {
        let text = TEXT.replace("face_detection_yunet_2023mar_int8bq.onnx", "../secrets.onnx");
        assert_eq!(
            Manifest::parse(&text),
            Err(ManifestError::FileName("../secrets.onnx".into()))
        );
    }

    #[test]
    fn samples_that_say_nothing_are_refused() {
        for scale in ["0.0", "inf", "nan", "-inf"] {
            let text = TEXT.replace("scale = 1.0", &format!("scale = {scale}"));
            assert_eq!(Manifest::parse(&text), Err(ManifestError::Samples), "{scale}");
        }
        let text = TEXT.replace("mean = 0.0", "mean = nan");
        assert_eq!(Manifest::parse(&text), Err(ManifestError::Samples));
        let text = TEXT.replace("channels = \"rgb\"", "channels = \"hsv\"");
        assert!(matches!(Manifest::parse(&text), Err(ManifestError::Syntax(_))));
    }

    #[test]
    fn a_calibration_elsewhere_is_refused() {
        let text = TEXT.replace("\"sface-calibration.json\"", "\"../sface-calibration.json\"");
        assert!(matches!(Manifest::parse(&text), Err(ManifestError::FileName(_))));
    }
}
