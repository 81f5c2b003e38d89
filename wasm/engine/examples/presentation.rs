//! How often a kiosk takes a head for a picture, and a picture for a head: `presentation MODELS PORTRAITS [CLIPS]`.
//!
//! PORTRAITS holds photographs of one face each, in folders or not. They are turned as heads (bona fide), and presented as
//! attacks: nobody sat for these, so the figures say what the checks do with such motion, and not what a person with a printer
//! would reach. CLIPS holds .mjpeg files of people who turn their heads as they like: nobody asked them to, so only the check for
//! flatness is measured on them.

#[path = "../../../tests/xtask/src/relief.rs"]
mod relief;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use image::{Rgb as Pixel, RgbImage};
use relief::{Eyes, Held, Surface, draw};
use uuid::Uuid;
use vedette_core::detect::InputSide;
use vedette_core::geometry::{Landmarks, Size};
use vedette_core::image::{Frame, Layout, Rgb};
use vedette_core::manifest::Manifest;
use vedette_core::presentation::{Ask, Challenge, Fault, NARROWED, SOLID, Standing, Turn, narrowing, parallax};
use vedette_core::quality::Pose;
use vedette_core::track::{Ids, Millis};
use vedette_engine::{Models, Pipeline};

type Failure = Box<dyn Error + Send + Sync>;

const SIZE: Size = Size {
    width: 360,
    height: 480,
};
/// Milliseconds between frames: a tablet's pace.
const EVERY: f64 = 125.0;
/// Milliseconds after which a visit is over, as the page ends it.
const LONGEST: f64 = 12_500.0;
/// Whoever conceals the face is asked for nothing, and shows the same for ever.
const CONCEALED: f64 = 7_500.0;
/// What somebody needs to begin to do what she is asked, milliseconds.
const REACTION: f64 = 600.0;
/// Radians a second, and how far a head is turned.
const PACE: f32 = 0.9;
const FAR: f32 = 0.75;
/// Farther than anybody turns a head and still looks at a screen: whoever holds a picture may try.
const FARTHEST: f32 = 1.15;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Species {
    Head,
    GlancingHead,
    PrintMoved,
    PrintTurned,
    PrintTilted,
    PrintBent,
    TwoPrints,
    OwnTurnsThenPrint,
    ReplayOfItsOwn,
    ReplayAsAsked,
    MaskOverMouth,
    DarkGlasses,
    LookingDown,
    HalfCovered,
}

impl Species {
    const ALL: [(Self, &'static str); 14] = [
        (Self::Head, "bona fide: a made-up head turns as asked"),
        (Self::GlancingHead, "bona fide: it also nods and sways"),
        (Self::PrintMoved, "print, moved and tilted in its plane"),
        (Self::PrintTurned, "print, turned as asked around an upright axis"),
        (Self::PrintTilted, "print, turned as asked and tipped"),
        (Self::PrintBent, "print bent around a head, turned as asked"),
        (Self::TwoPrints, "a frontal and a turned print, exchanged"),
        (Self::OwnTurnsThenPrint, "own head turns, another's print comes after"),
        (Self::ReplayOfItsOwn, "replay of a turning head, its own order"),
        (Self::ReplayAsAsked, "replay of a turning head, in the order asked"),
        (Self::MaskOverMouth, "concealer: a mask over mouth and nose"),
        (Self::DarkGlasses, "concealer: dark glasses"),
        (Self::LookingDown, "concealer: looks down all the time"),
        (Self::HalfCovered, "concealer: half of the face covered"),
    ];
}

struct Face {
    photograph: RgbImage,
    eyes: Eyes,
    roll: f32,
}

struct Counter(u128);

impl Ids for Counter {
    fn next(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }
}

/// How a visit ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum End {
    Compared,
    Late,
    OtherWay,
    Flat,
    Jumped,
    Gone,
    Another,
    NeverBegun,
    NotOffered,
}

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(models), Some(portraits)) = (arguments.next(), arguments.next()) else {
        return Err("name the folder of the models and the one of the portraits".into());
    };
    let manifest = Manifest::parse(&std::fs::read_to_string(models.join("manifest.toml"))?)?;
    let detector = std::fs::read(models.join(&manifest.detector.file))?;
    let embedder = std::fs::read(models.join(&manifest.embedder.model.file))?;
    let pipeline = || -> Result<Pipeline, Failure> {
        let models = Models::new(manifest.clone());
        Ok(Pipeline::new(models.detector(&detector)?, models.embedder(&embedder)?))
    };
    let mut files = Vec::new();
    photographs(&portraits, &mut files)?;
    files.sort();
    let mut first = pipeline()?;
    let faces: Vec<Face> = files.iter().filter_map(|file| face(&mut first, file)).collect();
    println!(
        "{} portraits, of which {} show a face with its surroundings.\n",
        files.len(),
        faces.len()
    );

    println!("| presented | visits | compared | share, 95 % | how the others ended |\n|---|---|---|---|---|");
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let mut pipelines = (0..workers).map(|_| pipeline()).collect::<Result<Vec<_>, _>>()?;
    for (species, name) in Species::ALL {
        let next = Mutex::new(0..faces.len());
        let ends: Mutex<Vec<End>> = Mutex::default();
        std::thread::scope(|scope| -> Result<(), Failure> {
            let threads: Vec<_> = pipelines
                .iter_mut()
                .map(|pipeline| {
                    scope.spawn(|| -> Result<(), Failure> {
                        loop {
                            let Some(number) = next.lock().map_err(|_| "a thread failed")?.next() else {
                                return Ok(());
                            };
                            let other = &faces[(number + faces.len() / 2) % faces.len()];
                            let end = visit(pipeline, species, &faces[number], other, number)?;
                            ends.lock().map_err(|_| "a thread failed")?.push(end);
                        }
                    })
                })
                .collect();
            for thread in threads {
                thread.join().map_err(|_| "a thread failed")??;
            }
            Ok(())
        })?;
        row(name, &ends.into_inner()?);
    }
    if let Some(clips) = arguments.next() {
        println!();
        for file in std::fs::read_dir(clips)? {
            let path = file?.path();
            if path.extension().is_some_and(|e| e == "mjpeg") {
                views_of(&mut first, &path)?;
            }
        }
    }
    Ok(())
}

