//! The public notice of an operation, as text to publish before it starts (R9).

use jiff::Zoned;
use vedette_store::rights::Organisation;
use vedette_store::row::DeploymentRow;

use crate::domain::calendar::local;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoNotice {
    #[error("This is an exercise with volunteers, so there is no public notice.")]
    Exercise,
    #[error("The plan has no public notice yet. Write one into it, then export it.")]
    NotWritten,
    #[error("Nobody has said yet who is responsible. An administrator does so under Organisation.")]
    NoOrganisation,
}

fn moment(at: &Zoned) -> String {
    at.strftime("%A %-d %B %Y, %H:%M").to_string()
}

pub(crate) fn text(deployment: &DeploymentRow, organisation: Option<&Organisation>) -> Result<String, NoNotice> {
    let plan = &deployment.record.as_ref().ok_or(NoNotice::Exercise)?.plan;
    let notice = plan.notice.as_ref().ok_or(NoNotice::NotWritten)?;
    let organisation = organisation.ok_or(NoNotice::NoOrganisation)?;
    let minutes = deployment.ends_at.duration_since(plan.starts_at).as_mins();
    let lasts = match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} minutes"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    let privacy = organisation.privacy_url.as_ref();
    let privacy = privacy
        .map(|url| format!("Privacy notice: {url}\n"))
        .unwrap_or_default();
    Ok(format!(
        "Live facial recognition: public notice

{notice}

Place: {place}
From: {from}
Until: {until}
Duration: {lasts}, local time
Purpose: {purpose}
Legal basis: {basis}
Deployment: {id}
Published on: {published}

Who is responsible
{name}

What happens to your data
Faces that match nobody on the watchlist are never stored. The watchlist and all pictures are deleted when the deployment ends.

Your rights
You may ask whether data about you was held, have it corrected or deleted, object, and complain.
Ask: {contact}
Complain: {complaints}
{privacy}You may also complain to the Information Commissioner: ico.org.uk
",
        notice = notice.text,
        place = deployment.place,
        from = moment(&local(plan.starts_at)),
        until = moment(&local(deployment.ends_at)),
        purpose = plan.purpose,
        basis = plan.legal_basis,
        id = deployment.id,
        published = notice.published_on,
        name = organisation.name,
        contact = organisation.contact,
        complaints = organisation.complaints,
    ))
}
