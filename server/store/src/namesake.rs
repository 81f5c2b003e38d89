//! People of one list who have the same name.

use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;

/// By which somebody is told apart, wherever the name stands: as long as the deployment lives it is theirs alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Namesake {
    /// In the order in which they were put onto the list, from 1.
    pub number: u32,
    /// How many of that name were ever put onto it, at least 2.
    pub of: u32,
}

impl Namesake {
    /// None where nobody else has the name: there is nothing to tell apart.
    pub(crate) fn among(number: u32, of: u32) -> Option<Self> {
        (of > 1).then_some(Self { number, of })
    }
}

/// A name as it is compared: however its letters are written in Unicode (NFKC), whatever their case, and the space around and
/// between its words.
pub(crate) fn folded(name: &str) -> String {
    let name: String = name.nfkc().collect();
    let words = name.split_whitespace().map(str::to_lowercase);
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_on_a_list_are_one_name() {
        for name in ["Ann Évans", " ann  évans ", "ANN\u{a0}ÉVANS", "Ann E\u{301}vans"] {
            assert_eq!(folded(name), "ann évans");
        }
        assert_ne!(folded("Anne Évans"), folded("Ann Évans"));
    }

    #[test]
    fn whoever_has_a_name_alone_has_no_number() {
        assert_eq!(Namesake::among(1, 1), None);
        assert_eq!(Namesake::among(2, 2), Some(Namesake { number: 2, of: 2 }));
    }
}
