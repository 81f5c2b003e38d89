use axum::Json;
use axum::extract::State;
use vedette_core::id::DeploymentId;
use vedette_store::StoreError;

use crate::app::App;
use crate::domain::clearance::MOST_SHOWN;
use crate::domain::deployment::{Deployment, DeploymentError};
use crate::domain::roster::MOST_PHOTOS;
use crate::enrolment::{EnrolmentError, Ground};
use crate::http::access::{ListKeeper, SignedIn};
use crate::http::body::Ids;
use crate::http::portrait::{self, PortraitError};
use crate::http::problem::{Kind, Problem, answers};
use crate::http::{body, convert, dto};
use crate::listing::{self, ListingError, Outcome, Person};
use crate::unbroken::unbroken;

/// People in one request.
const MOST: usize = 50;
/// Bytes of so many people with several photographs each.
const LARGEST_BODY: usize = 24 * 1024 * 1024;

/// Lists several people in one step, each whole or not at all. Who is listed already stays as they are, so that a long import
/// can be broken off and begun again.
#[utoipa::path(
    post,
    path = "/v1/deployments/{id}/entries/batch",
    tag = "entries",
    operation_id = "entries_batch",
    params(("id" = DeploymentId, Path, description = "The deployment")),
    request_body = dto::Batch,
    responses(
        (status = 200, description = "What became of each", body = dto::BatchReply),
        (status = 404, description = "not-found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "model-mismatch, watchlist-closed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "invalid", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(app): State<App>,
    ListKeeper(who): ListKeeper,
    Ids(id): Ids<DeploymentId>,
    body::Json(new): body::Json<dto::Batch, LARGEST_BODY>,
) -> Result<Json<dto::BatchReply>, Error> {
    unbroken(enrol(app, who, id, new)).await.map(Json)
}

async fn enrol(app: App, who: SignedIn, id: DeploymentId, new: dto::Batch) -> Result<dto::BatchReply, Error> {
    if new.entries.len() > MOST {
        return Err(Error::TooMany);
    }
    let row = listing::deployment(&app, id).await?;
    Deployment::from(row.clone()).may_import()?;
    // In the order in which they came: whoever can't be read has an answer already.
    let mut answers: Vec<Option<dto::BatchAnswer>> = Vec::with_capacity(new.entries.len());
    let mut people = Vec::with_capacity(new.entries.len());
    for entry in new.entries {
        let number = entry.particulars.as_ref().map(|known| known.nominal_id.clone());
        let mut portraits = Vec::with_capacity(entry.portraits.len());
        let mut problem = (!(1..=MOST_PHOTOS).contains(&entry.portraits.len()))
            .then(|| format!("A person has one to {MOST_PHOTOS} photos. Change their number."));
        for sent in &entry.portraits {
            match portrait::checked(sent, &row).await {
                Ok(portrait) => portraits.push(portrait),
                Err(PortraitError::ModelMismatch) => return Err(PortraitError::ModelMismatch.into()),
                Err(error) => problem = problem.or(Some(error.to_string())),
            }
        }
        if problem.is_some() {
            answers.push(Some(answer(number, dto::BatchOutcome::Refused, problem)));
            continue;
        }
        answers.push(None);
        let person = Person {
            name: entry.name.as_str().to_owned(),
            particulars: entry.particulars,
            portraits,
            override_reason: entry.override_reason.map(|reason| reason.into_string()),
        };
        people.push(person);
    }
    let numbers: Vec<Option<String>> = people
        .iter()
        .map(|person| person.particulars.as_ref().map(|known| known.nominal_id.clone()))
        .collect();
    let outcomes = listing::list(&app, id, who.actor(), people, None).await?;
    let mut tx = app.store.read().await?;
    let ground = Ground::of(&mut *tx, &row, app.now()).await?;
    let mut listed = Vec::with_capacity(outcomes.len());
    for (outcome, number) in outcomes.into_iter().zip(numbers) {
        listed.push(match outcome {
            Outcome::Listed(found) => {
                let mut resembles = Vec::new();
                for other in found.resembles.into_iter().take(MOST_SHOWN) {
                    let other = tx.entry(id, other).await?;
                    resembles.extend(other.map(|row| dto::Resembled {
                        id: row.id,
                        name: row.name,
                        namesake: row.namesake,
                    }));
                }
                dto::BatchAnswer {
                    entry: Some(convert::entry(found.entry, ground.as_ref())),
                    resembles,
                    unlike_own: found.unlike_own,
                    ..answer(number, dto::BatchOutcome::Listed, None)
                }
            }
            Outcome::AlreadyListed(entry) => dto::BatchAnswer {
                entry: tx
                    .entry(id, entry)
                    .await?
                    .map(|row| convert::entry(row, ground.as_ref())),
                ..answer(number, dto::BatchOutcome::AlreadyListed, None)
            },
            Outcome::Refused(error) => dto::BatchAnswer {
                quality: matches!(error, EnrolmentError::Poor(_)),
                ..answer(number, dto::BatchOutcome::Refused, Some(problem(&error)))
            },
        });
    }
    let mut listed = listed.into_iter();
    Ok(dto::BatchReply {
        results: answers
            .into_iter()
            .filter_map(|answered| answered.or_else(|| listed.next()))
            .collect(),
    })
}

fn answer(nominal_id: Option<String>, outcome: dto::BatchOutcome, problem: Option<String>) -> dto::BatchAnswer {
    dto::BatchAnswer {
        nominal_id,
        outcome,
        entry: None,
        problem,
        quality: false,
        resembles: Vec::new(),
        unlike_own: false,
    }
}

/// As the answer to a single entry would say it.
fn problem(error: &EnrolmentError) -> String {
    use crate::http::problem::Answer as _;
    error.problem(error.to_string()).detail
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("At most {MOST} people are accepted at once. Send fewer.")]
    TooMany,
    #[error(transparent)]
    Portrait(#[from] PortraitError),
    #[error(transparent)]
    Listing(#[from] ListingError),
    #[error(transparent)]
    Domain(#[from] DeploymentError),
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::TooMany => Kind::Invalid,
    Error::Portrait(error) => error,
    Error::Listing(error) => error,
    Error::Domain(error) => error,
    Error::Storage(error) => error,
});
