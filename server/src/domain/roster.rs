//! The rows of a list of people, before anybody is on a watchlist: what each must say, what is wrong with it, what somebody
//! should look at again, and what somebody else must decide.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use vedette_store::clearance::Kind;
use vedette_store::particulars::{Particulars, Response};
use vedette_store::policy::Policy;

use super::policy;
use super::text::{Name, Passage};

/// Photographs of one entry. More say little, and each costs a comparison for every face that passes.
pub(crate) const MOST_PHOTOS: usize = 5;

/// Full age, in years.
const ADULT: i16 = 18;
/// Faces change fastest before this age.
const YOUNG: i16 = 25;
/// Nobody is older.
const OLDEST: i16 = 120;

/// What a row is judged by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules<'a> {
    pub(crate) policy: &'a Policy,
    /// The plan's.
    pub(crate) categories: &'a [String],
    /// The day of the operation: ages are of that day.
    pub(crate) on: Date,
    pub(crate) today: Date,
}

/// A column of a list, by its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Column {
    Name,
    NominalId,
    Category,
    Response,
    LawfulBasis,
    LegalStatus,
    SourceSystem,
    Reason,
    Reviewer,
    ImageSource,
    ImageTakenOn,
    BornOn,
    PossibleMinor,
    Vulnerability,
    SensitiveSource,
    Photos,
}

impl Column {
    const ALL: [Self; 16] = [
        Self::Name,
        Self::NominalId,
        Self::Category,
        Self::Response,
        Self::LawfulBasis,
        Self::LegalStatus,
        Self::SourceSystem,
        Self::Reason,
        Self::Reviewer,
        Self::ImageSource,
        Self::ImageTakenOn,
        Self::BornOn,
        Self::PossibleMinor,
        Self::Vulnerability,
        Self::SensitiveSource,
        Self::Photos,
    ];

    pub(crate) const fn heading(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::NominalId => "nominal_id",
            Self::Category => "category",
            Self::Response => "response",
            Self::LawfulBasis => "lawful_basis",
            Self::LegalStatus => "legal_status",
            Self::SourceSystem => "source_system",
            Self::Reason => "reason",
            Self::Reviewer => "reviewer",
            Self::ImageSource => "image_source",
            Self::ImageTakenOn => "image_taken_on",
            Self::BornOn => "born_on",
            Self::PossibleMinor => "possible_minor",
            Self::Vulnerability => "vulnerability",
            Self::SensitiveSource => "sensitive_source",
            Self::Photos => "photos",
        }
    }

    /// Whether a list may do without it.
    const fn is_optional(self) -> bool {
        matches!(
            self,
            Self::Response | Self::BornOn | Self::PossibleMinor | Self::Vulnerability | Self::SensitiveSource
        )
    }
}

