//! Puts people onto a deployment's watchlist from a folder, or from a list and its photographs.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder as _};
use vedette_core::id::EntryId;
use vedette_core::image::Rgb;
use vedette_core::quality::Reason;
use vedette_core::transform::Transform;
use vedette_engine::{Detector, Embedder, Enrolment, Refusal, enrol, photo};
use vedette_store::particulars::Particulars;
use vedette_store::row::{Actor, DeploymentRow, DeploymentState, Jpeg};
use vedette_store::{Store, StoreError};
use zip::ZipArchive;

use super::settings::Settings;
use super::{Failure, SettingArgs, open_store};
use crate::clock::{Clock as _, SystemClock, SystemEntropy, new_id};
use crate::cores;
use crate::domain::calendar::day;
use crate::domain::deployment::Deployment;
use crate::domain::duty::{Duty, may};
use crate::domain::roster;
use crate::domain::text::Name;
use crate::engine::Weights;
use crate::enrolment::{Change, Ground, MOST_PHOTOS, Neighbours, Newcomer, Portrait};
use crate::models::Models;

#[derive(Debug, Args)]
pub(super) struct EnrolArgs {
    /// The deployment that is being prepared, by name or id
    #[arg(long, value_name = "NAME")]
    deployment: String,
    /// Folder with a photograph, or a folder of photographs, named for each person; or a CSV file with the columns name
    /// and file, and optionally person: rows with the same value there are of one person. For an operation a CSV file with
    /// the columns name, nominal_id, category, lawful_basis, legal_status, source_system, reason, reviewer, image_source,
    /// image_taken_on and photos (several with ; between), born_on or a yes or no in possible_minor, and optionally response,
    /// vulnerability and sensitive_source
    source: PathBuf,
    /// Zip archive that holds the CSV file's photographs
    #[arg(long, value_name = "FILE")]
    photos: Option<PathBuf>,
    /// The list manager who answers for an operation's list, by name: the journal says that they enrolled these people. No
    /// password is asked for, since whoever runs this holds the server's disk
    #[arg(long = "as", value_name = "NAME")]
    keeper: Option<String>,
    /// Writes what became of each photograph
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Enrols the others where some photographs can't be used
    #[arg(long)]
    skip_faulty: bool,
    /// Enrols people also where somebody of the same name and face is on the list already
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    settings: SettingArgs,
}

impl EnrolArgs {
    pub(super) fn settings(&self) -> &SettingArgs {
        &self.settings
    }
}

/// One photograph of the source.
struct Row {
    /// Of the CSV file.
    line: Option<u64>,
    /// What tells people apart.
    person: String,
    name: String,
    /// As the source names it.
    file: String,
    at: Place,
    /// Of somebody for an operation's list.
    wanted: Option<Wanted>,
}

/// What a row of an operation's list says beside name and photograph.
#[derive(Clone)]
enum Wanted {
    Fit {
        particulars: Box<Particulars>,
        /// What to look at again.
        warnings: String,
    },
    /// Why the row can't be used.
    Faulty(String),
    /// The person is on the list.
    Listed,
}

enum Place {
    File(PathBuf),
    /// The archive's name for it.
    Archive(String),
}

/// A photograph that is a reference, or why it is none.
type Made = Result<Portrait, String>;

