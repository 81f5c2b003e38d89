//! Time and randomness, as parameters of everything else.

use jiff::Timestamp;
use uuid::Uuid;
use zeroize::Zeroizing;

pub(crate) trait Clock: std::fmt::Debug + Send + Sync + 'static {
    /// To the millisecond, as it is kept.
    fn now(&self) -> Timestamp;
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the one clock")]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }
}

#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the system gives no random numbers")]
pub(crate) struct NoEntropy;

pub(crate) trait Entropy: std::fmt::Debug + Send + Sync + 'static {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy>;
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        getrandom::fill(bytes).map_err(|_| NoEntropy)
    }
}

pub(crate) fn random<const N: usize>(entropy: &dyn Entropy) -> Result<Zeroizing<[u8; N]>, NoEntropy> {
    let mut bytes = Zeroizing::new([0; N]);
    entropy.fill(&mut *bytes)?;
    Ok(bytes)
}

/// UUID version 7: sorts by time.
pub(crate) fn new_id(now: Timestamp, entropy: &dyn Entropy) -> Result<Uuid, NoEntropy> {
    let bytes = random::<10>(entropy)?;
    let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or_default();
    Ok(uuid::Builder::from_unix_timestamp_millis(milliseconds, &bytes).into_uuid())
}
