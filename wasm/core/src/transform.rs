//! A deployment's secret transform of templates.
//!
//! Every reference and every probe of a deployment goes through the same secret rotation and reflection `Q`. Angles stay, so
//! scores, calibrations and thresholds are those of the model. Another deployment has another `Q`: a person's templates in the
//! two have nothing to do with each other, and a template that was taken out of one fits nobody in the other.
//!
//! `Q` is linear, so it is a key and not a one-way function. Whoever has the seed turns every template back, and so does
//! whoever has about as many pairs of templates, before and after, as a template has numbers. It adds to encryption and to TLS
//! and replaces neither.

use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::template::{Template, TemplateError, TransformId};

/// What a transform is made from: 256 secret bits. Overwritten when dropped; its Debug shows its id only.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Seed([u8; Self::BYTES]);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a transform's seed has {} bytes", Seed::BYTES)]
pub struct SeedError;

impl Seed {
    pub const BYTES: usize = 32;

    /// The caller overwrites `bytes`.
    pub fn new(bytes: &[u8]) -> Result<Self, SeedError> {
        let mut seed = Self([0; Self::BYTES]);
        if bytes.len() != Self::BYTES {
            return Err(SeedError);
        }
        seed.0.copy_from_slice(bytes);
        Ok(seed)
    }

    pub fn bytes(&self) -> &[u8; Self::BYTES] {
        &self.0
    }

    pub fn id(&self) -> TransformId {
        let hash = Sha256::new()
            .chain_update(b"vedette transform id 1\0")
            .chain_update(self.0)
            .finalize();
        let mut first = [0; TransformId::BYTES];
        first.copy_from_slice(&hash[..TransformId::BYTES]);
        TransformId::from_bytes(first)
    }
}

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Seed({})", self.id())
    }
}

/// Random signs, a random order and a Walsh-Hadamard transform, so often. After one round a single known pair gives the key
/// away: what comes out is what went in but for order and signs, mixed in a known way. And a template of one number scores
/// 0.09 / sqrt(128) across deployments in the mean where directions drawn at random score 0.80 / sqrt(128). From two rounds on
/// that is 0.80 for every shape of template; the third is a margin, for some hundred nanoseconds.
const ROUNDS: usize = 3;

/// `Q` of one deployment, for templates of so many numbers. Overwritten when dropped; its Debug shows its id only.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Transform {
    #[zeroize(skip)]
    id: TransformId,
    rounds: Vec<Round>,
}

#[derive(Zeroize, ZeroizeOnDrop)]
struct Round {
    /// Where each number comes from; each place once.
    order: Vec<usize>,
    /// One or minus one.
    signs: Vec<f32>,
}

impl Transform {
    /// The same on every host for the same seed.
    pub fn new(seed: &Seed, dimensions: usize) -> Self {
        let mut random = Random::new(seed);
        Self {
            id: seed.id(),
            rounds: (0..ROUNDS).map(|_| Round::draw(&mut random, dimensions)).collect(),
        }
    }

    pub fn id(&self) -> &TransformId {
        &self.id
    }

    /// Takes a template of the embedder's own space into the deployment's. Fails with `ModelMismatch` for one that is in a
    /// deployment's space already, or has another number of dimensions.
    pub fn apply(&self, template: Template) -> Result<Template, TemplateError> {
        let mut space = template.space().clone();
        let fits = self.rounds.iter().all(|round| round.order.len() == space.dimensions);
        if space.transform.is_some() || !fits {
            return Err(TemplateError::ModelMismatch);
        }
        space.transform = Some(self.id.clone());
        let mut values = Zeroizing::new(template.values().to_vec());
        let mut turned = Zeroizing::new(vec![0.0; values.len()]);
        for round in &self.rounds {
            round.turn(&values, &mut turned);
            std::mem::swap(&mut values, &mut turned);
        }
        // Takes the buffer along, to overwrite it in its turn.
        Template::from_embedding(space, std::mem::take(&mut *values))
    }
}

impl std::fmt::Debug for Transform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Transform({})", self.id)
    }
}

impl Round {
    fn draw(random: &mut Random<'_>, dimensions: usize) -> Self {
        let signs = (0..dimensions).map(|_| if random.next() & 1 == 0 { 1.0 } else { -1.0 });
        let signs = signs.collect();
        let mut order: Vec<usize> = (0..dimensions).collect();
        for last in (1..dimensions).rev() {
            order.swap(last, random.up_to(last));
        }
        Self { order, signs }
    }