pub(super) async fn run(args: EnrolArgs, settings: Settings) -> Result<(), Failure> {
    let store = open_store(&settings).await?;
    let deployment = find(&store, &args.deployment).await?;
    let ground = ground(&store, &deployment).await?;
    let by = keeper(&store, &deployment, args.keeper.as_deref()).await?;
    let rows = match &ground {
        None => rows(&args)?,
        Some((ground, listed)) => wanted(&args, ground, listed)?,
    };
    // A report that can't be written is told of before anybody is enrolled.
    let mut file = args.report.as_deref().map(create).transpose()?;
    let models = Models::load(&settings.models).map_err(said)?;
    if models.space != deployment.space.untransformed() {
        return Err(Failure::Said(format!(
            "{} was made for another model than the one in {}.",
            deployment.name,
            settings.models.display()
        )));
    }
    let weights = Weights::read(&settings.models).map_err(said)?;
    let transform = transform(&store, &deployment).await?;
    let floor = ground.as_ref().map(|(ground, _)| ground.policy.quality_floor);
    let made = encode(&rows, &weights, transform, args.photos.as_deref())?;
    let people = people(&rows, good_enough(made, floor));
    let faulty = people
        .iter()
        .filter(|person| !person.is_listed())
        .flat_map(|p| &p.photos)
        .filter(|(_, made)| made.is_err())
        .count();
    let refused = faulty > 0 && !args.skip_faulty;
    let enrolled = match refused {
        true => HashMap::new(),
        false => write(&store, &deployment, by, &people, &models, args.again).await?,
    };
    store.close().await;
    let report = Report::of(&rows, &people, &enrolled);
    if let Some(file) = &mut file {
        report.save(file).map_err(|e| {
            Failure::Said(format!(
                "{} people were enrolled; the report of it can't be written ({e}).",
                enrolled.len()
            ))
        })?;
    }
    report.print_faults();
    if refused {
        return Err(Failure::Said(format!(
            "{faulty} of {} photographs can't be used, so nobody was enrolled. Replace them, or enrol the others with --skip-faulty.",
            rows.len()
        )));
    }
    let mut used = 0;
    for (person, done) in people.iter().filter_map(|p| Some((p, enrolled.get(&p.key)?))) {
        used += person.good().count();
        if !done.resembles.is_empty() {
            println!(
                "{} looks like {}: the same person twice, or a relative?",
                person.name,
                done.resembles.join(", ")
            );
        }
        if done.unlike_own {
            println!("The photographs of {} do not look like one person.", person.name);
        }
    }
    let before = people.iter().filter(|person| person.is_listed()).count();
    if before > 0 {
        println!("On the list already, and left as they are: {before}.");
    }
    if enrolled.is_empty() && before == 0 {
        return Err(Failure::Said("Nobody was enrolled.".into()));
    }
    println!(
        "Enrolled for {}: people {}, photographs {used}.",
        deployment.name,
        enrolled.len()
    );
    let waiting = enrolled.values().filter(|done| done.waits).count();
    if waiting > 0 {
        println!("{waiting} of them are not matched until somebody has decided about them, on the deployment's page.");
    }
    Ok(())
}

/// Who enrols, as the journal has it. An operation's list is somebody's work, as it is on its page.
async fn keeper(store: &dyn Store, deployment: &DeploymentRow, name: Option<&str>) -> Result<Actor, Failure> {
    let Some(name) = name else {
        return match deployment.record {
            None => Ok(Actor::CommandLine),
            Some(_) => Err(Failure::Said(
                "Somebody answers for an operation's list. Name the list manager with --as NAME.".into(),
            )),
        };
    };
    let mut tx = store.read().await.map_err(said)?;
    let found = tx.user_by_name(name.trim()).await.map_err(said)?;
    let with = Deployment::from(deployment.clone()).with();
    let today = day(SystemClock.now());
    match found {
        Some((user, _)) if may(&user.roles, Duty::KeepWatchlist, with, today) => Ok(Actor::User(user.id)),
        Some(_) => Err(Failure::Said(format!(
            "{name} may not keep this list. Name a list manager whose training holds, or have it recorded under People."
        ))),
        None => Err(Failure::Said(format!("Nobody is called {name}. Name a list manager."))),
    }
}

/// What entries of an operation are judged by, and who is on its list; nothing for an exercise.
async fn ground(
    store: &dyn Store,
    deployment: &DeploymentRow,
) -> Result<Option<(Ground, HashMap<String, EntryId>)>, Failure> {
    let mut tx = store.read().await.map_err(said)?;
    let ground = Ground::of(&mut *tx, deployment, SystemClock.now())
        .await
        .map_err(said)?;
    let listed = tx.listed(deployment.id).await.map_err(said)?;
    Ok(ground.map(|ground| (ground, listed)))
}

