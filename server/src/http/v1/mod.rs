//! Version 1 of the interface: one endpoint a file.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) mod alerts;
pub(crate) mod candidates;
pub(crate) mod certificate;
pub(crate) mod clearances;
pub(crate) mod complaints;
pub(crate) mod deployments;
pub(crate) mod devices;
pub(crate) mod entries;
pub(crate) mod evaluations;
pub(crate) mod events;
pub(crate) mod health;
pub(crate) mod heartbeats;
pub(crate) mod holds;
pub(crate) mod interruptions;
pub(crate) mod journal;
pub(crate) mod kiosk;
pub(crate) mod models;
pub(crate) mod operations;
pub(crate) mod organisation;
pub(crate) mod pairing_codes;
pub(crate) mod photos;
pub(crate) mod plans;
pub(crate) mod policy;
pub(crate) mod reports;
pub(crate) mod retention;
pub(crate) mod roster;
pub(crate) mod server;
pub(crate) mod session;
pub(crate) mod setup;
pub(crate) mod subject_access;
pub(crate) mod tallies;
pub(crate) mod transform;
pub(crate) mod users;
pub(crate) mod watchlist;
pub(crate) mod zone;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(health::show::handle))
        .routes(routes!(journal::list::handle))
        .routes(routes!(setup::show::handle, setup::create::handle))
        .routes(routes!(
            session::create::handle,
            session::show::handle,
            session::delete::handle
        ))
        .routes(routes!(users::list::handle, users::create::handle))
        .routes(routes!(users::delete::handle))
        .routes(routes!(users::set_roles::handle))
        .routes(routes!(pairing_codes::create::handle))
        .routes(routes!(devices::create::handle, devices::list::handle))
        .routes(routes!(devices::create_this::handle))
        .routes(routes!(devices::revoke::handle))
        .routes(routes!(deployments::list::handle, deployments::create::handle))
        .routes(routes!(deployments::show::handle))
        .routes(routes!(deployments::start::handle))
        .routes(routes!(deployments::end::handle))
        .routes(routes!(deployments::deletion::handle))
        .routes(routes!(deployments::publication::handle))
        .routes(routes!(operations::create::handle))
        .routes(routes!(operations::amend::handle))
        .routes(routes!(operations::submit::handle))
        .routes(routes!(operations::authorise::handle))
        .routes(routes!(operations::refuse::handle))
        .routes(routes!(operations::withdraw::handle))
        .routes(routes!(operations::confirm_list::handle))
        .routes(routes!(operations::signs::handle, operations::confirm_signs::handle))
        .routes(routes!(operations::review::handle))
        .routes(routes!(operations::sign_review::handle))
        .routes(routes!(entries::list::handle, entries::create::handle))
        .routes(routes!(entries::batch::handle))
        .routes(routes!(entries::delete::handle))
        .routes(routes!(entries::photo::handle))
        .routes(routes!(photos::create::handle))
        .routes(routes!(photos::show::handle, photos::delete::handle))
        .routes(routes!(candidates::create::handle))
        .routes(routes!(kiosk::set_up::handle))
        .routes(routes!(kiosk::show::handle))
        .routes(routes!(tallies::create::handle))
        .routes(routes!(interruptions::create::handle))
        .routes(routes!(zone::show::handle, zone::set::handle))
        .routes(routes!(transform::probes::handle))
        .routes(routes!(transform::references::handle))
        .routes(routes!(alerts::list::handle))
        .routes(routes!(alerts::crop::handle))
        .routes(routes!(alerts::probe::handle))
        .routes(routes!(alerts::reference::handle))
        .routes(routes!(alerts::adjudicate::handle))
        .routes(routes!(alerts::receive::handle))
        .routes(routes!(alerts::confirm::handle))
        .routes(routes!(alerts::engage::handle))
        .routes(routes!(alerts::check_identity::handle))
        .routes(routes!(alerts::observe::handle))
        .routes(routes!(deployments::observations::handle))
        .routes(routes!(events::stream::handle))
        .routes(routes!(certificate::show::handle))
        .routes(routes!(policy::show::handle, policy::set::handle))
        .routes(routes!(roster::check::handle))
        .routes(routes!(roster::confirm::handle))
        .routes(routes!(clearances::list::handle))
        .routes(routes!(clearances::request::handle))
        .routes(routes!(clearances::approve::handle))
        .routes(routes!(clearances::refuse::handle))
        .routes(routes!(clearances::resolve::handle))
        .merge(rights())
        .merge(control())
}

/// Pauses, figures, and what people outside have a right to.
fn rights() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(deployments::pause::handle))
        .routes(routes!(deployments::resume::handle))
        .routes(routes!(deployments::dashboard::handle))
        .routes(routes!(deployments::notice::handle))
        .routes(routes!(retention::show::handle))
        .routes(routes!(organisation::show::handle, organisation::set::handle))
        .routes(routes!(alerts::records::handle))
        .routes(routes!(alerts::reviews::handle))
        .routes(routes!(holds::create::handle))
        .routes(routes!(holds::list::handle))
        .routes(routes!(holds::renew::handle))
        .routes(routes!(holds::release::handle))
        .routes(routes!(holds::probe::handle))
        .routes(routes!(holds::reference::handle))
        .routes(routes!(complaints::create::handle))
        .routes(routes!(complaints::list::handle))
        .routes(routes!(complaints::settle::handle))
        .routes(routes!(reports::annual::handle))
        .routes(routes!(reports::annual_csv::handle))
        .routes(routes!(subject_access::create::handle, subject_access::list::handle))
}

/// What the control room keeps besides deployments.
fn control() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(plans::list::handle))
        .routes(routes!(plans::save::handle, plans::discard::handle))
        .routes(routes!(watchlist::page::handle))
        .routes(routes!(heartbeats::send::handle))
        .routes(routes!(heartbeats::list::handle))
        .routes(routes!(models::list::handle))
        .routes(routes!(evaluations::list::handle, evaluations::add::handle))
        .routes(routes!(evaluations::remove::handle))
        .routes(routes!(server::show::handle))
        .routes(routes!(session::set_password::handle))
}
