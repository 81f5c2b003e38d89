//! Codes that a person reads off one screen and types into another.

use sha2::{Digest as _, Sha256};
use vedette_store::row::Digest;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Eight characters out of 32, 40 bits: guessing is hopeless within a code's minutes and the limit on attempts.
/// Without I, O, 0 and 1, which people mix up.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH: usize = 8;

/// A code in its plain form, eight characters. Overwritten when dropped; its Debug shows nothing.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Code(String);

impl Code {
    pub(crate) const RANDOM_BYTES: usize = LENGTH;

    pub(crate) fn from_random(bytes: [u8; Self::RANDOM_BYTES]) -> Self {
        Self(
            bytes
                .iter()
                .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
                .collect(),
        )
    }

    /// Reads what a person typed: lower case, spaces and hyphens don't matter.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.len() > 64 {
            return None;
        }
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let known = plain.bytes().all(|byte| ALPHABET.contains(&byte));
        (plain.len() == LENGTH && known).then_some(Self(plain))
    }

    pub(crate) fn digest(&self) -> Digest {
        digest(self.0.as_bytes())
    }
}

/// As people read it: `ABCD-EFGH`.
impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (first, last) = self.0.split_at(LENGTH / 2);
        write!(f, "{first}-{last}")
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code")
    }
}

/// SHA-256. Secrets are kept as digests only, and compared as digests, so that timing tells nothing.
pub(crate) fn digest(secret: &[u8]) -> Digest {
    Digest(Sha256::digest(secret).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_survives_reading_and_typing(bytes: [u8; 8]) {
            let code = Code::from_random(bytes);
            let typed = code.to_string().to_lowercase().replace('-', " ");
            prop_assert_eq!(Code::parse(&typed).map(|c| c.digest()), Some(code.digest()));
        }

        #[test]
        fn anything_may_be_typed(text in ".{0,100}") {
            let _ = Code::parse(&text);
        }
    }

    #[test]
    fn a_code_of_another_length_is_none() {
        assert!(Code::parse("ABCD-EFG").is_none());
        assert!(Code::parse("ABCD-EFGH-J").is_none());
        assert!(Code::parse("ABCD-EFG0").is_none());
    }
}