/// The rows of an operation's list, one for each photograph.
fn wanted(args: &EnrolArgs, ground: &Ground, listed: &HashMap<String, EntryId>) -> Result<Vec<Row>, Failure> {
    let unusable = |reason: String| Failure::Said(format!("{} can't be used: {reason}", args.source.display()));
    if args.source.is_dir() {
        return Err(unusable(
            "an operation's list is a CSV file, which says of each person why they are on it.".into(),
        ));
    }
    let text = std::fs::read_to_string(&args.source).map_err(|e| unusable(format!("{e}.")))?;
    let archive = args.photos.as_deref().map(open).transpose()?;
    let names: Vec<String> = archive
        .iter()
        .flat_map(|archive| {
            archive
                .file_names()
                .filter_map(Result::ok)
                .map(|name| name.into_owned())
        })
        .collect();
    let files: Option<HashSet<&str>> = archive.is_some().then(|| names.iter().map(String::as_str).collect());
    let people = roster::read(&text, files.as_ref(), ground.rules()).map_err(|e| unusable(e.to_string()))?;
    let folder = args.source.parent().unwrap_or(Path::new(""));
    let mut rows = Vec::new();
    for person in people {
        let faults: Vec<String> = person.faults.iter().map(ToString::to_string).collect();
        let warnings: Vec<String> = person.warnings.into_iter().map(|warning| warning.message).collect();
        let wanted = match person.particulars {
            None => Wanted::Faulty(faults.join(" ")),
            Some(known) if listed.contains_key(&known.nominal_id) => Wanted::Listed,
            Some(particulars) => Wanted::Fit {
                particulars: Box::new(particulars),
                warnings: warnings.join(" "),
            },
        };
        let row = |file: String| Row {
            line: Some(person.line),
            person: format!("line {}", person.line),
            name: person.name.clone(),
            at: match archive {
                Some(_) => Place::Archive(file.clone()),
                None => Place::File(folder.join(&file)),
            },
            file,
            wanted: Some(wanted.clone()),
        };
        match person.photos.is_empty() {
            true => rows.push(row(String::new())),
            false => rows.extend(person.photos.into_iter().map(row)),
        }
    }
    Ok(rows)
}

/// Images below the policy's floor need a reason and somebody who answers for it, so they are used on the page only.
fn good_enough(made: Vec<Made>, floor: Option<f32>) -> Vec<Made> {
    let floor = floor.unwrap_or_default();
    let judged = made.into_iter().map(|made| match made {
        Ok(portrait) if portrait.quality < floor => Err(format!(
            "its quality is {:.2}, below the policy's {floor:.2}; use a better one, or enrol the person on the page with a reason",
            portrait.quality
        )),
        made => made,
    });
    judged.collect()
}

/// A deployment that is being prepared: a live one's watchlist stands in the server's memory.
async fn find(store: &dyn Store, wanted: &str) -> Result<DeploymentRow, Failure> {
    let mut tx = store.read().await.map_err(said)?;
    let all = tx.deployment_summaries().await.map_err(said)?;
    let named: Vec<DeploymentRow> = all
        .into_iter()
        .map(|summary| summary.deployment)
        .filter(|row| row.name == wanted || row.id.to_string() == wanted)
        .collect();
    let mut drafts = named.iter().filter(|row| row.state == DeploymentState::Draft);
    match (drafts.next(), drafts.next(), named.first()) {
        (Some(one), None, _) => Ok(one.clone()),
        (Some(_), Some(_), _) => Err(Failure::Said(format!(
            "Several deployments in preparation are called {wanted}. Name the one you mean by its id, which stands in its page's address."
        ))),
        (None, _, Some(_)) => Err(Failure::Said(format!(
            "{wanted} is live or has ended. Add people to a live deployment on its page."
        ))),
        (None, _, None) => Err(Failure::Said(format!(
            "There is no deployment called {wanted}. Make it on the control page, then run this again."
        ))),
    }
}

/// What the deployment's templates go through; nothing for one that is older than transforms.
async fn transform(store: &dyn Store, deployment: &DeploymentRow) -> Result<Option<Arc<Transform>>, Failure> {
    let mut tx = store.read().await.map_err(said)?;
    let seed = tx.transform_seed(deployment).await.map_err(said)?;
    Ok(seed.map(|seed| Arc::new(Transform::new(&seed, deployment.space.dimensions))))
}

