//! The report as one page that needs nothing else.

use std::collections::{HashMap, HashSet};

use maud::{DOCTYPE, Markup, PreEscaped, html};
use vedette_core::calibration::Scale;

use super::people::{Estimate, FEWEST_PEOPLE, REPLICATES, Rate};
use super::plot::{self, Axis, Line};
use super::report::{Condition, Measure, Probe, Report, Row, SetSummary, Suspect, System, scale_name};

const STYLE: &str = include_str!("page.css");
const EVERYONE: &str = "everyone";

pub(crate) fn page(report: &Report) -> String {
    let names: Vec<&str> = report.systems.iter().map(|s| s.name.as_str()).collect();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Evaluation of " (names.join(" and ")) " on " (report.set.name) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { "Evaluation on " (report.set.name) }
                    (summary(report))
                    @if !report.differences.is_empty() { (differences(report)) }
                    @for system in &report.systems {
                        section {
                            h2 { (system.name) }
                            (about(system))
                            (acquisition(system))
                            (verification(system))
                            (identification(system))
                            (several_shots(system))
                            (groups(system, &report.set))
                            (suspects(system))
                        }
                    }
                    (duplicates(report))
                    (method())
                }
            }
        }
    }
    .into_string()
}

fn summary(report: &Report) -> Markup {
    let set = &report.set;
    html! {
        dl {
            dt { "Set" } dd { (count(set.images, "photograph")) " of " (people(set.people)) }
            @if !set.columns.is_empty() { dt { "Groups" } dd { (set.columns.join(", ")) } }
            @if let Some(pairs) = set.listed_pairs { dt { "Comparisons" } dd { (pairs) " listed pairs" } }
            @if !set.passed_over.is_empty() { dt { "Passed over" } dd { (count(set.passed_over.len(), "item")) ", listed below" } }
            @if !set.unreadable.is_empty() { dt { "Unreadable" } dd { (count(set.unreadable.len(), "file")) ", listed below" } }
            dt { "Made" } dd { (report.made_at) ", by version " (report.version) }
        }
        @if set.people < 1000 {
            p class="caution" {
                "This is a small set. With " (people(set.people)) " no rate below about one in " (set.people)
                " can be told from chance, and what holds for them need not hold for others. Choose no setting by it."
            }
        }
    }
}

fn about(system: &System) -> Markup {
    html! {
        p { "Weights " code { (system.file) } ", SHA-256 " code { (system.sha256[..16]) } "…, pipeline version " (system.pipeline) "." }
        @if let Some(why) = &system.uncalibrated {
            p class="caution" { "Nothing is said by target, because there is no calibration to use: " (why) " Make one with " code { "vedette calibrate" } "." }
        }
        @if let Some(why) = &system.not_normalised {
            p { "Nothing is said of normalised scores: " (why) "." }
        }
    }
}

fn acquisition(system: &System) -> Markup {
    let rows = || {
        system
            .rows
            .iter()
            .filter(|r| r.population == EVERYONE && r.condition == Condition::Always)
    };
    html! {
        h3 { "Photographs that could not be used" }
        table {
            thead { tr { th { "Failure" } th { "Rate" } th { "95 % interval" } th { "Photographs" } } }
            tbody {
                @for row in rows() {
                    tr {
                        th scope="row" { (explained(row.measure)) }
                        (rate_cells(&row.rate, false))
                    }
                }
            }
        }
        @if !system.refusals.is_empty() {
            table {
                caption { "Why" }
                thead { tr { th { "Reason" } th { "As a reference" } th { "As a probe" } } }
                tbody {
                    @for refused in &system.refusals {
                        tr { th scope="row" { (refused.reason.replace('_', " ")) } td { (refused.as_reference) } td { (refused.as_probe) } }
                    }
                }
            }
        }
    }
}

