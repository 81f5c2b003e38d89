//! What candidates cost the server, by the watchlist's length: cargo xtask bench matcher.
//!
//! A candidate is all that the matcher does for it: its cosines with every reference, their normalisation, the threshold. The
//! limit is how fast this thread reads the same numbers and does nothing but add them. With a folder and the command of
//! tests/bench/flat_index.py, FAISS searches the same references in turn with us.
#![allow(clippy::unwrap_used, reason = "a measurement that can't go on stops")]

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use fearless_simd::{Level, dispatch};
use uuid::Uuid;
use vedette_core::calibration::{Calibration, Scale, Target};
use vedette_core::id::EntryId;
use vedette_core::references::{References, Scores, Sought};
use vedette_core::shot::Shots;
use vedette_core::template::{Template, TemplateSpace};
use vedette_core::watchlist::operating_point;

const LENGTHS: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];
const TOGETHER: usize = References::AT_ONCE;
/// Of which a round's figure is the median, after one that isn't counted: the other program has just used the caches.
const IN_A_ROUND: usize = 5;

/// Numbers of a direction that is each seed's own (xorshift64).
fn direction(dimensions: usize, seed: u64) -> Vec<f32> {
    let mut state = (seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let values = (0..dimensions).map(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    });
    values.collect()
}

fn template(space: &TemplateSpace, seed: u64) -> Template {
    Template::from_embedding(space.clone(), direction(space.dimensions, seed)).unwrap()
}

/// Another shot of the reference of that seed.
fn shot_of(space: &TemplateSpace, seed: u64) -> Template {
    let (own, chance) = (
        direction(space.dimensions, seed),
        direction(space.dimensions, seed + (1 << 40)),
    );
    let mixed = own.iter().zip(chance).map(|(own, chance)| own + 0.5 * chance);
    Template::from_embedding(space.clone(), mixed.collect()).unwrap()
}