fn rows(args: &EnrolArgs) -> Result<Vec<Row>, Failure> {
    let rows = if args.source.is_dir() {
        if args.photos.is_some() {
            return Err(Failure::Said(
                "--photos goes with a CSV file, not with a folder.".into(),
            ));
        }
        of_folder(&args.source)
    } else {
        of_csv(&args.source, args.photos.is_some())
    };
    let rows = rows.map_err(|reason| Failure::Said(format!("{} can't be used: {reason}.", args.source.display())))?;
    if rows.is_empty() {
        return Err(Failure::Said(format!(
            "{} holds no photographs. They must be .jpg, .jpeg or .png files, or lines of a CSV file.",
            args.source.display()
        )));
    }
    Ok(rows)
}

fn of_folder(folder: &Path) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    let row = |name: String, file: String, at: PathBuf| Row {
        line: None,
        person: name.clone(),
        name,
        file,
        at: Place::File(at),
        wanted: None,
    };
    for (name, at) in listing(folder)? {
        if at.is_dir() {
            for (file, inside) in listing(&at)?.into_iter().filter(|(_, at)| is_photograph(at)) {
                rows.push(row(name.clone(), format!("{name}/{file}"), inside));
            }
        } else if is_photograph(&at) {
            let stem = at.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            rows.push(row(stem, name, at));
        }
    }
    Ok(rows)
}

/// Names and paths, in order of name; hidden ones are passed over.
fn listing(folder: &Path) -> Result<BTreeMap<String, PathBuf>, String> {
    let mut found = BTreeMap::new();
    for inside in std::fs::read_dir(folder).map_err(|e| e.to_string())? {
        let inside = inside.map_err(|e| e.to_string())?;
        let name = inside.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            found.insert(name, inside.path());
        }
    }
    Ok(found)
}

fn is_photograph(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    photo::EXTENSIONS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(extension))
}

fn of_csv(path: &Path, archived: bool) -> Result<Vec<Row>, String> {
    let text = std::fs::read(path).map_err(|e| e.to_string())?;
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text);
    let header = reader.headers().map_err(|e| e.to_string())?.clone();
    let column = |wanted: &str| header.iter().position(|name| name.eq_ignore_ascii_case(wanted));
    let (Some(name_at), Some(file_at)) = (column("name"), column("file")) else {
        return Err("its first line must name the columns name and file".into());
    };
    let person_at = column("person");
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        let field = |at: usize| record.get(at).unwrap_or_default().to_owned();
        let file = field(file_at);
        let person = person_at.map(field).filter(|key| !key.is_empty());
        rows.push(Row {
            line: Some(line),
            person: person.unwrap_or_else(|| format!("line {line}")),
            name: field(name_at),
            at: match archived {
                true => Place::Archive(file.clone()),
                false => Place::File(folder.join(&file)),
            },
            file,
            wanted: None,
        });
    }
    Ok(rows)
}

/// Bytes of a photograph; a larger file is no photograph of a face.
const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// What each core works with.
struct Desk {
    detector: Detector,
    embedder: Embedder,
    archive: Option<ZipArchive<File>>,
}

fn encode(
    rows: &[Row],
    weights: &Weights,
    transform: Option<Arc<Transform>>,
    archive: Option<&Path>,
) -> Result<Vec<Made>, Failure> {
    let start = || -> Result<Desk, Failure> {
        let (detector, mut embedder) = weights.engine().map_err(said)?;
        embedder.set_transform(transform.clone());
        Ok(Desk {
            detector,
            embedder,
            archive: archive.map(open).transpose()?,
        })
    };
    let work = |desk: &mut Desk, row: &Row| -> Result<Made, Failure> {
        match &row.wanted {
            Some(Wanted::Faulty(reason)) => return Ok(Err(reason.clone())),
            Some(Wanted::Listed) => return Ok(Err(LISTED.to_owned())),
            Some(Wanted::Fit { .. }) | None => {}
        }
        let photo = read(&row.at, &mut desk.archive)
            .and_then(|bytes| photo::read(&bytes, photo::MOST_PIXELS).map_err(|e| e.to_string()));
        let photo = match photo {
            Ok(photo) => photo,
            Err(reason) => return Ok(Err(reason)),
        };
        let outcome = enrol(&photo, &mut desk.detector, &desk.embedder).map_err(said)?;
        Ok(outcome.map_err(words).and_then(portrait))
    };
    cores::on_all(rows, "Photographs", start, work)
}