fn row(name: &str, ends: &[End]) {
    let compared = ends.iter().filter(|end| **end == End::Compared).count();
    let (low, high) = interval(compared, ends.len());
    let mut others = BTreeMap::new();
    for end in ends.iter().filter(|end| **end != End::Compared) {
        *others.entry(*end).or_insert(0) += 1;
    }
    let others: Vec<_> = others.iter().map(|(end, count)| format!("{end:?} {count}")).collect();
    println!(
        "| {name} | {} | {compared} | {:.0} to {:.0} % | {} |",
        ends.len(),
        100.0 * low,
        100.0 * high,
        others.join(", ")
    );
}

/// Wilson's, of 95 %.
fn interval(events: usize, trials: usize) -> (f64, f64) {
    let (n, z) = (trials.max(1) as f64, 1.96f64);
    let p = events as f64 / n;
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

fn photographs(folder: &Path, into: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            photographs(&path, into)?;
        } else if path.extension().is_some_and(|e| e == "jpg" || e == "png") {
            into.push(path);
        }
    }
    Ok(())
}

fn rgb(image: &RgbImage) -> Result<Rgb, Failure> {
    let size = Size {
        width: image.width(),
        height: image.height(),
    };
    let mut rgba = Vec::with_capacity(image.as_raw().len() / 3 * 4);
    for pixel in image.pixels() {
        rgba.extend([pixel[0], pixel[1], pixel[2], 255]);
    }
    let mut rgb = Rgb::black(size);
    Frame::new(&rgba, Layout::Rgba, size)?.to_rgb(&mut rgb);
    Ok(rgb)
}

/// The one face of a photograph that looks ahead.
fn face(pipeline: &mut Pipeline, file: &Path) -> Option<Face> {
    let photograph = image::open(file).ok()?.to_rgb8();
    let found = pipeline
        .networks()
        .ok()?
        .0
        .detect(&rgb(&photograph).ok()?, InputSide::CLOSE)
        .ok()?;
    let face = found.first()?;
    let pose = Pose::of(&face.landmarks);
    let eyes = face.landmarks.right_eye.midpoint(face.landmarks.left_eye);
    (pose.yaw.abs() < 0.12).then_some(Face {
        photograph,
        eyes: Eyes {
            x: eyes.x,
            y: eyes.y,
            apart: face.landmarks.inter_eye_distance(),
        },
        roll: pose.roll,
    })
}

/// Follows what it is asked, after a while.
struct Actor {
    asked: Ask,
    since: f64,
    yaw: f32,
    far: f32,
}

