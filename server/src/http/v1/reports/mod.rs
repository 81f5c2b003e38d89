pub(crate) mod annual;
pub(crate) mod annual_csv;

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use serde::Deserialize;
use utoipa::IntoParams;
use vedette_store::StoreError;

use crate::app::App;
use crate::domain::calendar::day;
use crate::http::problem::{Kind, answers};
use crate::report::annual::{self as report, AnnualReport};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Year {
    /// The present one without it.
    year: Option<i16>,
}

async fn of(app: &App, query: Result<Query<Year>, QueryRejection>) -> Result<AnnualReport, Error> {
    const YEARS: std::ops::RangeInclusive<i16> = 2000..=9000;
    let Query(Year { year }) = query.map_err(|_| Error::Year)?;
    let now = app.now();
    let year = year.unwrap_or(day(now).year());
    if !YEARS.contains(&year) {
        return Err(Error::Year);
    }
    Ok(report::of(&mut *app.store.read().await?, year, now).await?)
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("That isn't a year. Give it with four digits.")]
    Year,
    #[error(transparent)]
    Storage(#[from] StoreError),
}

answers!(Error {
    Error::Year => Kind::Invalid,
    Error::Storage(error) => error,
});
