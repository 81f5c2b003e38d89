//! Biometric templates and their comparison (ISO/IEC 2382-37).

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use half::f16;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

macro_rules! digest_id {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            pub const DIGITS: usize = 16;

            pub fn new(text: impl Into<String>) -> Result<Self, TemplateError> {
                let text = text.into();
                let hexadecimal = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                if text.len() == Self::DIGITS && hexadecimal {
                    Ok(Self(text))
                } else {
                    Err(TemplateError::$name)
                }
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = TemplateError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

digest_id! {
    /// Names the embedder's weights: the first 16 lower-case hexadecimal digits of the file's SHA-256.
    ModelId,
    /// Names a secret transform without telling anything of it: the first 16 lower-case hexadecimal digits of a SHA-256 over
    /// its seed.
    TransformId,
}

impl TransformId {
    pub(crate) const BYTES: usize = Self::DIGITS / 2;

    pub(crate) fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// Counts the changes in how pixels become a template (detection, alignment, preprocessing).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct PipelineVersion(pub u32);

/// What two templates must share to be comparable.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TemplateSpace {
    pub model: ModelId,
    pub pipeline: PipelineVersion,
    /// Numbers in a template, 1..=4096.
    pub dimensions: usize,
    /// The deployment's secret transform that the template went through; nothing for a template as the embedder made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transform: Option<TransformId>,
}

impl TemplateSpace {
    /// The space of the embedder's own templates.
    pub fn untransformed(&self) -> Self {
        Self {
            transform: None,
            ..self.clone()
        }
    }

    /// Whether a template that was sent with these is one of this space.
    pub fn is_of(&self, model: &ModelId, pipeline: PipelineVersion, transform: Option<&TransformId>) -> bool {
        self.model == *model && self.pipeline == pipeline && self.transform.as_ref() == transform
    }
}

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TemplateError {
    #[error("a model id has {} lower-case hexadecimal digits", ModelId::DIGITS)]
    ModelId,
    #[error("a transform's id has {} lower-case hexadecimal digits", TransformId::DIGITS)]
    TransformId,
    #[error("a template of this model has {expected} numbers, not {found}")]
    Dimensions { expected: usize, found: usize },
    #[error("a template is base64 of 16-bit floating-point numbers")]
    Encoding,
    #[error("a template's numbers are finite and not all zero")]
    NotAVector,
    #[error("an encoded template has unit length")]
    NotUnitLength,
    #[error("a comparison score lies in -1..=1")]
    Score,
    #[error("templates of different models, pipeline versions or deployments can't be compared")]
    ModelMismatch,
}

/// A face as a vector of unit length in one [`TemplateSpace`]. Overwritten when dropped; its Debug shows no numbers.
#[derive(Clone, PartialEq)]
pub struct Template {
    space: TemplateSpace,
    values: Values,
}

#[derive(Clone, PartialEq, Zeroize, ZeroizeOnDrop)]
struct Values(Vec<f32>);

/// How far an encoded template's length may be from one: half precision loses 2^-11 per number.
const UNIT_TOLERANCE: f32 = 1e-2;

impl Template {
    /// Scales `values` to unit length.
    pub fn from_embedding(space: TemplateSpace, values: Vec<f32>) -> Result<Self, TemplateError> {
        let mut values = Values(values);
        if values.0.len() != space.dimensions {
            return Err(TemplateError::Dimensions {
                expected: space.dimensions,
                found: values.0.len(),
            });
        }
        let length = norm(&values.0);
        if !length.is_finite() || length <= f32::EPSILON {
            return Err(TemplateError::NotAVector);
        }
        values.0.iter_mut().for_each(|v| *v /= length);
        Ok(Self { space, values })
    }

    /// Reads base64 of little-endian half-precision numbers, as [`Template::encode`] writes them.
    pub fn decode(space: TemplateSpace, text: &str) -> Result<Self, TemplateError> {
        let expected = space.dimensions * 2;
        if text.len() != expected.div_ceil(3) * 4 {
            return Err(TemplateError::Dimensions {
                expected: space.dimensions,
                found: text.len() * 3 / 8,
            });
        }
        let mut bytes = BASE64.decode(text).map_err(|_| TemplateError::Encoding)?;
        let template = Self::from_bytes(space, &bytes);
        bytes.zeroize();
        template
    }

    /// Reads little-endian half-precision numbers, as [`Template::to_bytes`] writes them.
    pub fn from_bytes(space: TemplateSpace, bytes: &[u8]) -> Result<Self, TemplateError> {
        if bytes.len() != space.dimensions * 2 {
            return Err(TemplateError::Dimensions {
                expected: space.dimensions,
                found: bytes.len() / 2,
            });
        }
        let values: Vec<f32> = bytes
            .chunks_exact(2)
            .map(|pair| f16::from_le_bytes([pair[0], pair[1]]).to_f32())
            .collect();
        let values = Values(values);
        let length = norm(&values.0);
        if !length.is_finite() || values.0.iter().any(|v| !v.is_finite()) {
            return Err(TemplateError::NotAVector);
        }
        if (length - 1.0).abs() > UNIT_TOLERANCE {
            return Err(TemplateError::NotUnitLength);
        }
        Self::from_embedding(space, values.0.clone())
    }

    /// Little-endian half-precision numbers, two bytes each.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.values
            .0
            .iter()
            .flat_map(|v| f16::from_f32(*v).to_le_bytes())
            .collect()
    }

    /// Base64 of [`Template::to_bytes`], as it travels.
    pub fn encode(&self) -> String {
        let mut bytes = self.to_bytes();
        let text = BASE64.encode(&bytes);
        bytes.zeroize();
        text
    }

    pub fn space(&self) -> &TemplateSpace {
        &self.space
    }

    /// Unit length, `space().dimensions` numbers.
    pub fn values(&self) -> &[f32] {
        &self.values.0
    }

    /// Cosine similarity.
    pub fn compare(&self, other: &Self) -> Result<Similarity, TemplateError> {
        if self.space != other.space {
            return Err(TemplateError::ModelMismatch);
        }
        Similarity::new(dot(&self.values.0, &other.values.0))
    }
}

impl std::fmt::Debug for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Template")
            .field("space", &self.space)
            .finish_non_exhaustive()
    }
}