fn create(path: &Path) -> Result<File, Failure> {
    File::create(path).map_err(|e| {
        Failure::Said(format!(
            "{} can't be written ({e}), so nobody was enrolled. Choose another file for the report.",
            path.display()
        ))
    })
}

fn open(path: &Path) -> Result<ZipArchive<File>, Failure> {
    let file = File::open(path).map_err(|e| Failure::Said(format!("{} can't be read ({e}).", path.display())))?;
    ZipArchive::new(file).map_err(|e| {
        Failure::Said(format!(
            "{} isn't a zip archive, or it is damaged ({e}).",
            path.display()
        ))
    })
}

fn read(place: &Place, archive: &mut Option<ZipArchive<File>>) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let taken = match (place, archive) {
        (Place::Archive(name), Some(archive)) => {
            let file = archive
                .by_name(name)
                .map_err(|_| "the archive has no such file".to_owned())?;
            file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)
        }
        (Place::Archive(name), None) => return Err(format!("there is no archive to hold {name}")),
        (Place::File(path), _) => {
            let file = File::open(path).map_err(|e| format!("the file can't be read ({e})"))?;
            file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)
        }
    };
    taken.map_err(|e| format!("the file can't be read ({e})"))?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(format!("the file is larger than {} MiB", LARGEST_FILE >> 20));
    }
    Ok(bytes)
}

fn portrait(enrolment: Enrolment) -> Made {
    Ok(Portrait {
        photo: jpeg(&enrolment.picture).map_err(|e| e.to_string())?,
        template: enrolment.template,
        quality: enrolment.quality.get(),
    })
}

/// Like the browser's.
const JPEG_QUALITY: u8 = 90;

fn jpeg(picture: &Rgb) -> image::ImageResult<Jpeg> {
    let mut bytes = Vec::new();
    let size = picture.size();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
    encoder.write_image(picture.pixels(), size.width, size.height, ExtendedColorType::Rgb8)?;
    Ok(Jpeg(bytes))
}

fn words(refusal: Refusal) -> String {
    let reason = match refusal {
        Refusal::NoFace => "no face was found",
        Refusal::SeveralFaces(n) => return format!("{n} faces were found; it must show one person alone"),
        Refusal::Quality(Reason::Uncertain) => "it is not certain that this is a face",
        Refusal::Quality(Reason::TooSmall) => "the face is too small",
        Refusal::Quality(Reason::CutOff) => "part of the face lies outside the picture",
        Refusal::Quality(Reason::Turned) => "the head is turned or tilted too far",
        Refusal::Quality(Reason::TooDark) => "the face is too dark",
        Refusal::Quality(Reason::TooBright) => "the face is too bright",
        Refusal::Quality(Reason::Blurred) => "the face is blurred",
    };
    reason.to_owned()
}

/// What is said of photographs of people who are on the list.
const LISTED: &str = "the person is on the list already";

/// One entry to be.
struct Person {
    key: String,
    name: String,
    wanted: Option<Wanted>,
    /// With their rows.
    photos: Vec<(usize, Made)>,
}

impl Person {
    fn is_listed(&self) -> bool {
        matches!(self.wanted, Some(Wanted::Listed))
    }

    fn particulars(&self) -> Option<&Particulars> {
        match &self.wanted {
            Some(Wanted::Fit { particulars, .. }) => Some(particulars),
            _ => None,
        }
    }

    fn warnings(&self) -> &str {
        match &self.wanted {
            Some(Wanted::Fit { warnings, .. }) => warnings,
            _ => "",
        }
    }

    fn good(&self) -> impl Iterator<Item = &Portrait> {
        self.photos.iter().filter_map(|(_, made)| made.as_ref().ok())
    }
}