    fn turn(&self, from: &[f32], to: &mut [f32]) {
        for ((to, sign), source) in to.iter_mut().zip(&self.signs).zip(&self.order) {
            *to = sign * from[*source];
        }
        // Where the length is no power of two, the first numbers and the last, which overlap.
        let width = to.len().checked_ilog2().map_or(0, |power| 1 << power);
        let rest = to.len() - width;
        mix(&mut to[..width]);
        if rest > 0 {
            mix(&mut to[rest..]);
        }
    }
}

/// The Walsh-Hadamard transform of so many numbers, a power of two, scaled so that their length stays.
fn mix(values: &mut [f32]) {
    let mut half = 1;
    while half < values.len() {
        for block in values.chunks_exact_mut(2 * half) {
            let (low, high) = block.split_at_mut(half);
            for (a, b) in low.iter_mut().zip(high) {
                (*a, *b) = (*a + *b, *a - *b);
            }
        }
        half *= 2;
    }
    let scale = (values.len() as f32).sqrt().recip();
    values.iter_mut().for_each(|value| *value *= scale);
}

/// Numbers from a seed, by the one-step key derivation of NIST SP 800-56C with SHA-256: hashes of a counter, the seed and a
/// label.
struct Random<'a> {
    seed: &'a Seed,
    hashes: u32,
    block: Zeroizing<[u8; BLOCK]>,
    used: usize,
}

/// Bytes of a hash.
const BLOCK: usize = 32;

impl<'a> Random<'a> {
    fn new(seed: &'a Seed) -> Self {
        Self {
            seed,
            hashes: 0,
            block: Zeroizing::new([0; BLOCK]),
            used: BLOCK,
        }
    }

    fn next(&mut self) -> u32 {
        if self.used == BLOCK {
            self.hashes += 1;
            let hash = Sha256::new()
                .chain_update(self.hashes.to_be_bytes())
                .chain_update(self.seed.bytes())
                .chain_update(b"vedette transform 1");
            hash.finalize_into((&mut *self.block).into());
            self.used = 0;
        }
        let (words, _) = self.block.as_chunks::<4>();
        let word = u32::from_be_bytes(words[self.used / 4]);
        self.used += 4;
        word
    }