/// A comparison score: the cosine of two templates, -1..=1. Higher is more alike.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Similarity(f32);

impl Similarity {
    /// Rounding may carry a cosine slightly past one; that much is clamped.
    pub fn new(value: f32) -> Result<Self, TemplateError> {
        if (-1.001..=1.001).contains(&value) {
            Ok(Self(value.clamp(-1.0, 1.0)))
        } else {
            Err(TemplateError::Score)
        }
    }

    pub const fn get(self) -> f32 {
        self.0
    }
}

/// What [`dot`] adds up apart: every so-manieth product.
pub(crate) const PARTIAL_SUMS: usize = 8;

/// Partial sums in a fixed order: it vectorises, and gives the same bits on every host.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; PARTIAL_SUMS];
    let (a_blocks, a_rest) = a.as_chunks::<PARTIAL_SUMS>();
    let (b_blocks, b_rest) = b.as_chunks::<PARTIAL_SUMS>();
    for (x, y) in a_blocks.iter().zip(b_blocks) {
        for lane in 0..PARTIAL_SUMS {
            sums[lane] += x[lane] * y[lane];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f32>() + rest
}

fn norm(values: &[f32]) -> f32 {
    dot(values, values).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn space() -> TemplateSpace {
        TemplateSpace {
            model: ModelId::new("0123456789abcdef").unwrap(),
            pipeline: PipelineVersion(1),
            dimensions: 128,
            transform: None,
        }
    }

    fn embedding() -> impl Strategy<Value = Vec<f32>> {
        proptest::collection::vec(-10.0f32..10.0, 128).prop_filter("has a direction", |v| norm(v) > 0.1)
    }

    proptest! {
        #[test]
        fn a_template_survives_its_journey(values in embedding()) {
            let template = Template::from_embedding(space(), values).unwrap();
            let back = Template::decode(space(), &template.encode()).unwrap();
            prop_assert!(template.compare(&back).unwrap().get() > 0.99999);
        }

        #[test]
        fn a_comparison_is_symmetric(a in embedding(), b in embedding()) {
            let a = Template::from_embedding(space(), a).unwrap();
            let b = Template::from_embedding(space(), b).unwrap();
            prop_assert_eq!(a.compare(&b).unwrap(), b.compare(&a).unwrap());
        }

        #[test]
        fn garbage_is_refused_not_trusted(text in ".{0,400}") {
            prop_assert!(Template::decode(space(), &text).is_err());
        }
    }

    #[test]
    fn templates_of_two_pipelines_cannot_be_compared() {
        let old = Template::from_embedding(space(), vec![1.0; 128]).unwrap();
        let new_space = TemplateSpace {
            pipeline: PipelineVersion(2),
            ..space()
        };
        let new = Template::from_embedding(new_space, vec![1.0; 128]).unwrap();
        assert_eq!(old.compare(&new), Err(TemplateError::ModelMismatch));
    }

    #[test]
    fn what_was_sent_is_of_a_space_only_when_model_pipeline_and_transform_are_its_own() {
        let ids = ["00112233aabbccdd", "ffeeddcc00112233"].map(|id| TransformId::new(id).unwrap());
        let transforms = [None, Some(&ids[0]), Some(&ids[1])];
        for own in transforms {
            let space = TemplateSpace {
                transform: own.cloned(),
                ..space()
            };
            for sent in transforms {
                assert_eq!(space.is_of(&space.model, space.pipeline, sent), own == sent);
            }
            assert!(!space.is_of(&space.model, PipelineVersion(2), own));
            assert!(!space.is_of(&ModelId::new("ffffffffffffffff").unwrap(), space.pipeline, own));
        }
        assert_eq!(TransformId::new("00112233AABBCCDD"), Err(TemplateError::TransformId));
    }

    #[test]
    fn not_a_number_is_not_a_template() {
        assert_eq!(
            Template::from_embedding(space(), vec![f32::NAN; 128]),
            Err(TemplateError::NotAVector)
        );
        assert_eq!(
            Template::from_embedding(space(), vec![0.0; 128]),
            Err(TemplateError::NotAVector)
        );
    }

    #[test]
    fn debug_shows_no_number_of_a_template() {
        let template = Template::from_embedding(space(), vec![1.0; 128]).unwrap();
        assert!(!format!("{template:?}").contains("0.08"));
    }
}
