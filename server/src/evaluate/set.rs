//! Labelled sets: a folder for each person, a list of files with groups, and pairs to compare.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use vedette_engine::photo;

/// Photographs of known people.
#[derive(Debug)]
pub(crate) struct LabelledSet {
    /// In order of name.
    pub(crate) people: Vec<String>,
    /// By person, then by name.
    pub(crate) images: Vec<Image>,
    /// Names of the groups' columns.
    pub(crate) columns: Vec<String>,
    /// Where only these are to be compared, as indices of `images`.
    pub(crate) pairs: Option<Vec<(usize, usize)>>,
    /// What else lies in the folder, and why it was passed over.
    pub(crate) passed_over: Vec<(String, &'static str)>,
}

#[derive(Debug)]
pub(crate) struct Image {
    pub(crate) path: PathBuf,
    /// As the set names it.
    pub(crate) name: String,
    /// Index of `people`.
    pub(crate) person: usize,
    /// One for each column; nothing where it is not known.
    pub(crate) groups: Vec<Option<String>>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum SetError {
    #[error(
        "{path} can't be read ({reason}). Name a folder with one folder of photographs for each person, or a CSV file with the columns file and person."
    )]
    Unreadable { path: PathBuf, reason: std::io::Error },
    #[error("{path} holds no photographs. Put those of each person into a folder of its own: {path}/NAME/1.jpg.")]
    Empty { path: PathBuf },
    #[error(
        "{path} has photographs beside its folders ({example}). Put each into its person's folder, or list them in a CSV file."
    )]
    Loose { path: PathBuf, example: String },
    #[error("{path} can't be read as CSV: {reason}.")]
    Csv { path: PathBuf, reason: csv::Error },
    #[error("{path} has no column {column}. Its first line must name the columns file and person; others are groups.")]
    NoColumn { path: PathBuf, column: &'static str },
    #[error("{path}, line {line}: the {column} is empty.")]
    EmptyField {
        path: PathBuf,
        line: u64,
        column: &'static str,
    },
    #[error("{path}, line {line}: {file} is listed twice. Delete one of the lines.")]
    Twice { path: PathBuf, line: u64, file: String },
    #[error(
        "{path} lists {count} files that do not exist, the first on line {line}: {file}. File names are taken from the CSV file's folder."
    )]
    Missing {
        path: PathBuf,
        count: usize,
        line: u64,
        file: String,
    },
    #[error("{path} has no group column {column}. It has: {known}.")]
    NoGroup {
        path: PathBuf,
        column: String,
        known: String,
    },
    #[error(
        "The column {column} has {values} different values, more than {}: it is no group. Choose the columns with --groups.",
        LabelledSet::MOST_VALUES
    )]
    NotAGroup { column: String, values: usize },
    #[error("The set has {0} group columns; at most {most} can be crossed. Choose them with --groups.", most = LabelledSet::MOST_COLUMNS)]
    TooManyColumns(usize),
    #[error("--groups needs a CSV file: a folder says who is in a photograph, and no more.")]
    GroupsOfFolder,
    #[error(
        "The set has photographs of one person only ({0}). Without a second person nothing can be said of strangers."
    )]
    OnePerson(String),
    #[error(
        "{path}, line {line}: {reason}. A line is NAME N M for two photographs of one person, or NAME N OTHER M; the set's files are NAME/NAME_000N.jpg."
    )]
    Pair { path: PathBuf, line: usize, reason: String },
    #[error("{0} lists no pairs.")]
    NoPairs(PathBuf),
}

impl LabelledSet {
    /// Each column doubles the crossed groups.
    pub(crate) const MOST_COLUMNS: usize = 3;
    const MOST_VALUES: usize = 50;

    /// A folder of folders, or a CSV file. `groups`: the columns that count; all of them where nothing is said.
    pub(crate) fn read(path: &Path, groups: Option<&[String]>) -> Result<Self, SetError> {
        let set = if path.is_dir() {
            if groups.is_some() {
                return Err(SetError::GroupsOfFolder);
            }
            Self::of_folder(path)?
        } else {
            Self::of_csv(path, groups)?
        };
        if let [only] = &set.people[..] {
            return Err(SetError::OnePerson(only.clone()));
        }
        Ok(set)
    }