/// In the order in which they first appear.
fn people(rows: &[Row], made: Vec<Made>) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (at, (row, made)) in rows.iter().zip(made).enumerate() {
        let number = *known.entry(&row.person).or_insert(people.len());
        if number == people.len() {
            people.push(Person {
                key: row.person.clone(),
                name: row.name.clone(),
                wanted: row.wanted.clone(),
                photos: Vec::new(),
            });
        }
        let person = &mut people[number];
        let made = made.and_then(|portrait| match Name::new(&row.name) {
            Err(error) => Err(format!("the name can't be used: {error}")),
            Ok(_) if row.name != person.name => Err(format!("this person is called {} before", person.name)),
            Ok(_) if person.good().count() >= MOST_PHOTOS => {
                Err(format!("there are {MOST_PHOTOS} photographs already"))
            }
            Ok(_) => Ok(portrait),
        });
        person.photos.push((at, made));
    }
    people
}

/// What became of a person.
struct Done {
    resembles: Vec<String>,
    unlike_own: bool,
    /// Not matched until somebody has decided.
    waits: bool,
}

/// All of them in one transaction: an interruption leaves nobody half enrolled. Whom they resemble is found before, so that
/// other work on the database does not wait for it.
async fn write(
    store: &dyn Store,
    deployment: &DeploymentRow,
    by: Actor,
    people: &[Person],
    models: &Models,
    again: bool,
) -> Result<HashMap<String, Done>, Failure> {
    let people: Vec<&Person> = people.iter().filter(|person| person.good().next().is_some()).collect();
    let (before, listed) = {
        let mut tx = store.read().await.map_err(unchanged)?;
        let references = tx.references(deployment).await.map_err(unchanged)?;
        (references, tx.entries(deployment.id).await.map_err(unchanged)?)
    };
    let mut neighbours = Neighbours::of(deployment, &before, models.calibration.clone()).map_err(said)?;
    let mut names: HashMap<EntryId, &str> = listed.iter().map(|row| (row.id, row.name.as_str())).collect();
    let listed_before: HashSet<EntryId> = names.keys().copied().collect();
    let now = SystemClock.now();
    let mut own: Vec<EntryId> = Vec::new();
    for _ in &people {
        own.push(EntryId::new(new_id(now, &SystemEntropy).map_err(said)?));
    }
    // Rising, so that people stay in the order of their list.
    own.sort_unstable();
    let newcomers: Vec<_> = people
        .iter()
        .zip(&own)
        .map(|(person, id)| (*id, person.good().map(|portrait| &portrait.template).collect()))
        .collect();
    let likenesses = neighbours.welcome(&newcomers).map_err(said)?;
    names.extend(people.iter().zip(&own).map(|(person, id)| (*id, person.name.as_str())));
    let mut done = HashMap::new();
    let mut known: Vec<&str> = Vec::new();
    for (person, likeness) in people.iter().zip(&likenesses) {
        let named = |entry: &EntryId| names.get(entry).copied().unwrap_or_default();
        let is_known = |entry: &EntryId| listed_before.contains(entry) && named(entry) == person.name;
        if likeness.earlier.iter().any(is_known) {
            known.push(&person.name);
        }
        let mut resembles: Vec<String> = Vec::new();
        for name in likeness.earlier.iter().chain(&likeness.later).map(named) {
            if !resembles.iter().any(|known| known == name) {
                resembles.push(name.to_owned());
            }
        }
        done.insert(
            person.key.clone(),
            Done {
                resembles,
                unlike_own: likeness.unlike_own,
                waits: false,
            },
        );
    }
    // On an operation's list somebody decides about each of them.
    let again = again || deployment.record.is_some();
    if let (Some(one), false) = (known.first(), again) {
        return Err(Failure::Said(format!(
            "{} of these people are on the list already, by name and by face, {one} for one. Nobody was enrolled. Take them out of \
             the source, or enrol them a second time with --again.",
            known.len()
        )));
    }
    let change = Change {
        deployment: deployment.id,
        by,
        at: now,
        entropy: &SystemEntropy,
    };
    let mut tx = store.write().await.map_err(unchanged)?;
    for ((person, id), likeness) in people.iter().zip(own).zip(likenesses) {
        let name = Name::new(&person.name).map_err(said)?;
        let newcomer = Newcomer {
            id,
            name: name.as_str(),
            particulars: person.particulars().cloned(),
            portraits: person.good().collect(),
            override_reason: None,
            addition_reason: None,
            resembles: likeness.earlier,
        };
        let entry = change.add_person(&mut *tx, newcomer).await.map_err(said)?;
        if let Some(done) = done.get_mut(&person.key) {
            done.waits = entry.waits();
        }
    }
    tx.commit().await.map_err(unchanged)?;
    Ok(done)
}

