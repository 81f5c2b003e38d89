//! Text that people type.

use axum::http::Uri;
use serde::Deserialize;
use zeroize::{Zeroize, ZeroizeOnDrop};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TextError {
    #[error("a name has 1 to {} characters, all of them visible", Name::LONGEST)]
    Name,
    #[error("a text has 1 to {} characters, all of them visible", Passage::LONGEST)]
    Passage,
    #[error(
        "an address on the web begins with https://, names a host, and has at most {} characters",
        WebAddress::LONGEST
    )]
    WebAddress,
    #[error("a password has {} to {} characters", Password::SHORTEST, Password::LONGEST)]
    Password,
}

/// What somebody calls a person, a device, a deployment or a place.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Name(String);

impl Name {
    pub(crate) const LONGEST: usize = 80;

    /// Takes off spaces around it.
    pub(crate) fn new(text: &str) -> Result<Self, TextError> {
        let text = text.trim();
        let length = text.chars().count();
        if (1..=Self::LONGEST).contains(&length) && !text.chars().any(hides) && joiners_join(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(TextError::Name)
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control characters, and those that turn the direction of writing: they make one name look like another.
fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Persian, Sinhala and Indic names are spelt with joiners between letters; anywhere else they hide.
fn joiners_join(text: &str) -> bool {
    let joiner = |c: char| matches!(c, '\u{200c}' | '\u{200d}');
    let letters: Vec<char> = text.chars().collect();
    let beside = |c: Option<&char>| c.is_some_and(|c| !c.is_ascii() && !joiner(*c));
    (0..letters.len())
        .filter(|i| joiner(letters[*i]))
        .all(|i| i > 0 && beside(letters.get(i - 1)) && beside(letters.get(i + 1)))
}

impl TryFrom<String> for Name {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text)
    }
}

impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Name")
    }
}

/// A paragraph or several.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Passage(String);

impl Passage {
    pub(crate) const LONGEST: usize = 4_000;

    /// Takes off space around it.
    pub(crate) fn new(text: &str) -> Result<Self, TextError> {
        let text = text.trim();
        let length = text.chars().count();
        let visible = !text.chars().any(|c| hides(c) && !matches!(c, '\n' | '\r' | '\t'));
        if (1..=Self::LONGEST).contains(&length) && visible {
            Ok(Self(text.to_owned()))
        } else {
            Err(TextError::Passage)
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl TryFrom<String> for Passage {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text)
    }
}

impl std::fmt::Debug for Passage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passage")
    }
}

/// Where the public reads something on the web: encrypted, so that nobody on the way changes what it says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct WebAddress(String);

impl WebAddress {
    pub(crate) const LONGEST: usize = 400;

    /// Takes off spaces around it. A name before the host, as in `https://a@b.example`, would hide whose page it is.
    pub(crate) fn new(text: &str) -> Result<Self, TextError> {
        let text = text.trim();
        let uri: Uri = text.parse().map_err(|_| TextError::WebAddress)?;
        let host = uri.host().filter(|host| host.split('.').all(|label| !label.is_empty()));
        let fits = uri.scheme_str() == Some("https") && host.is_some_and(|host| host.contains('.'));
        let named = uri
            .authority()
            .is_some_and(|authority| authority.as_str().contains('@'));
        if fits && !named && text.len() <= Self::LONGEST {
            Ok(Self(text.to_owned()))
        } else {
            Err(TextError::WebAddress)
        }
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl TryFrom<String> for WebAddress {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text)
    }
}

/// A password that somebody chose. Overwritten when dropped; its Debug shows nothing.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(try_from = "String")]
pub(crate) struct Password(String);

impl Password {
    pub(crate) const SHORTEST: usize = 10;
    /// Bounds the work of hashing.
    pub(crate) const LONGEST: usize = 200;

    pub(crate) fn new(mut text: String) -> Result<Self, TextError> {
        if (Self::SHORTEST..=Self::LONGEST).contains(&text.chars().count()) {
            Ok(Self(text))
        } else {
            text.zeroize();
            Err(TextError::Password)
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Password {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(text)
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_name_is_visible_and_bounded(text in ".{0,120}") {
            if let Ok(name) = Name::new(&text) {
                prop_assert!(!name.as_str().is_empty());
                prop_assert!(name.as_str().chars().count() <= Name::LONGEST);
                prop_assert_eq!(name.as_str().trim(), name.as_str());
                prop_assert!(!name.as_str().chars().any(char::is_control));
            }
        }
    }

    #[test]
    fn a_name_that_only_looks_like_another_is_refused() {
        assert_eq!(Name::new("Ann\u{202e}").err(), Some(TextError::Name));
        assert_eq!(Name::new("   ").err(), Some(TextError::Name));
        assert_eq!(Name::new("  Zoë O'Brien ").unwrap().as_str(), "Zoë O'Brien");
    }

    #[test]
    fn names_spelt_with_joiners_are_names_and_hidden_joiners_are_not() {
        // Persian "Alireza" with a zero-width non-joiner, Sinhala "Sri" with a joiner, an emoji of several signs.
        for name in [
            "\u{639}\u{644}\u{6cc}\u{200c}\u{631}\u{636}\u{627}",
            "\u{dc1}\u{dca}\u{200d}\u{dbb}\u{dd3}",
            "👮🏽\u{200d}♀",
        ] {
            assert_eq!(Name::new(name).unwrap().as_str(), name);
        }
        for name in ["Ann\u{200d}", "An\u{200c}n", "\u{200d}é", "é\u{200d}\u{200d}é"] {
            assert_eq!(Name::new(name).err(), Some(TextError::Name), "{name:?}");
        }
    }

    #[test]
    fn an_address_on_the_web_is_one_that_the_public_can_open() {
        let long = format!("https://harbour.example/{}", "a".repeat(400));
        for wrong in [
            "",
            "see our site",
            "harbour.example/privacy",
            "http://harbour.example/privacy",
            "javascript:alert(1)",
            "https://",
            "https://harbour",
            "https://harbour..example",
            "https://harbour.example@elsewhere.example",
            "https://harbour.example/a b",
            &long,
        ] {
            assert_eq!(WebAddress::new(wrong).err(), Some(TextError::WebAddress), "{wrong}");
        }
        for right in [
            "https://harbour.example",
            " https://www.harbour.example:8443/privacy/lfr?v=2#rights ",
        ] {
            assert_eq!(WebAddress::new(right).unwrap().into_string(), right.trim());
        }
    }

    #[test]
    fn debug_shows_neither_names_nor_passwords() {
        let name = Name::new("Ann Example").unwrap();
        let password = Password::new("correct horse".into()).unwrap();
        assert_eq!(format!("{name:?} {password:?}"), "Name Password");
    }

    #[test]
    fn a_short_password_is_refused() {
        assert!(Password::new("ninechars".into()).is_err());
        assert!(Password::new("ten chars!".into()).is_ok());
    }
}
