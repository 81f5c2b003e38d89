//! What may be shown beside a model's card: a rate with its uncertainty, or the word that too little was measured (R141).

use jiff::Timestamp;
use vedette_store::evaluation::{Figure, FigureEstimate, Measured};

use super::text::Name;
use crate::evaluate::people::FEWEST_PEOPLE;

/// Reports that are kept.
const MOST: usize = 40;
const MOST_FIGURES: usize = 10_000;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EvaluationError {
    #[error("{MOST} reports are kept at most. Remove an old one first.")]
    Full,
    #[error("This isn't a report of `vedette evaluate`. Choose its report.json.")]
    NotOne,
    #[error("A figure of the report says more than was measured: {0}. Choose the report.json as the program wrote it.")]
    Overstated(&'static str),
}

pub(crate) fn may_add(kept: usize) -> Result<(), EvaluationError> {
    if kept < MOST {
        Ok(())
    } else {
        Err(EvaluationError::Full)
    }
}

/// The report, if no figure in it claims a certainty that it can't have.
pub(crate) fn checked(measured: Measured, now: Timestamp) -> Result<Measured, EvaluationError> {
    let Measured { sha256, figures, .. } = &measured;
    let is_hash = sha256.len() == 64 && sha256.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
    let in_bounds = (1..=MOST_FIGURES).contains(&figures.len()) && measured.made_at <= now;
    let named = [&measured.set, &measured.version]
        .into_iter()
        .chain(figures.iter().flat_map(texts))
        .all(|text| Name::new(text).is_ok());
    if !(is_hash && in_bounds && named) {
        return Err(EvaluationError::NotOne);
    }
    figures.iter().try_for_each(honest)?;
    Ok(measured)
}

fn texts(figure: &Figure) -> impl Iterator<Item = &String> {
    let why = match &figure.estimate {
        FigureEstimate::Insufficient { why } => Some(why),
        FigureEstimate::Known { .. } => None,
    };
    [&figure.measure, &figure.population, &figure.probe, &figure.condition]
        .into_iter()
        .chain(&figure.scale)
        .chain(why)
}

fn honest(figure: &Figure) -> Result<(), EvaluationError> {
    let over = |why| Err(EvaluationError::Overstated(why));
    if figure.events > figure.trials {
        return over("more events than trials");
    }
    match figure.estimate {
        FigureEstimate::Insufficient { .. } => Ok(()),
        FigureEstimate::Known { .. } if figure.people < FEWEST_PEOPLE as u64 => over("a rate of too few people"),
        FigureEstimate::Known { value, low, high } => {
            match 0.0 <= low && low <= value && value <= high && high <= 1.0 {
                true => Ok(()),
                false => over("a rate outside its own interval"),
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn figure(estimate: FigureEstimate, people: u64) -> Figure {
        Figure {
            measure: "FPIR".into(),
            population: "all".into(),
            scale: Some("cosine".into()),
            list: Some(100),
            probe: "each".into(),
            condition: "target 1/6000".into(),
            estimate,
            events: 3,
            trials: 9_000,
            people,
        }
    }

    fn report(figures: Vec<Figure>) -> Measured {
        Measured {
            made_at: Timestamp::UNIX_EPOCH,
            version: "0.1.0".into(),
            set: "Volunteers".into(),
            people: 400,
            images: 900,
            sha256: "ab".repeat(32),
            pipeline: 2,
            figures,
        }
    }

    const SAID: FigureEstimate = FigureEstimate::Known {
        value: 0.000_3,
        low: 0.000_1,
        high: 0.000_9,
    };

    #[test]
    fn r141_no_figure_is_shown_without_its_interval_or_of_too_few_people() {
        let now = Timestamp::UNIX_EPOCH;
        let found = |figure| checked(report(vec![figure]), now);
        assert!(found(figure(SAID, 30)).is_ok());
        let few = EvaluationError::Overstated("a rate of too few people");
        assert_eq!(found(figure(SAID, 29)).unwrap_err(), few);
        let insufficient = FigureEstimate::Insufficient {
            why: "29 people".into(),
        };
        assert!(found(figure(insufficient, 29)).is_ok());
        for (value, low, high) in [(0.5, 0.6, 0.9), (0.5, 0.1, 0.4), (0.5, -0.1, 0.9), (0.5, 0.1, 1.1)] {
            let outside = FigureEstimate::Known { value, low, high };
            assert!(found(figure(outside, 100)).is_err(), "{value} {low} {high}");
        }
    }

    #[test]
    fn what_is_no_report_is_refused() {
        let now = Timestamp::UNIX_EPOCH;
        let not_one = |measured| assert_eq!(checked(measured, now).unwrap_err(), EvaluationError::NotOne);
        not_one(report(Vec::new()));
        let whole = report(vec![figure(SAID, 100)]);
        not_one(Measured {
            sha256: "AB".repeat(32),
            ..whole.clone()
        });
        not_one(Measured {
            set: "a\u{202e}b".into(),
            ..whole.clone()
        });
        for why in ["a\u{202e}b".to_owned(), "a".repeat(81)] {
            not_one(report(vec![figure(FigureEstimate::Insufficient { why }, 29)]));
        }
        let tomorrow = now + jiff::SignedDuration::from_hours(24);
        not_one(Measured {
            made_at: tomorrow,
            ..whole
        });
        assert_eq!(may_add(MOST), Err(EvaluationError::Full));
    }
}