fn unchanged(error: StoreError) -> Failure {
    Failure::Said(format!(
        "The database could not be changed, so nobody was enrolled: {error}. Try again."
    ))
}

/// What became of each photograph.
struct Report(Vec<Line>);

struct Line {
    number: Option<u64>,
    name: String,
    file: String,
    outcome: Outcome,
    reason: String,
    resembles: String,
    /// Not matched until somebody has decided.
    waits: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Enrolled,
    Faulty,
    /// Left as it is.
    Listed,
    /// Not enrolled because of another photograph's fault.
    Good,
}

impl Report {
    fn of(rows: &[Row], people: &[Person], enrolled: &HashMap<String, Done>) -> Self {
        let mut lines: Vec<(usize, Line)> = Vec::new();
        for person in people {
            let done = enrolled.get(&person.key);
            for (at, made) in &person.photos {
                let row = &rows[*at];
                let (outcome, reason) = match (made, done) {
                    (Err(reason), _) if person.is_listed() => (Outcome::Listed, reason.as_str()),
                    (Err(reason), _) => (Outcome::Faulty, reason.as_str()),
                    (Ok(_), None) => (Outcome::Good, ""),
                    (Ok(_), Some(done)) if done.unlike_own => (
                        Outcome::Enrolled,
                        "the person's photographs do not look like one person",
                    ),
                    (Ok(_), Some(_)) => (Outcome::Enrolled, person.warnings()),
                };
                let line = Line {
                    number: row.line,
                    name: row.name.clone(),
                    file: row.file.clone(),
                    outcome,
                    reason: reason.to_owned(),
                    resembles: done.map(|done| done.resembles.join("; ")).unwrap_or_default(),
                    waits: done.is_some_and(|done| done.waits),
                };
                lines.push((*at, line));
            }
        }
        lines.sort_by_key(|(at, _)| *at);
        Self(lines.into_iter().map(|(_, line)| line).collect())
    }

    fn save(&self, file: &mut File) -> Result<(), csv::Error> {
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(["line", "name", "file", "outcome", "reason", "resembles", "waits"])?;
        for line in &self.0 {
            let number = line.number.map(|n| n.to_string()).unwrap_or_default();
            let outcome = match line.outcome {
                Outcome::Enrolled => "enrolled",
                Outcome::Faulty => "faulty",
                Outcome::Good => "good",
                Outcome::Listed => "listed",
            };
            let waits = if line.waits { "yes" } else { "" };
            writer.write_record([
                &number,
                &line.name,
                &line.file,
                outcome,
                &line.reason,
                &line.resembles,
                waits,
            ])?;
        }
        Ok(writer.flush()?)
    }

    fn print_faults(&self) {
        const MOST: usize = 20;
        let faulty: Vec<&Line> = self.0.iter().filter(|line| line.outcome == Outcome::Faulty).collect();
        for line in faulty.iter().take(MOST) {
            let place = line.number.map(|n| format!("line {n}, ")).unwrap_or_default();
            eprintln!("{place}{}: {}", line.file, line.reason);
        }
        if faulty.len() > MOST {
            eprintln!("and {} more; --report FILE lists them all", faulty.len() - MOST);
        }
    }
}

fn said(error: impl std::fmt::Display) -> Failure {
    let text = error.to_string();
    Failure::Said(if text.ends_with('.') { text } else { format!("{text}.") })
}
