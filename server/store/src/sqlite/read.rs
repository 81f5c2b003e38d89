//! Reading columns into types; what doesn't fit means that the file is damaged.

use std::str::FromStr;

use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::{Result, StoreError};

pub(super) fn parsed<T: FromStr>(row: &SqliteRow, column: &str) -> Result<T> {
    let text: &str = row.try_get(column)?;
    text.parse().map_err(|_| StoreError::Corrupt)
}

pub(super) fn text(row: &SqliteRow, column: &str) -> Result<String> {
    Ok(row.try_get(column)?)
}

pub(super) fn time(row: &SqliteRow, column: &str) -> Result<Timestamp> {
    Timestamp::from_millisecond(row.try_get(column)?).map_err(|_| StoreError::Corrupt)
}

pub(super) fn time_if_any(row: &SqliteRow, column: &str) -> Result<Option<Timestamp>> {
    let time: Option<i64> = row.try_get(column)?;
    time.map(Timestamp::from_millisecond)
        .transpose()
        .map_err(|_| StoreError::Corrupt)
}

pub(super) fn count(row: &SqliteRow, column: &str) -> Result<u64> {
    let count: i64 = row.try_get(column)?;
    u64::try_from(count).map_err(|_| StoreError::Corrupt)
}

/// An enum's name in the database is its name in the interface.
pub(super) fn word<T: serde::de::DeserializeOwned>(row: &SqliteRow, column: &str) -> Result<T> {
    from_word(row.try_get(column)?)
}

pub(super) fn from_word<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(|_| StoreError::Corrupt)
}

pub(super) fn to_word<T: serde::Serialize>(value: T) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        _ => Err(StoreError::Other("an enum without a name".into())),
    }
}

pub(super) fn to_integer(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
