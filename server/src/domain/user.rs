//! People who sign in.

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
    fn the_last_administrator_stays() {
        let all = [user(1, Role::Administrator), user(2, Role::Operator)];
        assert_eq!(may_remove(&all, all[0].id), Err(LastAdministrator));
        assert_eq!(may_remove(&all, all[1].id), Ok(()));
        let two = [user(1, Role::Administrator), user(2, Role::Administrator)];
        assert_eq!(may_remove(&two, two[0].id), Ok(()));
    }
}