    fn of_folder(path: &Path) -> Result<Self, SetError> {
        let mut files: BTreeMap<String, Vec<Labelled>> = BTreeMap::new();
        let mut passed_over = Vec::new();
        for (name, inside) in listing(path)? {
            if inside.is_dir() {
                let mut own = Vec::new();
                for (file, at) in listing(&inside)? {
                    let name = format!("{name}/{file}");
                    if is_photograph(&at) {
                        let groups = Vec::new();
                        own.push(Labelled { path: at, name, groups });
                    } else if at.is_dir() {
                        passed_over.push((name, "a folder within a person's folder"));
                    } else {
                        passed_over.push((name, "not a .jpg, .jpeg or .png file"));
                    }
                }
                if own.is_empty() {
                    passed_over.push((name, "a folder without photographs"));
                } else {
                    files.entry(name).or_default().append(&mut own);
                }
            } else if is_photograph(&inside) {
                return Err(SetError::Loose {
                    path: path.to_owned(),
                    example: name,
                });
            }
        }
        if files.is_empty() {
            return Err(SetError::Empty { path: path.to_owned() });
        }
        Ok(Self {
            passed_over,
            ..Self::of_people(files, Vec::new())
        })
    }

    fn of_csv(path: &Path, groups: Option<&[String]>) -> Result<Self, SetError> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let unusable = |reason| SetError::Csv {
            path: path.to_owned(),
            reason,
        };
        let text = std::fs::read(path).map_err(|reason| SetError::Unreadable {
            path: path.to_owned(),
            reason,
        })?;
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text));
        let header: Vec<String> = reader.headers().map_err(unusable)?.iter().map(str::to_owned).collect();
        let column = |wanted: &'static str| {
            header
                .iter()
                .position(|name| name.eq_ignore_ascii_case(wanted))
                .ok_or(SetError::NoColumn {
                    path: path.to_owned(),
                    column: wanted,
                })
        };
        let (file_at, person_at) = (column("file")?, column("person")?);
        let known: Vec<usize> = (0..header.len())
            .filter(|at| ![file_at, person_at].contains(at))
            .collect();
        let chosen = match groups {
            None => known,
            Some(names) => names
                .iter()
                .map(|name| {
                    known
                        .iter()
                        .copied()
                        .find(|at| header[*at] == *name)
                        .ok_or_else(|| SetError::NoGroup {
                            path: path.to_owned(),
                            column: name.clone(),
                            known: known
                                .iter()
                                .map(|at| header[*at].clone())
                                .collect::<Vec<_>>()
                                .join(", "),
                        })
                })
                .collect::<Result<_, _>>()?,
        };
        if chosen.len() > Self::MOST_COLUMNS {
            return Err(SetError::TooManyColumns(chosen.len()));
        }
        let mut files: BTreeMap<String, Vec<Labelled>> = BTreeMap::new();
        let mut seen = HashSet::new();
        let mut missing: Vec<(u64, String)> = Vec::new();
        for record in reader.records() {
            let record = record.map_err(unusable)?;
            let line = record.position().map_or(0, csv::Position::line);
            let field = |at: usize| record.get(at).unwrap_or_default().to_owned();
            let (file, person) = (field(file_at), field(person_at));
            for (text, column) in [(&file, "file"), (&person, "person")] {
                if text.is_empty() {
                    return Err(SetError::EmptyField {
                        path: path.to_owned(),
                        line,
                        column,
                    });
                }
            }
            if !seen.insert(file.clone()) {
                return Err(SetError::Twice {
                    path: path.to_owned(),
                    line,
                    file,
                });
            }
            let at = folder.join(&file);
            if !at.is_file() {
                missing.push((line, file));
                continue;
            }
            let groups = chosen
                .iter()
                .map(|at| Some(field(*at)).filter(|value| !value.is_empty()))
                .collect();
            files.entry(person).or_default().push(Labelled {
                path: at,
                name: file,
                groups,
            });
        }
        if let Some((line, file)) = missing.first() {
            return Err(SetError::Missing {
                path: path.to_owned(),
                count: missing.len(),
                line: *line,
                file: file.clone(),
            });
        }
        if files.is_empty() {
            return Err(SetError::Empty { path: path.to_owned() });
        }
        let columns: Vec<String> = chosen.iter().map(|at| header[*at].clone()).collect();
        for (at, column) in columns.iter().enumerate() {
            let values: BTreeSet<_> = files.values().flatten().filter_map(|f| f.groups[at].as_ref()).collect();
            if values.len() > Self::MOST_VALUES {
                return Err(SetError::NotAGroup {
                    column: column.clone(),
                    values: values.len(),
                });
            }
        }
        Ok(Self::of_people(files, columns))
    }

    fn of_people(files: BTreeMap<String, Vec<Labelled>>, columns: Vec<String>) -> Self {
        let mut set = Self {
            people: Vec::new(),
            images: Vec::new(),
            columns,
            pairs: None,
            passed_over: Vec::new(),
        };
        for (name, mut own) in files {
            own.sort_by(|a, b| a.name.cmp(&b.name));
            let person = set.people.len();
            set.people.push(name);
            set.images.extend(own.into_iter().map(|file| Image {
                path: file.path,
                name: file.name,
                person,
                groups: file.groups,
            }));
        }
        set
    }

    /// Compares only the pairs of a file in the form of LFW's pairs.txt.
    pub(crate) fn with_pairs(mut self, path: &Path) -> Result<Self, SetError> {
        let text = std::fs::read_to_string(path).map_err(|reason| SetError::Unreadable {
            path: path.to_owned(),
            reason,
        })?;
        let by_stem: HashMap<String, usize> = self
            .images
            .iter()
            .enumerate()
            .map(|(at, image)| (stem(&image.name), at))
            .collect();
        let (mut pairs, mut listed) = (Vec::new(), HashSet::new());
        for (number, line) in text.lines().enumerate() {
            let fault = |reason: String| SetError::Pair {
                path: path.to_owned(),
                line: number + 1,
                reason,
            };
            let fields: Vec<&str> = line.split_whitespace().collect();
            let (a, b) = match fields[..] {
                [name, a, b] => ((name, a), (name, b)),
                [name, a, other, b] => ((name, a), (other, b)),
                [] => continue,
                // The head says how many there are.
                [count] | [count, _] if pairs.is_empty() && count.parse::<u32>().is_ok() => continue,
                _ => return Err(fault(format!("it has {} fields", fields.len()))),
            };
            let find = |(name, n): (&str, &str)| {
                let n: u32 = n.parse().map_err(|_| fault(format!("{n} is not a number")))?;
                let stem = format!("{name}/{name}_{n:04}");
                by_stem
                    .get(&stem)
                    .copied()
                    .ok_or_else(|| fault(format!("the set has no {stem}")))
            };
            let (one, other) = (find(a)?, find(b)?);
            if one == other {
                return Err(fault("it compares a photograph with itself".to_owned()));
            }
            if !listed.insert((one.min(other), one.max(other))) {
                return Err(fault("this pair is listed twice".to_owned()));
            }
            pairs.push((one, other));
        }
        if pairs.is_empty() {
            return Err(SetError::NoPairs(path.to_owned()));
        }
        self.pairs = Some(pairs);
        Ok(self)
    }
}

