//! Line charts as SVG, for a page that stands alone.

use maud::{Markup, html};

pub(crate) struct Axis {
    pub(crate) label: &'static str,
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// A power of ten takes the same room everywhere; `low` is above zero.
    pub(crate) logarithmic: bool,
}

pub(crate) struct Line {
    pub(crate) name: String,
    /// In the axes' units; what lies outside is drawn at the edge.
    pub(crate) points: Vec<(f64, f64)>,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 48.0;
/// Told apart with any colour vision (Okabe and Ito 2008), and by their dashes.
const STROKES: [(&str, &str); 6] = [
    ("#0072b2", ""),
    ("#d55e00", "7 4"),
    ("#009e73", "2 3"),
    ("#cc79a7", "9 3 2 3"),
    ("#000000", "4 2"),
    ("#e69f00", "12 3"),
];

impl Axis {
    /// 0..=1 along the axis.
    fn place(&self, value: f64) -> f64 {
        let at = if self.logarithmic {
            (value.max(self.low).log10() - self.low.log10()) / (self.high.log10() - self.low.log10())
        } else {
            (value - self.low) / (self.high - self.low)
        };
        at.clamp(0.0, 1.0)
    }

    fn ticks(&self) -> Vec<(f64, String)> {
        if self.logarithmic {
            let powers = self.low.log10().ceil() as i32..=self.high.log10().floor() as i32;
            return powers
                .map(|power| (10f64.powi(power), format!("{}", 10f64.powi(power))))
                .collect();
        }
        (0..=5)
            .map(|step| self.low + (self.high - self.low) * f64::from(step) / 5.0)
            .map(|value| {
                (
                    value,
                    format!("{:.2}", value)
                        .trim_end_matches('0')
                        .trim_end_matches('.')
                        .to_owned(),
                )
            })
            .collect()
    }
}

/// `caption` says what the chart shows; the figures stand in the page's tables.
pub(crate) fn lines(caption: &str, x: &Axis, y: &Axis, lines: &[Line]) -> Markup {
    let across = |value: f64| LEFT + x.place(value) * (WIDTH - LEFT - RIGHT);
    let up = |value: f64| HEIGHT - BOTTOM - y.place(value) * (HEIGHT - TOP - BOTTOM);
    let path = |line: &Line| {
        line.points
            .iter()
            .enumerate()
            .map(|(at, (a, b))| format!("{}{:.1} {:.1}", if at == 0 { "M" } else { "L" }, across(*a), up(*b)))
            .collect::<String>()
    };
    html! {
        figure {
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(caption) {
                @for (value, text) in x.ticks() {
                    line class="grid" x1=(across(value)) x2=(across(value)) y1=(TOP) y2=(HEIGHT - BOTTOM) {}
                    text x=(across(value)) y=(HEIGHT - BOTTOM + 18.0) text-anchor="middle" { (text) }
                }
                @for (value, text) in y.ticks() {
                    line class="grid" x1=(LEFT) x2=(WIDTH - RIGHT) y1=(up(value)) y2=(up(value)) {}
                    text x=(LEFT - 8.0) y=(up(value) + 4.0) text-anchor="end" { (text) }
                }
                text x=((LEFT + WIDTH - RIGHT) / 2.0) y=(HEIGHT - 8.0) text-anchor="middle" { (x.label) }
                text transform={ "translate(14 " ((TOP + HEIGHT - BOTTOM) / 2.0) ") rotate(-90)" } text-anchor="middle" { (y.label) }
                @for (line, (colour, dashes)) in lines.iter().zip(STROKES.iter().cycle()) {
                    path d=(path(line)) fill="none" stroke=(colour) stroke-width="2" stroke-dasharray=(dashes) {}
                }
            }
            @if lines.len() > 1 {
                ul class="legend" {
                    @for (line, (colour, dashes)) in lines.iter().zip(STROKES.iter().cycle()) {
                        li {
                            svg viewBox="0 0 40 8" aria-hidden="true" {
                                path d="M0 4L40 4" stroke=(colour) stroke-width="3" stroke-dasharray=(dashes) {}
                            }
                            (line.name)
                        }
                    }
                }
            }
            figcaption { (caption) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_lies_inside_the_frame() {
        let x = Axis {
            label: "x",
            low: 1e-6,
            high: 1.0,
            logarithmic: true,
        };
        for value in [0.0, 1e-9, 1e-6, 0.5, 1.0, 7.0] {
            assert!((0.0..=1.0).contains(&x.place(value)));
        }
        assert!((x.place(1e-3) - 0.5).abs() < 1e-9);
        assert_eq!(x.ticks().len(), 7);
    }

    #[test]
    fn names_are_escaped() {
        let axis = Axis {
            label: "x",
            low: 0.0,
            high: 1.0,
            logarithmic: false,
        };
        let drawn = lines(
            "a & b",
            &axis,
            &axis,
            &[
                Line {
                    name: "<script>".into(),
                    points: vec![(0.0, 0.0), (1.0, 1.0)],
                },
                Line {
                    name: "other".into(),
                    points: Vec::new(),
                },
            ],
        );
        assert!(drawn.0.contains("&lt;script&gt;") && !drawn.0.contains("<script>"));
    }
}