fn verification(system: &System) -> Markup {
    let scales = [Scale::Cosine, Scale::Normalised];
    let find = |measure: Measure, scale: Scale, condition: Condition| {
        system.rows.iter().find(move |r| {
            r.measure == measure && r.scale == Some(scale) && r.condition == condition && r.population == EVERYONE
        })
    };
    let accepted = |scale: Scale| {
        system
            .rows
            .iter()
            .filter(move |r| r.measure == Measure::Tar && r.scale == Some(scale) && r.population == EVERYONE)
    };
    let det: Vec<Line> = system
        .curves
        .iter()
        .map(|curve| Line {
            name: scale_name(curve.scale).to_owned(),
            // A rate of nothing has no place on a logarithmic axis.
            points: curve
                .points
                .iter()
                .filter(|p| p.fmr > 0.0 && p.fnmr > 0.0)
                .map(|p| (p.fmr, p.fnmr))
                .collect(),
        })
        .collect();
    let log = |label| Axis {
        label,
        low: 1e-6,
        high: 1.0,
        logarithmic: true,
    };
    let floor = |label| Axis {
        low: 1e-3,
        ..log(label)
    };
    html! {
        h3 { "One to one" }
        @if system.pairs_not_compared > 0 {
            p { (system.pairs_not_compared) " listed pairs were not compared, because a photograph was refused." }
        }
        @if scales.iter().all(|scale| accepted(*scale).next().is_none()) {
            p class="caution" { "There are too few comparisons of different people for any rate of false matches." }
        } @else {
            table {
                thead { tr { th { "Score" } th { "Threshold" } th { "False match rate (FMR)" } th { "95 % interval" } th { "Comparisons" } th { "True accept rate (TAR)" } th { "95 % interval" } th { "Comparisons" } } }
                tbody {
                    @for scale in scales {
                        @for row in accepted(scale) {
                            tr {
                                th scope="row" { (scale_name(scale)) }
                                td { (threshold(row)) }
                                @if let Some(fmr) = find(Measure::Fmr, scale, row.condition) { (rate_cells(&fmr.rate, true)) }
                                (rate_cells(&row.rate, false))
                            }
                        }
                    }
                }
            }
        }
        @for (scale, rate) in &system.equal_errors {
            p { "Equal error rate, " (scale_name(*scale)) ": " (percent(*rate)) "." }
        }
        @if det.iter().any(|line| !line.points.is_empty()) {
            (plot::lines("Detection error trade-off: people missed by false matches, one to one", &log("False match rate"), &floor("False non-match rate"), &det))
        } @else {
            p { "No threshold shows both kinds of error on this set, so there is no trade-off to draw." }
        }
    }
}

fn identification(system: &System) -> Markup {
    let rows = |measure: Measure| {
        system.rows.iter().filter(move |r| {
            r.measure == measure && r.population == EVERYONE && r.list.is_some() && r.probe == Probe::Each
        })
    };
    let beside = |row: &Row| {
        rows(Measure::Fpir)
            .find(|r| r.scale == row.scale && r.list == row.list && r.condition == row.condition)
            .cloned()
    };
    let mut cmc: Vec<Line> = Vec::new();
    for row in rows(Measure::Cmc) {
        let (Condition::Rank(rank), Estimate::Known { value, .. }) = (row.condition, &row.rate.estimate) else {
            continue;
        };
        let name = format!(
            "{} entries, {}",
            row.list.unwrap_or_default(),
            row.scale.map_or("", scale_name)
        );
        match cmc.iter_mut().find(|line| line.name == name) {
            Some(line) => line.points.push((rank as f64, *value)),
            None => cmc.push(Line {
                name,
                points: vec![(rank as f64, *value)],
            }),
        }
    }
    let lowest = cmc.iter().flat_map(|l| &l.points).map(|p| p.1).fold(1.0, f64::min);
    html! {
        h3 { "One to many" }
        @if rows(Measure::Tpir).next().is_none() {
            p class="caution" { "The set has too few people to put some on a watchlist and leave others off it." }
        } @else {
            table {
                thead { tr { th { "Entries" } th { "Setting" } th { "Score" } th { "Threshold" } th { "False alerts a stranger (FPIR)" } th { "95 % interval" } th { "Searches" } th { "Listed people found (TPIR)" } th { "95 % interval" } th { "Searches" } } }
                tbody {
                    @for row in rows(Measure::Tpir) {
                        tr {
                            td { (row.list.unwrap_or_default()) }
                            th scope="row" { (row.condition) }
                            td { (row.scale.map_or("", scale_name)) }
                            td { (threshold(row)) }
                            @if let Some(fpir) = beside(row) { (rate_cells(&fpir.rate, true)) }
                            (rate_cells(&row.rate, false))
                        }
                    }
                }
            }
            @if !cmc.is_empty() {
                (plot::lines(
                    "Cumulative match characteristic: share of listed people whose own entry is among the best, without a threshold",
                    &Axis { label: "Rank", low: 1.0, high: 20.0, logarithmic: true },
                    &Axis { label: "Identification rate", low: (lowest * 10.0).floor() / 10.0 - 0.1, high: 1.0, logarithmic: false },
                    &cmc,
                ))
            }
        }
    }
}