struct Labelled {
    path: PathBuf,
    name: String,
    groups: Vec<Option<String>>,
}

fn stem(name: &str) -> String {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

fn is_photograph(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    path.is_file()
        && photo::EXTENSIONS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(extension))
}

/// Names and paths in a folder, in order of name; without hidden ones.
fn listing(path: &Path) -> Result<Vec<(String, PathBuf)>, SetError> {
    let unreadable = |reason| SetError::Unreadable {
        path: path.to_owned(),
        reason,
    };
    let mut found = Vec::new();
    for inside in std::fs::read_dir(path).map_err(unreadable)? {
        let inside = inside.map_err(unreadable)?;
        let name = inside.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            found.push((name, inside.path()));
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, b"").unwrap();
        }
        folder
    }

    fn refused(result: Result<LabelledSet, SetError>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn a_folder_is_a_person() {
        let at = folder(&[
            "Bea/2.PNG",
            "Bea/1.jpg",
            "Ann/x.jpeg",
            "Ann/notes.txt",
            "Ann/more/3.jpg",
            "Cas/x.heic",
            ".cache/1.jpg",
            "readme.md",
        ]);
        let set = LabelledSet::read(at.path(), None).unwrap();
        assert_eq!(set.people, ["Ann", "Bea"]);
        let names: Vec<_> = set.images.iter().map(|i| (i.name.as_str(), i.person)).collect();
        assert_eq!(names, [("Ann/x.jpeg", 0), ("Bea/1.jpg", 1), ("Bea/2.PNG", 1)]);
        let passed: Vec<_> = set.passed_over.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(passed, ["Ann/more", "Ann/notes.txt", "Cas/x.heic", "Cas"]);
    }

    #[test]
    fn what_is_no_set_is_refused_with_what_to_do() {
        assert!(refused(LabelledSet::read(Path::new("/nowhere"), None)).contains("Name a folder"));
        assert!(refused(LabelledSet::read(folder(&["notes.txt"]).path(), None)).contains("holds no photographs"));
        assert!(refused(LabelledSet::read(folder(&["Ann/1.jpg"]).path(), None)).contains("one person only (Ann)"));
        let loose = refused(LabelledSet::read(folder(&["1.jpg", "Ann/1.jpg"]).path(), None));
        assert!(loose.contains("1.jpg") && loose.contains("folder"), "{loose}");
        let groups = ["sex".to_owned()];
        assert!(refused(LabelledSet::read(folder(&["A/1.jpg"]).path(), Some(&groups))).contains("needs a CSV"));
    }

    fn csv(text: &str) -> (tempfile::TempDir, PathBuf) {
        let at = folder(&["a.jpg", "b.jpg", "c.jpg"]);
        let path = at.path().join("set.csv");
        std::fs::write(&path, text).unwrap();
        (at, path)
    }

    #[test]
    fn a_list_names_files_people_and_groups() {
        let (_at, path) = csv("\u{feff}person,file,sex,born\nBea, b.jpg ,F,\nAnn,a.jpg,F,1970\nBea,c.jpg,F,1980\n");
        let set = LabelledSet::read(&path, None).unwrap();
        assert_eq!(set.columns, ["sex", "born"]);
        assert_eq!(set.people, ["Ann", "Bea"]);
        assert_eq!(set.images[1].groups, [Some("F".to_owned()), None]);
        let chosen = LabelledSet::read(&path, Some(&["born".to_owned()])).unwrap();
        assert_eq!(chosen.columns, ["born"]);
    }

    #[test]
    fn a_faulty_list_is_refused_with_its_line() {
        for (text, words) in [
            ("file,sex\na.jpg,F\n", "no column person"),
            ("file,person\na.jpg,Ann\nb.jpg,\n", "line 3: the person is empty"),
            ("file,person\na.jpg,Ann\na.jpg,Bea\n", "line 3: a.jpg is listed twice"),
            (
                "file,person\na.jpg,Ann\nx.jpg,Bea\ny.jpg,Bea\n",
                "2 files that do not exist, the first on line 3: x.jpg",
            ),
            ("file,person\na.jpg,Ann,F\n", "CSV"),
            (
                "file,person,a,b,c,d\na.jpg,Ann,1,1,1,1\nb.jpg,Bea,1,1,1,1\n",
                "4 group columns",
            ),
            ("file,person\n", "holds no photographs"),
        ] {
            let (_at, path) = csv(text);
            let said = refused(LabelledSet::read(&path, None));
            assert!(said.contains(words), "{said}");
        }
        let (_at, path) = csv("file,person,sex\na.jpg,Ann,F\nb.jpg,Bea,F\n");
        let said = refused(LabelledSet::read(&path, Some(&["age".to_owned()])));
        assert!(said.contains("no group column age. It has: sex"), "{said}");
    }

    #[test]
    fn pairs_are_read_in_the_form_of_lfw() {
        let at = folder(&["Ann/Ann_0001.jpg", "Ann/Ann_0002.jpg", "Bea_B/Bea_B_0001.jpg"]);
        let list = at.path().join("pairs.txt");
        let read = |text: &str| {
            std::fs::write(&list, text).unwrap();
            LabelledSet::read(at.path(), None).unwrap().with_pairs(&list)
        };
        assert_eq!(
            read("10\t300\nAnn\t1\t2\nAnn\t2\tBea_B\t1\n").unwrap().pairs,
            Some(vec![(0, 1), (1, 2)])
        );
        assert!(refused(read("1\nAnn 1 3\n")).contains("line 2: the set has no Ann/Ann_0003"));
        assert!(refused(read("1\nAnn 1 x\n")).contains("x is not a number"));
        assert!(refused(read("1\n")).contains("lists no pairs"));
        assert!(refused(read("Ann 1 2\nAnn 1\n")).contains("it has 2 fields"));
    }
}