impl Actor {
    fn follow(&mut self, ask: Ask, now: f64) -> f32 {
        if ask != self.asked {
            (self.asked, self.since) = (ask, now);
        }
        if now - self.since >= REACTION {
            let goal = match self.asked {
                Ask::Ahead => 0.0,
                Ask::Turn(Turn::Left) => self.far,
                Ask::Turn(Turn::Right) => -self.far,
            };
            let most = PACE * (EVERY / 1000.0) as f32;
            self.yaw += (goal - self.yaw).clamp(-most, most);
        }
        self.yaw
    }
}

fn backdrop(number: u32) -> RgbImage {
    RgbImage::from_fn(SIZE.width, SIZE.height, |x, y| {
        let noise = (x.wrapping_mul(7919) ^ y.wrapping_mul(104_729) ^ number.wrapping_mul(1_299_709)) % 5;
        let grey = (110 + y / 20 + noise) as u8;
        Pixel([grey, grey, grey + 4])
    })
}

/// A photograph with something over the face.
fn covered(face: &Face, species: Species) -> RgbImage {
    let mut picture = face.photograph.clone();
    let Eyes { x: ex, y: ey, apart } = face.eyes;
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let (u, v) = ((x as f32 - ex) / apart, (y as f32 - ey) / apart);
        let shade = (8.0 * (3.0 * u).sin() + 6.0 * v) as i32;
        let put = |colour: [i32; 3]| Pixel(colour.map(|c| (c + shade).clamp(0, 255) as u8));
        match species {
            Species::MaskOverMouth if u.abs() < 1.0 - 0.15 * (v - 1.0).abs() && (0.42..1.9).contains(&v) => {
                *pixel = put([150, 185, 215]);
            }
            Species::DarkGlasses if (u.abs() - 0.5).hypot(v * 1.2) < 0.38 || (u.abs() < 0.95 && v.abs() < 0.06) => {
                *pixel = put([22, 22, 24]);
            }
            Species::HalfCovered if u > 0.05 && u < 1.3 && (-1.2..1.9).contains(&v) => *pixel = put([92, 76, 70]),
            _ => {}
        }
    }
    picture
}

fn visit(pipeline: &mut Pipeline, species: Species, face: &Face, other: &Face, number: usize) -> Result<End, Failure> {
    let challenge = Challenge::drawn((number % 4) as u8);
    pipeline.begin_visit(challenge);
    let mut ids = Counter(1);
    let far = match species {
        Species::PrintTurned | Species::PrintTilted | Species::PrintBent => FARTHEST,
        _ => FAR,
    };
    let mut actor = Actor {
        asked: Ask::Ahead,
        since: 0.0,
        yaw: 0.0,
        far,
    };
    let surface = match species {
        Species::PrintMoved | Species::PrintTurned | Species::PrintTilted | Species::TwoPrints => Surface::Flat,
        Species::PrintBent => Surface::Bent,
        _ => Surface::Head,
    };
    let photograph = covered(face, species);
    // What a replay shows was recorded for another order.
    let own = Challenge::drawn((number / 4 + 3 * number) as u8 % 4).turns();
    let turned = (species == Species::TwoPrints).then(|| turned_print(face));
    let mut last = Standing::Asking(Ask::Ahead);
    let longest = match species {
        Species::MaskOverMouth | Species::DarkGlasses | Species::HalfCovered => CONCEALED,
        _ => LONGEST,
    };
    for frame in 0..(longest / EVERY) as u32 {
        let now = f64::from(frame) * EVERY;
        let t = (now / 1000.0) as f32;
        let ask = match last {
            Standing::Asking(ask) => ask,
            Standing::Passed => Ask::Ahead,
        };
        let follows = !matches!(
            species,
            Species::PrintMoved | Species::ReplayOfItsOwn | Species::TwoPrints
        );
        let yaw = match species {
            Species::ReplayOfItsOwn => actor.follow(of_its_own(own, now), now),
            _ if follows => actor.follow(ask, now),
            _ => 0.0,
        };
        let sway = match species {
            Species::GlancingHead | Species::PrintMoved => 1.0,
            _ => 0.15,
        };
        let held = Held {
            yaw,
            pitch: match species {
                Species::LookingDown => 0.75,
                Species::PrintTilted => 0.55 * actor.yaw.abs(),
                Species::GlancingHead => 0.12 * (1.7 * t).sin(),
                _ => 0.0,
            },
            roll: sway * 0.12 * (1.3 * t).sin() - face.roll,
            x: 180.0 + sway * 20.0 * (0.9 * t).sin(),
            y: 200.0 + sway * 13.0 * (1.1 * t).cos(),
            apart: 44.0 + sway * 4.0 * (0.7 * t).sin(),
        };
        let mut picture = backdrop(frame);
        match (species, ask) {
            (Species::TwoPrints, Ask::Turn(turn)) => {
                if let Some([left, right]) = &turned {
                    let shown = if turn == Turn::Left { left } else { right };
                    let eyes = Eyes {
                        x: 180.0,
                        y: 200.0,
                        apart: 44.0,
                    };
                    draw(&mut picture, shown, eyes, Surface::Flat, &held);
                }
            }
            (Species::OwnTurnsThenPrint, _) if last == Standing::Passed => {
                let held = Held {
                    roll: -other.roll,
                    ..held
                };
                draw(&mut picture, &other.photograph, other.eyes, Surface::Flat, &held);
            }
            _ => draw(&mut picture, &photograph, face.eyes, surface, &held),
        }
        let mut bytes = Vec::with_capacity(picture.as_raw().len() / 3 * 4);
        for pixel in picture.pixels() {
            bytes.extend([pixel[0], pixel[1], pixel[2], 255]);
        }
        let step = pipeline.step(&Frame::new(&bytes, Layout::Rgba, SIZE)?, Millis(now), &mut ids)?;
        // Whose own head turned may be compared; what counts is whether the print is.
        let attacks = species != Species::OwnTurnsThenPrint || last == Standing::Passed;
        if !step.shots.is_empty() && attacks {
            return Ok(End::Compared);
        }
        match step.visit.map(|state| state.standing) {
            Some(Ok(standing)) => last = standing,
            Some(Err(fault)) => return Ok(ended(fault)),
            None => {}
        }
    }
    Ok(match last {
        Standing::Passed => End::NotOffered,
        Standing::Asking(_) => End::NeverBegun,
    })
}

