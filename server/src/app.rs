//! What every request shares.

use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use tokio::sync::watch;
use uuid::Uuid;
use vedette_core::id::DeploymentId;
use vedette_core::template::TemplateSpace;
use vedette_store::Store;

use crate::audit::head::SigningKey;
use crate::clock::{Clock, Entropy, NoEntropy, new_id};
use crate::domain::calendar::day;
use crate::domain::code::Code;
use crate::enrolment::Neighbourhood;
use crate::heartbeats::Heartbeats;
use crate::limits::Limits;
use crate::live::Live;
use crate::matcher::Matcher;
use crate::models::Models;
use crate::reach::OnlyHere;
use crate::tls::{Certificate, TlsKind};

pub(crate) type App = Arc<Shared>;

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) matcher: Matcher,
    /// Held while a watchlist changes in the store and in memory, so that both change in the same order.
    pub(crate) watchlists: tokio::sync::Mutex<Neighbourhood>,
    /// True while the files may hold what was deleted.
    pub(crate) scrub_due: AtomicBool,
    /// Operations that could not start by themselves; each is told once, and waits for a person.
    pub(crate) start_failures: Mutex<HashSet<DeploymentId>>,
    /// Paused deployments, as they were looked at last: no list in memory tells when another process ends one.
    pub(crate) paused: Mutex<BTreeSet<DeploymentId>>,
    pub(crate) live: Live,
    pub(crate) heartbeats: Heartbeats,
    pub(crate) limits: Limits,
    pub(crate) models: Arc<Models>,
    /// Where tablets find the server, without a slash at the end.
    pub(crate) public_url: String,
    pub(crate) certificate: Option<Certificate>,
    /// What the server was started with, for its administrators.
    pub(crate) running: Running,
    /// Signs deletion certificates.
    pub(crate) audit_key: SigningKey,
    /// Present until the first administrator is made.
    pub(crate) set_up_code: Mutex<Option<Code>>,
    /// True once the server stops; long answers then end.
    pub(crate) stopping: watch::Sender<bool>,
}

#[derive(Clone, Debug)]
pub(crate) struct Running {
    pub(crate) started_at: Timestamp,
    pub(crate) http: String,
    pub(crate) https: Option<String>,
    pub(crate) tls: TlsKind,
    /// Why no other device finds it where devices are told to look.
    pub(crate) only_here: Option<OnlyHere>,
    /// Keys and the longest watchlist can be locked in memory.
    pub(crate) memory_locked: bool,
}

impl Shared {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Here, until local midnight.
    pub(crate) fn today(&self) -> Date {
        day(self.now())
    }

    /// Returns once the server stops.
    pub(crate) async fn stopped(&self) {
        let mut stopping = self.stopping.subscribe();
        while !*stopping.borrow_and_update() {
            if stopping.changed().await.is_err() {
                return;
            }
        }
    }

    pub(crate) fn new_id(&self) -> Result<Uuid, NoEntropy> {
        new_id(self.now(), &*self.entropy)
    }

    pub(crate) fn space(&self) -> TemplateSpace {
        self.models.space.clone()
    }

    pub(crate) fn is_set_up_code(&self, code: &Code) -> bool {
        let expected = self.set_up_code.lock().unwrap_or_else(PoisonError::into_inner);
        expected
            .as_ref()
            .is_some_and(|expected| expected.digest() == code.digest())
    }

    pub(crate) fn forget_set_up_code(&self) {
        *self.set_up_code.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
