//! What this installation allows on its watchlists.

use vedette_store::particulars::Response;
use vedette_store::policy::{Category, Policy};

use super::text::{Name, TextError};

/// Categories on the closed list.
const MOST_CATEGORIES: usize = 50;
/// Years. Nobody's face stays the same for longer.
const OLDEST_IMAGE: u8 = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PolicyError {
    #[error("A policy has one to {MOST_CATEGORIES} categories, and none twice. Change the list.")]
    Categories,
    #[error("A category can't be called that: {0}.")]
    Name(#[from] TextError),
    #[error("Images are warned about after 1 to {OLDEST_IMAGE} years. Change the number.")]
    Years,
    #[error("A quality lies between 0 and 1. Change the number.")]
    Quality,
}

/// Until somebody sets another: who immigration officers and police look for, and what they do then.
pub(crate) fn default() -> Policy {
    let category = |(name, response): (&str, Response)| Category {
        name: name.to_owned(),
        response,
    };
    let categories = [
        ("Deportation order", Response::Amber),
        ("Immigration absconder", Response::Amber),
        ("Breach of immigration bail", Response::Amber),
        ("Returned in breach of a deportation order", Response::Amber),
        ("Wanted on warrant", Response::Amber),
        ("Escaped from lawful custody", Response::Amber),
        ("Wanted for serious violence", Response::Red),
        ("Subject of a court order", Response::Green),
        ("Missing person at risk", Response::Green),
    ];
    Policy {
        categories: categories.into_iter().map(category).collect(),
        image_age_warning_years: 5,
        // The gate lets pass what reaches 0.13 or so; ordinary portraits reach 0.5 and more.
        quality_floor: 0.3,
    }
}

pub(crate) fn checked(policy: Policy) -> Result<Policy, PolicyError> {
    let Policy {
        categories,
        image_age_warning_years: years,
        quality_floor: floor,
    } = policy;
    let mut kept: Vec<Category> = Vec::with_capacity(categories.len());
    for Category { name, response } in categories {
        let name = Name::new(&name)?.as_str().to_owned();
        if kept.iter().any(|known| same(&known.name, &name)) {
            return Err(PolicyError::Categories);
        }
        kept.push(Category { name, response });
    }
    if !(1..=MOST_CATEGORIES).contains(&kept.len()) {
        return Err(PolicyError::Categories);
    }
    if !(1..=OLDEST_IMAGE).contains(&years) {
        return Err(PolicyError::Years);
    }
    if !(0.0..=1.0).contains(&floor) {
        return Err(PolicyError::Quality);
    }
    Ok(Policy {
        categories: kept,
        image_age_warning_years: years,
        quality_floor: floor,
    })
}

/// Whether two names of categories mean one.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// The first of a plan's categories that isn't on the closed list (R18).
pub(crate) fn foreign<'a>(policy: &Policy, categories: &'a [String]) -> Option<&'a str> {
    let known = |name: &String| policy.categories.iter().any(|category| category.name == *name);
    categories.iter().find(|name| !known(name)).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Policy {
        let category = |name: &&str| Category {
            name: (*name).to_owned(),
            response: Response::Amber,
        };
        Policy {
            categories: names.iter().map(category).collect(),
            ..default()
        }
    }

    #[test]
    fn the_policy_that_nobody_set_is_a_policy() {
        assert_eq!(checked(default()), Ok(default()));
    }

    #[test]
    fn r18_a_closed_list_has_categories_and_none_twice() {
        assert_eq!(checked(named(&[])), Err(PolicyError::Categories));
        assert_eq!(checked(named(&["Warrant", " warrant"])), Err(PolicyError::Categories));
        assert!(matches!(checked(named(&["  "])), Err(PolicyError::Name(_))));
        let long: Vec<String> = (0..=MOST_CATEGORIES).map(|n| n.to_string()).collect();
        let long: Vec<&str> = long.iter().map(String::as_str).collect();
        assert_eq!(checked(named(&long)), Err(PolicyError::Categories));
        assert!(checked(named(&long[1..])).is_ok());
    }

    #[test]
    fn numbers_that_mean_nothing_are_refused() {
        for (years, floor) in [(0, 0.3), (31, 0.3), (5, -0.1), (5, 1.1), (5, f32::NAN)] {
            let policy = Policy {
                image_age_warning_years: years,
                quality_floor: floor,
                ..default()
            };
            assert!(checked(policy).is_err(), "{years} {floor}");
        }
    }
}