/// The list can't be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RosterError {
    #[error("The list isn't a CSV file in UTF-8. Save it as CSV UTF-8, and choose it again.")]
    NotCsv,
    #[error("The list has no rows. Choose another file.")]
    Empty,
    #[error("The list lacks the columns {}. Add them to its first line.", .0.join(", "))]
    Missing(Vec<&'static str>),
    #[error("The list has the column {0}, which means nothing here. Take it out, or correct its name.")]
    Unknown(String),
    #[error("The list has the column {0} twice. Take one out.")]
    Twice(&'static str),
    #[error("Line {0} of the list has no nominal_id. Add it, or take the line out.")]
    NoNominal(u64),
    #[error("Line {0} of the list has the same nominal_id as a line before. Take one out.")]
    SameNominal(u64),
}

/// Something that keeps a row from being listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RosterFault)]
pub(crate) struct Fault {
    /// Null where it is about the whole row.
    pub(crate) column: Option<&'static str>,
    /// For pages, which say it in their own words.
    pub(crate) what: Wrong,
    /// What is wrong, and what to do.
    pub(crate) message: String,
}

/// What can be wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, thiserror::Error)]
#[schema(as = RosterFaultKind)]
#[serde(tag = "code", rename_all = "snake_case")]
pub(crate) enum Wrong {
    #[error("Something must stand here.")]
    Empty,
    #[error("This is longer than {longest} characters. Shorten it.")]
    TooLong { longest: usize },
    #[error("There are characters here that can't be seen. Type it anew.")]
    Hidden,
    #[error("The plan doesn't allow this category. It may be: {}.", allowed.join(", "))]
    CategoryNotPlanned { allowed: Vec<String> },
    #[error("This day hasn't come. Correct it.")]
    DayAhead,
    #[error("Nobody is that old. Correct it.")]
    PersonTooOld,
    #[error("No photograph is that old. Correct it.")]
    ImageTooOld,
    #[error("The image would be older than the person. Correct one of the dates.")]
    ImageBeforeBirth,
    #[error("This is no day. Write it as 2026-03-31 or 31/03/2026.")]
    NoDay,
    #[error("This is neither yes nor no. Write one of the two.")]
    NeitherYesNorNo,
    #[error("Say yes or no, since there is no date of birth.")]
    AgeUnsaid,
    #[error("This is no response. Write red, amber or green.")]
    NoResponse,
    #[error("The row has {found} fields, and the first line {expected}. Put what holds a comma in quotation marks.")]
    Fields { found: usize, expected: usize },
    #[error("Line {line} has the same. Put all photographs of one person into one row.")]
    SameNominal { line: u64 },
    #[error("Name at least one photograph.")]
    NoPhoto,
    #[error("There are more than {most} photographs. Name the best of them.")]
    TooManyPhotos { most: usize },
    #[error("{file} is named in line {line} already. Correct one of them.")]
    PhotoNamedTwice { file: String, line: u64 },
    #[error("There is no photograph called {file}. Add it, or correct the name.")]
    PhotoMissing { file: String },
}

impl Fault {
    fn at(column: Column, what: Wrong) -> Self {
        Self {
            column: Some(column.heading()),
            ..Self::of_row(what)
        }
    }

    fn of_row(what: Wrong) -> Self {
        Self {
            column: None,
            message: what.to_string(),
            what,
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.column {
            Some(column) => write!(f, "{column}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Something to look at again. It keeps nothing from being listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RosterWarning)]
pub(crate) struct Warning {
    pub(crate) kind: WarningKind,
    pub(crate) message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RosterWarningKind)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WarningKind {
    /// Older than the policy's years.
    ImageOld,
    /// Taken more than a fifth of a young life ago.
    ImageAgeGap,
}

/// One person of a list.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) name: String,
    pub(crate) nominal_id: String,
    pub(crate) photos: Vec<String>,
    /// Nothing where there is a fault.
    pub(crate) particulars: Option<Particulars>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) needs: Vec<Kind>,
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("line", &self.line).finish_non_exhaustive()
    }
}

/// Full years from one day to another: those who were born on 29 February turn older on 1 March.
fn years(from: Date, to: Date) -> i16 {
    let before_the_day = (to.month(), to.day()) < (from.month(), from.day());
    to.year() - from.year() - i16::from(before_the_day)
}

/// What is wrong with what an entry says, each fault with its column.
pub(crate) fn faults(entry: &Particulars, rules: Rules<'_>) -> Vec<Fault> {
    let short = |column, text: &str| match Name::new(text) {
        Ok(_) => None,
        Err(_) => Some(Fault::at(column, wrong_with(text, Name::LONGEST))),
    };
    let long = |column, text: &str| match Passage::new(text) {
        Ok(_) => None,
        Err(_) => Some(Fault::at(column, wrong_with(text, Passage::LONGEST))),
    };
    let category = short(Column::Category, &entry.category).or_else(|| {
        let authorised = rules.categories.contains(&entry.category);
        (!authorised).then(|| {
            let allowed = rules.categories.to_vec();
            Fault::at(Column::Category, Wrong::CategoryNotPlanned { allowed })
        })
    });
    let born = entry.born_on.and_then(|born| match born {
        day if day > rules.today => Some(Wrong::DayAhead),
        day if years(day, rules.today) > OLDEST => Some(Wrong::PersonTooOld),
        _ => None,
    });
    let taken = match entry.image_taken_on {
        day if day > rules.today => Some(Wrong::DayAhead),
        day if years(day, rules.today) > OLDEST => Some(Wrong::ImageTooOld),
        day if born.is_none() && entry.born_on.is_some_and(|born| day < born) => Some(Wrong::ImageBeforeBirth),
        _ => None,
    };
    [
        short(Column::NominalId, &entry.nominal_id),
        category,
        long(Column::LawfulBasis, &entry.lawful_basis),
        long(Column::LegalStatus, &entry.legal_status),
        short(Column::SourceSystem, &entry.source_system),
        long(Column::Reason, &entry.reason),
        short(Column::Reviewer, &entry.reviewer),
        short(Column::ImageSource, &entry.image_source),
        taken.map(|what| Fault::at(Column::ImageTakenOn, what)),
        born.map(|what| Fault::at(Column::BornOn, what)),
        entry
            .vulnerability
            .as_deref()
            .and_then(|text| long(Column::Vulnerability, text)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn wrong_with(text: &str, longest: usize) -> Wrong {
    if text.trim().is_empty() {
        Wrong::Empty
    } else if text.chars().count() > longest {
        Wrong::TooLong { longest }
    } else {
        Wrong::Hidden
    }
}

/// R28.
pub(crate) fn warnings(entry: &Particulars, rules: Rules<'_>) -> Vec<Warning> {
    let (taken, most) = (entry.image_taken_on, i16::from(rules.policy.image_age_warning_years));
    let age = years(taken, rules.on);
    let anniversary = (taken.month(), taken.day()) == (rules.on.month(), rules.on.day());
    let old = (age > most || (age == most && !anniversary)).then(|| Warning {
        kind: WarningKind::ImageOld,
        message: format!("The image is older than {most} years. Look for a newer one."),
    });
    let gap = entry.born_on.filter(|born| {
        let days = |from: Date| (rules.on - from).get_days();
        years(*born, rules.on) < YOUNG && days(taken) * 5 > days(*born)
    });
    let gap = gap.map(|_| Warning {
        kind: WarningKind::ImageAgeGap,
        message: "The image is older than a fifth of this young person's life, and faces change fast then. Look for a newer one."
            .to_owned(),
    });
    old.into_iter().chain(gap).collect()
}

/// What is known of somebody who may be below full age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) enum Minor {
    /// By the date of birth.
    #[serde(rename = "under_18")]
    Under18,
    /// Somebody said that it may be.
    #[serde(rename = "may_be_under_18")]
    MayBeUnder18,
}

/// Nothing of an adult.
pub(crate) fn minor(born_on: Option<Date>, possible: bool, on: Date) -> Option<Minor> {
    match born_on {
        Some(born) if years(born, on) < ADULT => Some(Minor::Under18),
        _ => possible.then_some(Minor::MayBeUnder18),
    }
}

/// What somebody must decide before the entry is matched (R23, R25).
pub(crate) fn needs(entry: &Particulars, on: Date) -> Vec<Kind> {
    let minor = minor(entry.born_on, entry.possible_minor, on);
    [
        (minor.is_some(), Kind::Minor),
        (entry.vulnerability.is_some(), Kind::Vulnerability),
        (entry.sensitive_source, Kind::SensitiveSource),
    ]
    .into_iter()
    .filter_map(|(holds, kind)| holds.then_some(kind))
    .collect()
}

/// The rows of a list. `files`: the photographs that came with it, where they are known.
pub(crate) fn read(csv: &str, files: Option<&HashSet<&str>>, rules: Rules<'_>) -> Result<Vec<Row>, RosterError> {
    let (mut reader, header) = reader(csv)?;
    let mut at: HashMap<Column, usize> = HashMap::new();
    for (place, heading) in header.iter().enumerate() {
        let column = Column::ALL
            .into_iter()
            .find(|column| column.heading() == tidy(heading))
            .ok_or_else(|| RosterError::Unknown(heading.to_owned()))?;
        if at.insert(column, place).is_some() {
            return Err(RosterError::Twice(column.heading()));
        }
    }
    let lacking = |column: &Column| !column.is_optional() && !at.contains_key(column);
    let missing: Vec<_> = Column::ALL.into_iter().filter(lacking).map(Column::heading).collect();
    if !missing.is_empty() {
        return Err(RosterError::Missing(missing));
    }
    let mut rows = Vec::new();
    let (mut people, mut used) = (HashMap::new(), HashMap::new());
    for record in reader.records() {
        let record = record.map_err(|_| RosterError::NotCsv)?;
        let cell = |column: Column| at.get(&column).and_then(|place| record.get(*place)).unwrap_or_default();
        let line = record.position().map_or(0, csv::Position::line);
        let mut row = row(line, &cell, rules);
        if record.len() != header.len() {
            row.faults.push(Fault::of_row(Wrong::Fields {
                found: record.len(),
                expected: header.len(),
            }));
        }
        if let Some(before) = people
            .insert(row.nominal_id.clone(), line)
            .filter(|_| !row.nominal_id.is_empty())
        {
            row.faults
                .push(Fault::at(Column::NominalId, Wrong::SameNominal { line: before }));
        }
        row.faults.extend(photo_faults(&row, files, &mut used));
        if !row.faults.is_empty() {
            row.particulars = None;
        }
        rows.push(row);
    }
    if rows.is_empty() {
        return Err(RosterError::Empty);
    }
    Ok(rows)
}

type Reader<'a> = csv::Reader<&'a [u8]>;

fn reader(csv: &str) -> Result<(Reader<'_>, csv::StringRecord), RosterError> {
    let text = csv.strip_prefix('\u{feff}').unwrap_or(csv);
    // Spreadsheets of some countries put semicolons between cells.
    let heading = text.lines().next().unwrap_or_default();
    let semicolons = heading.matches(';').count() > heading.matches(',').count();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if semicolons { b';' } else { b',' })
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|_| RosterError::NotCsv)?.clone();
    Ok((reader, header))
}

/// Headings as people write them.
fn tidy(heading: &str) -> String {
    heading.trim().to_lowercase().replace([' ', '-'], "_")
}

fn row<'a>(line: u64, cell: &impl Fn(Column) -> &'a str, rules: Rules<'_>) -> Row {
    let mut unread: Vec<Fault> = Vec::new();
    let mut date = |column: Column, optional: bool| match cell(column) {
        "" if optional => None,
        "" => {
            unread.push(Fault::at(column, Wrong::Empty));
            None
        }
        text => {
            let found = day(text);
            if found.is_none() {
                unread.push(Fault::at(column, Wrong::NoDay));
            }
            found
        }
    };
    let (taken, born) = (date(Column::ImageTakenOn, false), date(Column::BornOn, true));
    let mut yes = |column: Column| {
        let found = match cell(column).to_lowercase().as_str() {
            "yes" | "y" | "true" | "1" => Some(true),
            "" | "no" | "n" | "false" | "0" => Some(false),
            _ => None,
        };
        if found.is_none() {
            unread.push(Fault::at(column, Wrong::NeitherYesNorNo));
        }
        found.unwrap_or_default()
    };
    let (possible_minor, sensitive_source) = (yes(Column::PossibleMinor), yes(Column::SensitiveSource));
    // Nothing else says whether somebody else must consent.
    if cell(Column::BornOn).is_empty() && cell(Column::PossibleMinor).is_empty() {
        unread.push(Fault::at(Column::PossibleMinor, Wrong::AgeUnsaid));
    }
    let written = cell(Column::Category);
    let category = rules.categories.iter().find(|name| policy::same(name, written));
    let response = match cell(Column::Response).to_lowercase().as_str() {
        "" => category
            .and_then(|name| rules.policy.categories.iter().find(|known| known.name == *name))
            .map(|known| known.response),
        "red" => Some(Response::Red),
        "amber" => Some(Response::Amber),
        "green" => Some(Response::Green),
        _ => None,
    };
    // A category that is wrong is told of itself.
    if response.is_none() && (category.is_some() || !cell(Column::Response).is_empty()) {
        unread.push(Fault::at(Column::Response, Wrong::NoResponse));
    }
    let text = |column| cell(column).to_owned();
    let entry = Particulars {
        nominal_id: text(Column::NominalId),
        category: category.cloned().unwrap_or_else(|| written.to_owned()),
        response: response.unwrap_or(Response::Green),
        lawful_basis: text(Column::LawfulBasis),
        legal_status: text(Column::LegalStatus),
        source_system: text(Column::SourceSystem),
        reason: text(Column::Reason),
        reviewer: text(Column::Reviewer),
        image_source: text(Column::ImageSource),
        // In the place of a day that can't be read stands one that is never wrong.
        image_taken_on: taken.unwrap_or(rules.today),
        born_on: born,
        possible_minor,
        vulnerability: Some(text(Column::Vulnerability)).filter(|text| !text.is_empty()),
        sensitive_source,
    };
    let mut all = Vec::new();
    let name = cell(Column::Name);
    if Name::new(name).is_err() {
        all.push(Fault::at(Column::Name, wrong_with(name, Name::LONGEST)));
    }
    all.extend(unread);
    all.extend(faults(&entry, rules));
    Row {
        line,
        name: name.to_owned(),
        nominal_id: entry.nominal_id.clone(),
        photos: cell(Column::Photos)
            .split(';')
            .map(str::trim)
            .filter(|file| !file.is_empty())
            .map(str::to_owned)
            .collect(),
        warnings: match taken {
            Some(_) => warnings(&entry, rules),
            None => Vec::new(),
        },
        needs: needs(&entry, rules.on),
        particulars: Some(entry),
        faults: all,
    }
}

/// As computers write a day, or as people in Britain do.
fn day(text: &str) -> Option<Date> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let forms = ["%Y-%m-%d", "%d/%m/%Y"];
    // Years are whole: 31/03/26 would be a day in the first century.
    let read = forms.into_iter().find_map(|form| Date::strptime(form, text).ok());
    read.filter(|date| digits >= 6 && (1900..=2199).contains(&date.year()))
}

/// `used`: files of rows before, with their lines.
fn photo_faults(row: &Row, files: Option<&HashSet<&str>>, used: &mut HashMap<String, u64>) -> Vec<Fault> {
    let fault = |what| Fault::at(Column::Photos, what);
    if row.photos.is_empty() {
        return vec![fault(Wrong::NoPhoto)];
    }
    let mut found = Vec::new();
    if row.photos.len() > MOST_PHOTOS {
        found.push(fault(Wrong::TooManyPhotos { most: MOST_PHOTOS }));
    }
    for file in &row.photos {
        let (file, line) = (file.clone(), used.insert(file.clone(), row.line));
        if let Some(line) = line {
            found.push(fault(Wrong::PhotoNamedTwice { file, line }));
        } else if files.is_some_and(|files| !files.contains(file.as_str())) {
            found.push(fault(Wrong::PhotoMissing { file }));
        }
    }
    found
}

/// R21: those who are still wanted, with the legal status where the list says one. Other columns mean nothing here.
pub(crate) fn still_wanted(csv: &str) -> Result<HashMap<String, Option<String>>, RosterError> {
    let (mut reader, header) = reader(csv)?;
    let column = |wanted: Column| header.iter().position(|heading| tidy(heading) == wanted.heading());
    let nominal_at = column(Column::NominalId).ok_or(RosterError::Missing(vec![Column::NominalId.heading()]))?;
    let status_at = column(Column::LegalStatus);
    let mut found = HashMap::new();
    for record in reader.records() {
        let record = record.map_err(|_| RosterError::NotCsv)?;
        let line = record.position().map_or(0, csv::Position::line);
        let nominal = record.get(nominal_at).filter(|text| !text.is_empty());
        let nominal = nominal.ok_or(RosterError::NoNominal(line))?;
        let status = status_at.and_then(|at| record.get(at)).filter(|text| !text.is_empty());
        let status = status.map(str::to_owned);
        if found.insert(nominal.to_owned(), status).is_some() {
            return Err(RosterError::SameNominal(line));
        }
    }
    match found.is_empty() {
        true => Err(RosterError::Empty),
        false => Ok(found),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEADINGS: &str = "name,nominal_id,category,response,lawful_basis,legal_status,source_system,reason,reviewer,image_source,image_taken_on,born_on,possible_minor,vulnerability,sensitive_source,photos";

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn with<T>(use_them: impl FnOnce(Rules<'_>) -> T) -> T {
        let policy = policy::default();
        use_them(Rules {
            policy: &policy,
            categories: &["Deportation order".to_owned(), "Missing person at risk".to_owned()],
            on: date("2027-03-01"),
            today: date("2027-02-27"),
        })
    }

    /// A list of rows that are right but for what `change` makes of their cells.
    fn list(rows: &[&[(&str, &str)]]) -> String {
        let right = [
            ("name", "Ann Example"),
            ("nominal_id", "N/1"),
            ("category", "deportation order"),
            ("response", ""),
            ("lawful_basis", "Immigration Act 1971, section 5"),
            ("legal_status", "Order DO/77 of 2026"),
            ("source_system", "Atlas"),
            ("reason", "Seen here in May"),
            ("reviewer", "Rita Reviewer"),
            ("image_source", "Visa application"),
            ("image_taken_on", "2025-06-30"),
            ("born_on", "12/04/1990"),
            ("possible_minor", ""),
            ("vulnerability", ""),
            ("sensitive_source", "no"),
            ("photos", "ann.jpg"),
        ];
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(HEADINGS.split(',')).unwrap();
        for changes in rows {
            let cell = |(heading, right): (&str, &'static str)| {
                let changed = changes.iter().find(|(known, _)| *known == heading);
                changed.map_or(right.to_owned(), |(_, cell)| (*cell).to_owned())
            };
            writer.write_record(right.map(cell)).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    fn checked(changes: &[(&str, &str)]) -> Row {
        with(|rules| read(&list(&[changes]), None, rules)).unwrap().remove(0)
    }

    fn columns(row: &Row) -> Vec<&'static str> {
        row.faults.iter().map(|fault| fault.column.unwrap()).collect()
    }

    #[test]
    fn a_row_that_is_right_becomes_an_entry() {
        let row = checked(&[]);
        assert_eq!(
            (row.line, row.faults.as_slice(), row.needs.as_slice()),
            (2, &[][..], &[][..])
        );
        let entry = row.particulars.unwrap();
        assert_eq!(
            (entry.category.as_str(), entry.response),
            ("Deportation order", Response::Amber)
        );
        assert_eq!(entry.born_on, Some(date("1990-04-12")));
    }

    /// R17: every mandatory cell, each by itself and all together.
    #[test]
    fn r17_an_entry_without_one_of_its_fields_is_refused_with_the_fields_name() {
        let mandatory = [
            "name",
            "nominal_id",
            "category",
            "lawful_basis",
            "legal_status",
            "source_system",
            "reason",
            "reviewer",
            "image_source",
            "image_taken_on",
            "photos",
        ];
        for column in mandatory {
            let row = checked(&[(column, " ")]);
            assert_eq!(columns(&row), [column]);
            assert!(
                row.particulars.is_none() && row.faults[0].message.ends_with('.'),
                "{column}"
            );
        }
        let empty = mandatory.map(|column| (column, ""));
        let mut found = columns(&checked(&empty));
        found.sort_unstable();
        let mut all = mandatory;
        all.sort_unstable();
        assert_eq!(found, all);
    }

    #[test]
    fn r18_a_category_that_the_plan_does_not_name_is_refused() {
        let row = checked(&[("category", "Wanted on warrant")]);
        assert_eq!(columns(&row), ["category"]);
        assert!(
            row.faults[0]
                .message
                .contains("Deportation order, Missing person at risk")
        );
    }

    #[test]
    fn r19_the_response_is_the_rows_or_else_the_categorys() {
        let response = |changes: &[(&str, &str)]| checked(changes).particulars.map(|entry| entry.response);
        assert_eq!(
            response(&[("category", "Missing person at risk")]),
            Some(Response::Green)
        );
        assert_eq!(response(&[("response", "RED")]), Some(Response::Red));
        assert_eq!(columns(&checked(&[("response", "blue")])), ["response"]);
    }

    #[test]
    fn r23_whoever_is_not_eighteen_on_the_day_or_may_not_be_needs_clearance() {
        let needs = |born: &str, possible: &str| checked(&[("born_on", born), ("possible_minor", possible)]).needs;
        assert_eq!(needs("2009-03-02", ""), [Kind::Minor]);
        assert_eq!(needs("2009-03-01", ""), []);
        assert_eq!(needs("", "yes"), [Kind::Minor]);
        assert_eq!(needs("1990-01-01", "yes"), [Kind::Minor]);
        assert_eq!(needs("", "no"), []);
    }

    #[test]
    fn r23_without_a_date_of_birth_a_row_says_whether_the_person_may_be_under_eighteen() {
        let faulty = |born: &str, possible: &str| {
            let row = checked(&[("born_on", born), ("possible_minor", possible)]);
            assert_eq!(row.faults.is_empty(), row.particulars.is_some());
            columns(&row)
        };
        assert_eq!(faulty("", ""), ["possible_minor"]);
        assert!(faulty("", "no").is_empty() && faulty("", "yes").is_empty());
        assert!(faulty("12/04/1990", "").is_empty());
        // A day that can't be read is one fault, not two.
        assert_eq!(faulty("spring", ""), ["born_on"]);
        // Nor does a list without the two columns answer.
        let without = list(&[&[]])
            .replace("born_on,possible_minor,", "")
            .replace("12/04/1990,,", "");
        let rows = with(|rules| read(&without, None, rules)).unwrap();
        assert_eq!(columns(&rows[0]), ["possible_minor"]);
    }

    #[test]
    fn r23_somebody_known_to_be_under_eighteen_is_told_from_somebody_who_may_be() {
        let said = |born: &str, possible| minor(born.parse().ok(), possible, date("2027-03-01"));
        assert_eq!(said("2009-03-02", false), Some(Minor::Under18));
        assert_eq!(said("2009-03-02", true), Some(Minor::Under18));
        assert_eq!(said("2009-03-01", true), Some(Minor::MayBeUnder18));
        assert_eq!(said("", true), Some(Minor::MayBeUnder18));
        assert_eq!((said("2009-03-01", false), said("", false)), (None, None));
    }

    #[test]
    fn r25_vulnerability_and_sensitive_sources_need_clearance() {
        let row = checked(&[("vulnerability", "Deaf"), ("sensitive_source", "Yes")]);
        assert_eq!(row.needs, [Kind::Vulnerability, Kind::SensitiveSource]);
    }

    #[test]
    fn r28_old_images_and_images_of_the_young_are_warned_about() {
        let kinds = |taken: &str, born: &str| -> Vec<WarningKind> {
            let row = checked(&[("image_taken_on", taken), ("born_on", born)]);
            assert!(row.faults.is_empty(), "{:?}", row.faults);
            row.warnings.iter().map(|warning| warning.kind).collect()
        };
        assert_eq!(kinds("2022-03-01", "1980-01-01"), []);
        assert_eq!(kinds("2022-02-28", "1980-01-01"), [WarningKind::ImageOld]);
        // Twenty years old: a fifth is four years.
        assert_eq!(kinds("2023-03-02", "2007-03-01"), []);
        assert_eq!(kinds("2023-02-25", "2007-03-01"), [WarningKind::ImageAgeGap]);
        // Twenty-five.
        assert_eq!(kinds("2022-03-05", "2002-03-01"), []);
    }

    #[test]
    fn r28_the_policy_says_how_old_an_image_may_be() {
        let entry = checked(&[("image_taken_on", "2024-06-30")]).particulars.unwrap();
        let kinds = |years: u8| {
            with(|rules| {
                let policy = Policy {
                    image_age_warning_years: years,
                    ..rules.policy.clone()
                };
                let warned = warnings(
                    &entry,
                    Rules {
                        policy: &policy,
                        ..rules
                    },
                );
                warned.iter().map(|warning| warning.kind).collect::<Vec<_>>()
            })
        };
        assert_eq!(kinds(3), []);
        assert_eq!(kinds(2), [WarningKind::ImageOld]);
    }

    #[test]
    fn days_that_can_not_be_are_refused() {
        for (column, text) in [
            ("image_taken_on", "2027-02-28"),
            ("image_taken_on", "30/02/2026"),
            ("image_taken_on", "31/03/26"),
            ("image_taken_on", "1989-01-01"),
            ("born_on", "2027-02-28"),
            ("born_on", "1890-01-01"),
            ("born_on", "spring"),
            ("possible_minor", "perhaps"),
        ] {
            assert_eq!(columns(&checked(&[(column, text)])), [column], "{text}");
        }
    }

    /// R16: all of a row's faults at once, and photographs that aren't there.
    #[test]
    fn r16_rows_are_judged_beside_each_other_and_by_the_photographs_that_came() {
        let rows: [&[(&str, &str)]; 5] = [
            &[],
            &[("name", "Ann again"), ("photos", "second.jpg")],
            &[("nominal_id", "N/3"), ("photos", "ann.jpg")],
            &[("nominal_id", "N/4"), ("photos", "gone.jpg; third.jpg")],
            &[("nominal_id", "N/5"), ("photos", "1;2;3;4;5;6")],
        ];
        let there = ["ann.jpg", "second.jpg", "third.jpg", "1", "2", "3", "4", "5", "6"];
        let rows = with(|rules| read(&list(&rows), Some(&there.into_iter().collect()), rules)).unwrap();
        let found: Vec<_> = rows.iter().map(columns).collect();
        assert_eq!(found, [&[][..], &["nominal_id"], &["photos"], &["photos"], &["photos"]]);
        assert_eq!(rows[3].photos, ["gone.jpg", "third.jpg"]);
        assert!(rows[2].faults[0].message.contains("line 2") && rows[1].faults[0].message.contains("Line 2"));
    }

    #[test]
    fn a_list_that_is_none_is_refused_as_a_whole() {
        let read = |text: &str| with(|rules| read(text, None, rules).map(|rows| rows.len()));
        assert_eq!(read(HEADINGS), Err(RosterError::Empty));
        assert!(matches!(read("name,photos\nAnn,a.jpg\n"), Err(RosterError::Missing(missing)) if missing.len() == 9));
        assert_eq!(
            read(&HEADINGS.replace("born_on", "birthday")),
            Err(RosterError::Unknown("birthday".into()))
        );
        assert_eq!(
            read(&HEADINGS.replace("reason", "name")),
            Err(RosterError::Twice("name"))
        );
        let mut spaced = list(&[&[]]).replace("nominal_id", "Nominal ID");
        spaced.insert(0, '\u{feff}');
        assert_eq!(read(&spaced), Ok(1));
        let semicolons = list(&[&[
            ("lawful_basis", "Immigration Act 1971"),
            ("category", "Deportation order"),
        ]])
        .replace(',', ";");
        assert_eq!(read(&semicolons), Ok(1));
        let short = with(|rules| super::read(&format!("{HEADINGS}\nAnn,7\n"), None, rules)).unwrap();
        assert!(short[0].faults.iter().any(|fault| fault.column.is_none()));
    }

    #[test]
    fn r21_who_is_still_wanted_is_read_from_a_list_with_two_columns() {
        let found = still_wanted("nominal_id,legal_status,other\nN/1,,x\nN/2,Order revoked,y\n").unwrap();
        assert_eq!(
            (found["N/1"].clone(), found["N/2"].as_deref()),
            (None, Some("Order revoked"))
        );
        assert_eq!(
            still_wanted("legal_status\nx\n").err(),
            Some(RosterError::Missing(vec!["nominal_id"]))
        );
        assert_eq!(still_wanted("nominal_id\n").err(), Some(RosterError::Empty));
        assert_eq!(
            still_wanted("nominal_id,a\n,b\n").err(),
            Some(RosterError::NoNominal(2))
        );
        assert_eq!(
            still_wanted("nominal_id\nN/1\nN/1\n").err(),
            Some(RosterError::SameNominal(3))
        );
    }

    proptest! {
        /// What is right stays right when it is judged again, and no text makes the judge stumble.
        #[test]
        fn a_row_without_faults_is_an_entry_without_faults(
            cells in proptest::collection::vec((proptest::sample::select(HEADINGS.split(',').collect::<Vec<_>>()), ".{0,12}"), 0..6),
        ) {
            let changes: Vec<(&str, &str)> = cells.iter().map(|(column, text)| (*column, text.as_str())).collect();
            with(|rules| {
                for row in read(&list(&[&changes]), None, rules).unwrap() {
                    prop_assert_eq!(row.faults.is_empty(), row.particulars.is_some());
                    if let Some(entry) = &row.particulars {
                        prop_assert_eq!(faults(entry, rules), []);
                    }
                }
                Ok(())
            })?;
        }
    }
}