    /// 0..=`most`, each as often. A template has far fewer numbers than 2^32.
    fn up_to(&mut self, most: usize) -> usize {
        let count = most as u64 + 1;
        let whole = (1u64 << 32) / count * count;
        loop {
            let drawn = u64::from(self.next());
            if drawn < whole {
                return (drawn % count) as usize;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::{ModelId, PipelineVersion, TemplateSpace};
    use proptest::prelude::*;

    fn space(dimensions: usize) -> TemplateSpace {
        TemplateSpace {
            model: ModelId::new("0123456789abcdef").unwrap(),
            pipeline: PipelineVersion(1),
            dimensions,
            transform: None,
        }
    }

    fn seed(number: u64) -> Seed {
        let mut bytes = [7; Seed::BYTES];
        bytes[..8].copy_from_slice(&number.to_le_bytes());
        Seed::new(&bytes).unwrap()
    }

    fn template(values: Vec<f32>) -> Template {
        Template::from_embedding(space(values.len()), values).unwrap()
    }

    /// What somebody would compare who takes the label off.
    fn cosine(a: &Template, b: &Template) -> f32 {
        crate::template::dot(a.values(), b.values())
    }

    /// Numbers around zero, of a bell's shape near enough.
    fn noise(random: &mut Random<'_>) -> f32 {
        let uniform = |random: &mut Random<'_>| f64::from(random.next()) / f64::from(u32::MAX) - 0.5;
        (0..12).map(|_| uniform(random)).sum::<f64>() as f32
    }

    fn person(random: &mut Random<'_>) -> Vec<f32> {
        (0..128).map(|_| noise(random)).collect()
    }

    /// A picture of that person: two of them score 0.5, as hard pairs of one person do.
    fn picture(person: &[f32], random: &mut Random<'_>) -> Template {
        template(person.iter().map(|value| value + noise(random)).collect())
    }

    /// How often the first kind of score is higher than the second.
    fn area(higher: &[f32], lower: &[f32]) -> f64 {
        let wins = |a: f32| lower.iter().map(|b| if a > *b { 1.0 } else { 0.0 }).sum::<f64>();
        let all: f64 = higher.iter().map(|a| wins(*a)).sum();
        all / (higher.len() * lower.len()) as f64
    }

    proptest! {
        #[test]
        fn r102_scores_are_what_they_were(
            number in any::<u64>(),
            pairs in (1usize..300).prop_flat_map(|d| proptest::collection::vec((-1.0f32..1.0, -1.0f32..1.0), d))
                .prop_filter("has directions", |pairs| pairs.iter().any(|(a, _)| a.abs() > 0.1) && pairs.iter().any(|(_, b)| b.abs() > 0.1)),
        ) {
            let (a, b): (Vec<f32>, Vec<f32>) = pairs.into_iter().unzip();
            let (a, b) = (template(a), template(b));
            let transform = Transform::new(&seed(number), a.space().dimensions);
            let before = a.compare(&b).unwrap().get();
            let (a, b) = (transform.apply(a).unwrap(), transform.apply(b).unwrap());
            let after = a.compare(&b).unwrap().get();
            prop_assert!((before - after).abs() <= 1e-5, "{before} {after}");
        }
    }

    #[test]
    fn r102_templates_of_one_person_in_two_deployments_are_uncorrelated() {
        let numbers = seed(1);
        let mut random = Random::new(&numbers);
        let one = |at: usize| (0..128).map(move |n| if n == at { 1.0 } else { 0.0 });
        let shapes = [
            ("a face's", person(&mut random)),
            ("one number", one(5).collect()),
            ("two numbers", one(5).zip(one(9)).map(|(a, b)| a + b).collect()),
            ("all alike", vec![1.0; 128]),
        ];
        for (shape, values) in shapes {
            let cosines: Vec<f32> = (0..1000u64)
                .map(|n| {
                    let across =
                        [2 * n, 2 * n + 1].map(|n| Transform::new(&seed(n), 128).apply(template(values.clone())));
                    let [here, there] = across.map(Result::unwrap);
                    assert_eq!(here.compare(&there), Err(TemplateError::ModelMismatch));
                    cosine(&here, &there)
                })
                .collect();
            // Of directions that are drawn at random: sqrt(2 / (pi 128)).
            let mean = cosines.iter().map(|c| c.abs()).sum::<f32>() / 1000.0;
            assert!((mean - 0.0705).abs() < 0.007, "{shape}: {mean}");
            let largest = cosines.iter().fold(0.0f32, |most, c| most.max(c.abs()));
            assert!(largest < 0.45, "{shape}: {largest}");
        }
    }

    #[test]
    fn r102_across_deployments_a_person_scores_as_a_stranger_does() {
        let numbers = seed(2);
        let mut random = Random::new(&numbers);
        let (mut within, mut across, mut strangers) = (Vec::new(), Vec::new(), Vec::new());
        for pair in 0..60 {
            let [here, there] = [2 * pair, 2 * pair + 1].map(|n| Transform::new(&seed(n), 128));
            for _ in 0..40 {
                let (somebody, another) = (person(&mut random), person(&mut random));
                let mut shot =
                    |who: &[f32], deployment: &Transform| deployment.apply(picture(who, &mut random)).unwrap();
                let (a, b) = (shot(&somebody, &here), shot(&somebody, &here));
                let (c, d) = (shot(&somebody, &there), shot(&another, &there));
                within.push(cosine(&a, &b));
                across.push(cosine(&a, &c));
                strangers.push(cosine(&a, &d));
            }
        }
        let (told, untold) = (area(&within, &strangers), area(&across, &strangers));
        assert!(told > 0.99, "{told}");
        assert!((untold - 0.5).abs() <= 0.02, "{untold}");
    }

    /// The numbers were computed apart from this code, in double precision and another language.
    #[test]
    fn a_seed_stands_for_the_same_transform_on_every_host() {
        let bytes: Vec<u8> = (0..32).collect();
        let seed = Seed::new(&bytes).unwrap();
        assert_eq!(seed.id().as_str(), "4a5be96271ba53f5");
        let expected = [
            [0.1041847, 0.1362323, -0.1818227, 0.0197881, -0.0095048, 0.0065447],
            [0.2471818, -0.1068615, 0.0586669, 0.0882026, -0.1294505, -0.0782462],
        ];
        for (dimensions, expected) in [128u8, 100].into_iter().zip(expected) {
            let ramp = template((0..dimensions).map(|n| f32::from(n) - 20.0).collect());
            let turned = Transform::new(&seed, usize::from(dimensions)).apply(ramp).unwrap();
            for (found, expected) in turned.values().iter().zip(expected) {
                assert!((found - expected).abs() < 1e-6, "{found} {expected}");
            }
        }
    }

    #[test]
    fn a_template_is_transformed_once_and_only_of_its_own_length() {
        let (one, other) = (Transform::new(&seed(1), 128), Transform::new(&seed(2), 128));
        let raw = template(vec![1.0; 128]);
        let turned = one.apply(raw.clone()).unwrap();
        assert_eq!(turned.space().transform.as_ref(), Some(one.id()));
        assert_eq!(turned.space().untransformed(), *raw.space());
        assert_eq!(turned.compare(&raw), Err(TemplateError::ModelMismatch));
        assert_eq!(one.apply(turned.clone()), Err(TemplateError::ModelMismatch));
        assert_eq!(other.apply(turned), Err(TemplateError::ModelMismatch));
        assert_eq!(one.apply(template(vec![1.0; 64])), Err(TemplateError::ModelMismatch));
    }

    /// Of the rows, what adds up to `wanted`: Gauss and Jordan.
    fn parts(rows: &[Vec<f64>], wanted: &[f64]) -> Vec<f64> {
        let count = rows.len();
        // One equation for each number, with an unknown for each row.
        let mut equations: Vec<Vec<f64>> = (0..count)
            .map(|n| rows.iter().map(|row| row[n]).chain([wanted[n]]).collect())
            .collect();
        for at in 0..count {
            let largest = (at..count).max_by(|a, b| equations[*a][at].abs().total_cmp(&equations[*b][at].abs()));
            equations.swap(at, largest.unwrap());
            let pivot: Vec<f64> = equations[at].iter().map(|value| value / equations[at][at]).collect();
            for equation in &mut equations {
                let factor = equation[at];
                equation
                    .iter_mut()
                    .zip(&pivot)
                    .for_each(|(value, pivot)| *value -= factor * pivot);
            }
            equations[at] = pivot;
        }
        equations.iter().map(|equation| equation[count]).collect()
    }

    /// What the README must not hide: `Q` is linear.
    #[test]
    fn r103_known_pairs_give_a_transform_away_as_the_readme_says() {
        let numbers = seed(3);
        let mut random = Random::new(&numbers);
        let secret = Transform::new(&seed(4), 128);
        let known: Vec<Template> = (0..128).map(|_| template(person(&mut random))).collect();
        let unknown = template(person(&mut random));
        let wide = |template: &Template| template.values().iter().map(|v| f64::from(*v)).collect::<Vec<f64>>();
        let turned = |template: &Template| wide(&secret.apply(template.clone()).unwrap());
        let rows: Vec<Vec<f64>> = known.iter().map(turned).collect();
        let parts = parts(&rows, &turned(&unknown));
        let mut found = vec![0.0f32; 128];
        for (part, before) in parts.iter().zip(&known) {
            let add = |(sum, value): (&mut f32, &f32)| *sum += (*part * f64::from(*value)) as f32;
            found.iter_mut().zip(before.values()).for_each(add);
        }
        assert!(template(found).compare(&unknown).unwrap().get() > 0.99);
        let readme = include_str!("../../../README.md");
        for admission in [
            "a key, and not a one-way function",
            "some 128 of its templates",
            "replaces neither",
        ] {
            assert!(readme.contains(admission), "{admission}");
        }
    }

    #[test]
    fn a_seed_and_its_transform_show_their_id_only() {
        let seed = Seed::new(&[0xab; 32]).unwrap();
        let shown = format!("{seed:?} {:?}", Transform::new(&seed, 128));
        assert_eq!(shown, format!("Seed({0}) Transform({0})", seed.id()));
        assert!(!shown.contains("abab") && !shown.contains("171"));
        assert_eq!(Seed::new(&[1; 31]).unwrap_err(), SeedError);
    }
}