/// Whether several shots of one face find more people than one does.
fn several_shots(system: &System) -> Markup {
    let fused = |row: &&Row| row.measure == Measure::Tpir && row.probe == Probe::ThreeFused;
    let settings: Vec<&Row> = system.rows.iter().filter(fused).collect();
    if settings.is_empty() {
        return html! {};
    }
    let of = |like: &Row, measure: Measure, probe: Probe| {
        system
            .rows
            .iter()
            .find(|r| {
                (r.measure, r.probe) == (measure, probe)
                    && (r.scale, r.list, r.condition) == (like.scale, like.list, like.condition)
            })
            .cloned()
    };
    html! {
        h3 { "Several shots of one face" }
        p { "People with three photographs beside their reference: one of them, the one of best quality, and all three fused as the shots of a track are, each at its own threshold for the same rate of false alerts." }
        table {
            thead { tr { th { "Entries" } th { "Setting" } th { "Score" } th { "Probe" } th { "Threshold" } th { "Listed people found (TPIR)" } th { "95 % interval" } th { "Searches" } } }
            tbody {
                @for setting in &settings {
                    @for probe in [Probe::OneOfThree, Probe::BestOfThree, Probe::ThreeFused] {
                        @if let Some(row) = of(setting, Measure::Tpir, probe) {
                            tr {
                                td { (row.list.unwrap_or_default()) }
                                td { (row.condition) }
                                td { (row.scale.map_or("", scale_name)) }
                                th scope="row" { (probe.name()) }
                                td { (threshold(&row)) }
                                (rate_cells(&row.rate, false))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Every group at each setting, folded away where there are several.
fn groups(system: &System, set: &SetSummary) -> Markup {
    if set.columns.is_empty() {
        return html! {};
    }
    let settings: Vec<(Measure, Measure, &Row)> = [(Measure::Fmr, Measure::Tar), (Measure::Fpir, Measure::Tpir)]
        .into_iter()
        .flat_map(|(wrong, right)| {
            let mut seen: Vec<&Row> = Vec::new();
            for row in system
                .rows
                .iter()
                .filter(|r| r.measure == wrong && r.population == EVERYONE && r.probe == Probe::Each)
            {
                if !seen
                    .iter()
                    .any(|s| (s.scale, s.list, s.condition) == (row.scale, row.list, row.condition))
                {
                    seen.push(row);
                }
            }
            seen.into_iter().map(move |row| (wrong, right, row))
        })
        .collect();
    let mut of_population: HashMap<&str, Vec<&Row>> = HashMap::new();
    for row in system.rows.iter().filter(|row| row.probe == Probe::Each) {
        of_population.entry(&row.population).or_default().push(row);
    }
    let of = |measure: Measure, like: &Row, population: &str| {
        let wanted = (measure, like.scale, like.list, like.condition);
        let own = of_population.get(population)?;
        own.iter()
            .find(|r| (r.measure, r.scale, r.list, r.condition) == wanted)
            .copied()
            .cloned()
    };
    let mut known = HashSet::new();
    let populations = system.rows.iter().map(|row| row.population.as_str());
    let populations: Vec<&str> = populations.filter(|population| known.insert(*population)).collect();
    html! {
        h3 { "Groups" }
        p { "Every group at the same threshold. Pairs are of people of one group. Where a group has fewer than " (FEWEST_PEOPLE) " people, or too few comparisons for the rate in question, nothing is claimed." }
        @if set.crossings_too_small > 0 {
            p { (set.crossings_too_small) " crossings of groups have fewer than " (FEWEST_PEOPLE) " people each and are left out." }
        }
        @for (wrong, right, setting) in &settings {
            details open[*wrong == Measure::Fmr && settings.len() < 4] {
                summary {
                    (setting.condition) ", " (setting.scale.map_or("", scale_name))
                    @if let Some(list) = setting.list { ", " (list) " entries" }
                    ", threshold " (threshold(setting))
                }
                table {
                    thead { tr { th { "Group" } th { (wrong.name()) } th { "95 % interval" } th { "Trials" } th { (right.name()) } th { "95 % interval" } th { "Trials" } } }
                    tbody {
                        @for population in &populations {
                            tr {
                                th scope="row" { (population) }
                                @for measure in [wrong, right] {
                                    @match of(*measure, setting, population) {
                                        Some(row) => { (rate_cells(&row.rate, *measure == *wrong)) }
                                        None => { td colspan="3" { "no trials" } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn suspects(system: &System) -> Markup {
    let suspects = &system.suspects;
    if suspects.alike_strangers.is_empty() && suspects.unlike_own.is_empty() {
        return html! {};
    }
    html! {
        h3 { "Labels to look at" }
        p { "All of these were counted as they are labelled. Look at the pictures, correct the labels, and run again." }
        @if !suspects.alike_strangers.is_empty() {
            (listing(
                &format!("Different labels, more alike than one in ten pairs of one person: {}", suspects.alike_strangers_in_all),
                &suspects.alike_strangers,
            ))
        }
        @if !suspects.unlike_own.is_empty() {
            (listing("Less like every other photograph of the same label than one in a hundred strangers", &suspects.unlike_own))
        }
    }
}

fn listing(title: &str, suspects: &[Suspect]) -> Markup {
    html! {
        details {
            summary { (title) }
            table {
                thead { tr { th { "Files" } th { "Cosine" } } }
                tbody {
                    @for suspect in suspects {
                        tr { td { (suspect.files.join(" · ")) } td { (format!("{:.3}", suspect.cosine)) } }
                    }
                }
            }
        }
    }
}

fn duplicates(report: &Report) -> Markup {
    let set = &report.set;
    html! {
        @if !set.passed_over.is_empty() {
            h3 { "Passed over" }
            ul { @for (file, reason) in &set.passed_over { li { (file) ": " (reason) } } }
        }
        @if !set.unreadable.is_empty() {
            h2 { "Unreadable files" }
            ul { @for (file, reason) in &set.unreadable { li { (file) ": " (reason) } } }
        }
        @if !set.duplicates.is_empty() {
            h2 { "Files with the same bytes" }
            p { "All of them were counted." }
            ul {
                @for copies in &set.duplicates {
                    li { (copies.files.join(" · ")) @if copies.different_people { strong { ": under different people" } } }
                }
            }
        }
    }
}

fn differences(report: &Report) -> Markup {
    html! {
        h2 { (report.systems[1].name) " against " (report.systems[0].name) }
        table {
            thead { tr { th { "Rate" } th { "Score" } th { "Entries" } th { "Setting" } th { "Second less first" } th { "95 % interval" } th { "Told apart" } } }
            tbody {
                @for d in &report.differences {
                    tr {
                        th scope="row" { (d.measure.name()) }
                        td { (scale_name(d.scale)) }
                        td { (d.list.map(|n| n.to_string()).unwrap_or_default()) }
                        td { (d.condition) }
                        td { (format!("{:+.2} points", d.value * 100.0)) }
                        td { (format!("{:+.2} to {:+.2}", d.low * 100.0, d.high * 100.0)) }
                        td { @if d.low > 0.0 || d.high < 0.0 { "yes" } @else { "no" } }
                    }
                }
            }
        }
    }
}

fn method() -> Markup {
    html! {
        h2 { "How this was measured" }
        ul {
            li { "Terms are those of ISO/IEC 19795-1. Every photograph went through the product's own detector, quality gates, alignment and embedder; its largest face was taken, and templates passed through the half precision in which they travel." }
            li { "One to one, all photographs that either gate let through are compared, or the listed pairs. A rate of false matches is reported where the set shows at least ten of them." }
            li { "One to many, watchlists are drawn ten times with one reference each; at least a third of the people are on none of a length, so that there are strangers. All other photographs that pass the gate for camera pictures are searched for. A target's threshold is the calibration's at that length: for one picture, for the whole target; for three fused, for their share of it, as on a track. Photographs that the gate refused are not searched for: FNIR and TPIR are of those that it let through." }
            li { "Files that can't be read count in neither FTE nor FTA; they are listed above." }
            li { "The interval of a rate at a given FMR or FPIR holds the threshold fixed that the same set gave, and lists are drawn once: it is somewhat too narrow." }
            li { "Normalised scores take the watchlist as their own cohort, one to many, and one image each of up to 600 people of the set, one to one." }
            li { "Intervals hold 95 %: people, not comparisons, are drawn anew " (REPLICATES) " times. With fewer than ten events the interval is at least as wide as the exact one of as many independent people." }
            li { "A photograph stands in for a camera's frame. What a camera sees in the street is worse." }
        }
    }
}

fn explained(measure: Measure) -> &'static str {
    match measure {
        Measure::Fte => "Failure to enrol (FTE): refused as a reference",
        _ => "Failure to acquire (FTA): refused as a camera's picture",
    }
}

/// Rate, interval and counts. Rare rates are written as powers.
fn rate_cells(rate: &Rate, rare: bool) -> Markup {
    let powers = |around: f64| rare && around < 0.01;
    let written = |value: f64, powers: bool| match value {
        0.0 => "0".to_owned(),
        _ if powers => format!("{value:.1e}"),
        _ => percent(value),
    };
    html! {
        @match &rate.estimate {
            Estimate::Known { value, low, high } => {
                @let small = powers(if *value > 0.0 { *value } else { *high });
                td class="figure" { (written(*value, small)) }
                td class="interval" { (written(*low, small)) " to " (written(*high, small)) }
            }
            Estimate::Insufficient { why } => {
                td colspan="2" class="insufficient" { "insufficient: " (why) }
            }
        }
        td { (rate.events) " of " (rate.trials) }
    }
}

fn threshold(row: &Row) -> String {
    row.threshold.map(|t| format!("{t:.3}")).unwrap_or_default()
}

fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent == 0.0 || percent == 100.0 {
        format!("{percent}\u{a0}%")
    } else {
        format!("{percent:.2}\u{a0}%")
    }
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn people(n: usize) -> String {
    format!("{n} {}", if n == 1 { "person" } else { "people" })
}
