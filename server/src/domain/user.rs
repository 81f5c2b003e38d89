//! People who sign in.

use unicode_security::confusable_detection::skeleton;
use vedette_core::id::UserId;
use vedette_store::row::UserRow;

pub(crate) use vedette_store::row::{Role, RoleGrant};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("without this account nobody could administer the server")]
pub(crate) struct LastAdministrator;

pub(crate) fn is_administrator(user: &UserRow) -> bool {
    user.roles.iter().any(|grant| grant.role == Role::Administrator)
}

/// Whether `who` may be removed from `all`: an administrator must be left.
pub(crate) fn may_remove(all: &[UserRow], who: UserId) -> Result<(), LastAdministrator> {
    let left = all.iter().any(|user| user.id != who && is_administrator(user));
    if left { Ok(()) } else { Err(LastAdministrator) }
}

/// Whether somebody in `all` has that name, or one that can't be told from it by looking: in other cases, with other spaces, in
/// letters of another script that look the same (Unicode Technical Standard 39).
pub(crate) fn is_taken(all: &[UserRow], name: &str) -> bool {
    all.iter().any(|user| look_alike(&user.name, name))
}

fn look_alike(a: &str, b: &str) -> bool {
    let spaced = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (a, b) = (spaced(a), spaced(b));
    // Both ways round: a capital I looks like a small l, and a small i does not.
    let [seen, lowered]: [fn(&str) -> String; 2] = [
        |name| skeleton(name).collect::<String>().to_lowercase(),
        |name| skeleton(&name.to_lowercase()).collect(),
    ];
    seen(&a) == seen(&b) || lowered(&a) == lowered(&b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use uuid::Uuid;

    fn user(n: u128, role: Role) -> UserRow {
        UserRow {
            id: UserId::new(Uuid::from_u128(n)),
            name: n.to_string(),
            roles: vec![RoleGrant {
                role,
                trained_until: None,
            }],
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_name_that_looks_like_a_colleagues_is_taken() {
        let named = |name: &str| UserRow {
            name: name.into(),
            ..user(1, Role::Operator)
        };
        let all = [named("Alan Mill"), named("Zoë O'Brien")];
        for taken in [
            "alan mill",
            "Alan  Mill",
            "Alan\u{a0}Mill",
            "AIan Mill",
            "Alan MiII",
            // A Cyrillic small a, and a Greek capital alpha.
            "Al\u{430}n Mill",
            "\u{391}lan Mill",
            "Zo\u{65}\u{308} O'Brien",
            "Zoë O\u{2019}Brien",
        ] {
            assert!(is_taken(&all, taken), "{taken:?}");
        }
        for free in ["Alan Hill", "Alana Mill", "AlanMill", "Zoe O'Brien"] {
            assert!(!is_taken(&all, free), "{free:?}");
        }
    }

    #[test]
    fn the_last_administrator_stays() {
        let all = [user(1, Role::Administrator), user(2, Role::Operator)];
        assert_eq!(may_remove(&all, all[0].id), Err(LastAdministrator));
        assert_eq!(may_remove(&all, all[1].id), Ok(()));
        let two = [user(1, Role::Administrator), user(2, Role::Administrator)];
        assert_eq!(may_remove(&two, two[0].id), Ok(()));
    }
}