const fn ended(fault: Fault) -> End {
    match fault {
        Fault::Late => End::Late,
        Fault::OtherWay => End::OtherWay,
        Fault::Flat => End::Flat,
        Fault::Jumped => End::Jumped,
        Fault::Gone => End::Gone,
        Fault::Another => End::Another,
    }
}

/// A recording's own rhythm, which is that of somebody who was asked.
fn of_its_own(order: [Turn; Challenge::TURNS], now: f64) -> Ask {
    match (now / 1000.0) as u32 {
        2..4 => Ask::Turn(order[0]),
        6..8 => Ask::Turn(order[1]),
        _ => Ask::Ahead,
    }
}

/// Prints of the head, turned to its left and to its right.
fn turned_print(face: &Face) -> [RgbImage; 2] {
    [FAR, -FAR].map(|yaw| {
        let mut picture = backdrop(0);
        let held = Held {
            yaw,
            pitch: 0.0,
            roll: -face.roll,
            x: 180.0,
            y: 200.0,
            apart: 44.0,
        };
        draw(&mut picture, &face.photograph, face.eyes, Surface::Head, &held);
        picture
    })
}

/// Of every face in a clip: in how many views it is so much narrower than it was ahead that it must show that it is no sheet, and
/// the least that it shows then.
fn views_of(pipeline: &mut Pipeline, path: &Path) -> Result<(), Failure> {
    let bytes = std::fs::read(path)?;
    let start = [0xFF, 0xD8, 0xFF];
    let starts = bytes.windows(3).enumerate().filter(|(_, three)| *three == start);
    let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    pipeline.reset();
    let mut ids = Counter(1);
    let mut seen: BTreeMap<String, Vec<Landmarks>> = BTreeMap::new();
    for (number, start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(bytes.len());
        let picture = image::load_from_memory(&bytes[*start..end])?.to_rgba8();
        let size = Size {
            width: picture.width(),
            height: picture.height(),
        };
        let frame = Frame::new(&picture, Layout::Rgba, size)?;
        let step = pipeline.step(&frame, Millis(number as f64 * EVERY), &mut ids)?;
        for face in step.faces {
            seen.entry(face.track.to_string())
                .or_default()
                .push(face.detection.landmarks);
        }
    }
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    for views in seen.values() {
        let ahead = views.iter().find(|view| Pose::of(view).yaw.abs() <= 0.12);
        let Some(ahead) = ahead else { continue };
        let narrow = views.iter().filter(|view| narrowing(ahead, view) >= NARROWED);
        let shown: Vec<f32> = narrow.map(|view| parallax(ahead, view)).collect();
        let least = shown.iter().copied().fold(f32::INFINITY, f32::min);
        println!(
            "{name}: a face in {} views, narrowed in {}; least parallax there {least:.3}, a head's is {SOLID} and more",
            views.len(),
            shown.len()
        );
    }
    Ok(())
}
