//! Passwords as argon2id hashes, made and checked away from the async threads.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;
use vedette_store::row::PasswordHash;
use zeroize::Zeroizing;

use crate::clock::{Entropy, NoEntropy, random};

/// Each hash takes 19 MiB and some 20 ms of a core; a flood of sign-ins waits here instead of taking all of both.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// The hash of no password, compared with when there is no such account, so that timing tells nothing.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$dmVkZXR0ZS1ub2JvZHk$LhtCNA6+Yyv4vqCEWCUXMoYYDOrQZvKd0MBPJv1bGyE";

#[derive(Debug, thiserror::Error)]
pub(crate) enum PasswordError {
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error("hashing failed")]
    Hash,
}

const SALT_BYTES: usize = 16;

/// Argon2id with the library's defaults: 19 MiB, two passes, one lane (OWASP's first choice).
pub(crate) fn hash(password: &str, entropy: &dyn Entropy) -> Result<PasswordHash, PasswordError> {
    let salt = random::<SALT_BYTES>(entropy)?;
    let hash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &*salt)
        .map_err(|_| PasswordError::Hash)?;
    Ok(PasswordHash(hash.to_string()))
}

/// `None` for an account that doesn't exist: takes as long, and is false.
pub(crate) fn verify(password: &str, hash: Option<&PasswordHash>) -> bool {
    let Ok(parsed) = Phc::new(hash.map_or(NOBODY, |hash| &hash.0)) else {
        return false;
    };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && hash.is_some()
}

pub(crate) async fn hash_aside(
    password: Zeroizing<String>,
    entropy: std::sync::Arc<dyn Entropy>,
) -> Result<PasswordHash, PasswordError> {
    let _turn = AT_ONCE.acquire().await.map_err(|_| PasswordError::Hash)?;
    tokio::task::spawn_blocking(move || hash(&password, &*entropy))
        .await
        .map_err(|_| PasswordError::Hash)?
}

pub(crate) async fn verify_aside(
    password: Zeroizing<String>,
    hash: Option<PasswordHash>,
) -> Result<bool, PasswordError> {
    let _turn = AT_ONCE.acquire().await.map_err(|_| PasswordError::Hash)?;
    tokio::task::spawn_blocking(move || verify(&password, hash.as_ref()))
        .await
        .map_err(|_| PasswordError::Hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemEntropy;

    #[test]
    fn a_password_is_its_own_and_no_other() {
        let kept = hash("correct horse", &SystemEntropy).unwrap();
        assert!(kept.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("correct horse", Some(&kept)));
        assert!(!verify("correct horsf", Some(&kept)));
    }

    #[test]
    fn nobody_signs_in_and_costs_as_much() {
        assert!(Phc::new(NOBODY).is_ok());
        assert!(!verify("", None));
        assert!(!verify("vedette", None));
    }
}