fn entry(number: u64) -> EntryId {
    EntryId::new(Uuid::from_u64_pair(number, number.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
}

/// Microseconds.
fn timed(mut work: impl FnMut()) -> f64 {
    work();
    let taken = (0..IN_A_ROUND).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1e6
    });
    median(&mut taken.collect::<Vec<_>>())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Median and range.
fn shown(mut values: Vec<f64>, digits: usize) -> String {
    let middle = median(&mut values);
    format!(
        "{middle:.digits$} ({:.digits$}-{:.digits$})",
        values[0],
        values[values.len() - 1]
    )
}

fn ratios(above: &[f64], below: &[f64]) -> String {
    shown(above.iter().zip(below).map(|(above, below)| above / below).collect(), 2)
}

/// Adds all numbers up, in more sums than a host has registers for one.
fn read(numbers: &[f32]) -> f32 {
    #[inline(always)]
    fn added(numbers: &[f32]) -> f32 {
        let mut sums = [0.0f32; 128];
        for numbers in numbers.as_chunks::<128>().0 {
            for (sum, number) in sums.iter_mut().zip(numbers) {
                *sum += number;
            }
        }
        sums.iter().sum()
    }
    dispatch!(Level::new(), _ => added(numbers))
}

/// FAISS in a process of its own.
struct Peer {
    child: Child,
    asked: ChildStdin,
    answers: BufReader<ChildStdout>,
    folder: PathBuf,
}

impl Peer {
    /// A folder for the references and probes, and the command.
    fn of_arguments() -> Option<Self> {
        let mut given = std::env::args_os().skip(1);
        let folder = PathBuf::from(given.next()?);
        let mut command = Command::new(given.next()?);
        command.args(given).arg(&folder);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        Some(Self {
            asked: child.stdin.take().unwrap(),
            answers: BufReader::new(child.stdout.take().unwrap()),
            child,
            folder,
        })
    }

    fn ask(&mut self, question: &str) -> String {
        writeln!(self.asked, "{question}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        assert!(answer.ends_with('\n'), "the peer has stopped");
        answer.trim().to_owned()
    }

    /// Microseconds of searches for so many probes together.
    fn timed(&mut self, probes: usize) -> f64 {
        self.ask(&format!("time {probes}")).parse().unwrap()
    }

    /// The best reference of each probe.
    fn best(&mut self) -> Vec<u64> {
        self.ask("best").split(' ').map(|row| row.parse().unwrap()).collect()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = writeln!(self.asked, "stop");
        let _ = self.child.wait();
    }
}

fn write_all(path: &Path, rows: impl Iterator<Item = Template>) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    for row in rows {
        for value in row.values() {
            file.write_all(&value.to_le_bytes()).unwrap();
        }
    }
    file.flush().unwrap();
}

fn main() {
    let text = std::fs::read_to_string("models/sface-calibration.json").unwrap();
    let calibration: Calibration = serde_json::from_str(&text).unwrap();
    let space = TemplateSpace {
        model: calibration.model.clone(),
        pipeline: calibration.pipeline,
        dimensions: 128,
        transform: None,
    };
    let mut peer = Peer::of_arguments();
    let level = format!("{:?}", Level::new());
    let registers = level.split('(').next().unwrap_or_default();
    println!("Microseconds, median (range) of interleaved rounds; 128 numbers a template; registers: {registers}");
    println!("The limit: all numbers are read and added up. Ratios round by round: above 1.00 we are faster.");
    for length in LENGTHS {
        measure(length, &space, &calibration, peer.as_mut());
    }
}

fn measure(length: u64, space: &TemplateSpace, calibration: &Calibration, mut peer: Option<&mut Peer>) {
    let mut list = References::new(space.clone());
    for number in 0..length {
        list.insert(entry(number), &template(space, number)).unwrap();
    }
    let start = Instant::now();
    assert_eq!(list.scale(), Scale::Normalised);
    let prepared = start.elapsed();
    let counts = (length as usize, length as usize);
    let least = operating_point(calibration, Target::DEFAULT, counts, Shots::ONE).threshold;
    // Who is measured is on no list, as nearly everybody who passes; who is listed shows that both find the same people.
    let seeds: Vec<u64> = (1..=TOGETHER as u64).map(|at| length / 17 * at).collect();
    let listed: Vec<Template> = seeds.iter().map(|seed| shot_of(space, *seed)).collect();
    let strangers: Vec<Template> = (1..=TOGETHER as u64).map(|at| template(space, u64::MAX - at)).collect();
    for (probe, seed) in listed.iter().zip(&seeds) {
        let nearest = |scores: Scores<'_>| scores.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        let (best, score) = nearest(list.scores(probe).unwrap()).unwrap();
        assert_eq!(best, entry(*seed), "the person is the nearest");
        let found = list.reaching(&[Sought { probe, least: score }]).unwrap();
        assert_eq!(found, [[(best, score)]], "and is found");
    }
    let sought: Vec<Sought<'_>> = strangers.iter().map(|probe| Sought { probe, least }).collect();
    if let Some(peer) = &mut peer {
        write_all(
            &peer.folder.join("references.f32"),
            (0..length).map(|n| template(space, n)),
        );
        write_all(&peer.folder.join("listed.f32"), listed.iter().cloned());
        write_all(&peer.folder.join("strangers.f32"), strangers.iter().cloned());
        peer.ask(&format!("load {}", space.dimensions));
        assert_eq!(peer.best(), seeds, "both find the same people");
    }
    let rounds = if length > 100_000 { 11 } else { 21 };
    let [mut limit, mut one, mut all, mut peers_one, mut peers_all] = [const { Vec::new() }; 5];
    for _ in 0..rounds {
        limit.push(timed(|| {
            black_box(read(black_box(list.numbers())));
        }));
        for (taken, sought) in [(&mut one, &sought[..1]), (&mut all, &sought[..])] {
            taken.push(timed(|| {
                black_box(list.reaching(black_box(sought)).unwrap());
            }));
        }
        if let Some(peer) = &mut peer {
            peers_one.push(peer.timed(1));
            peers_all.push(peer.timed(TOGETHER));
        }
    }
    let mut after_insertion = Vec::new();
    for number in length..length + 5 {
        list.insert(entry(number), &template(space, number)).unwrap();
        let start = Instant::now();
        black_box(list.reaching(&sought[..1]).unwrap());
        after_insertion.push(start.elapsed().as_secs_f64() * 1e6);
    }
    println!("\n{length} entries");
    let line =
        |what: &str, taken: &[f64], ratio: String| println!("  {what:<36}{:<28}{ratio}", shown(taken.to_vec(), 0));
    line("the limit", &limit, String::new());
    line("a candidate", &one, format!("{} of the limit", ratios(&limit, &one)));
    line(
        "sixteen candidates together",
        &all,
        format!(
            "{} of sixteen alone",
            ratios(&one.iter().map(|one| one * TOGETHER as f64).collect::<Vec<_>>(), &all)
        ),
    );
    if !peers_one.is_empty() {
        line("FAISS IndexFlatIP, one", &peers_one, ratios(&peers_one, &one));
        line("FAISS with BLAS, sixteen", &peers_all, ratios(&peers_all, &all));
    }
    line("the first after an entry was added", &after_insertion, String::new());
    println!(
        "  {:<36}{:.0} ms",
        "before the first of all",
        prepared.as_secs_f64() * 1e3
    );
}
