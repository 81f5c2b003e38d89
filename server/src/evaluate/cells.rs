//! Populations: everyone, each group, and each crossing of groups.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::people::FEWEST_PEOPLE;
use super::set::LabelledSet;

/// Which populations each image, and each pair of images, belongs to.
#[derive(Debug)]
pub(crate) struct Cells {
    /// In words; the first is everyone.
    pub(crate) names: Vec<String>,
    /// For each image and each choice of columns (a bit each) the population, where the groups are known.
    of_image: Vec<Vec<Option<usize>>>,
    /// Crossings of groups with too few people to say anything of them.
    pub(crate) too_small: usize,
}

pub(crate) const EVERYONE: usize = 0;

impl Cells {
    pub(crate) fn of(set: &LabelledSet) -> Self {
        let choices = 1usize << set.columns.len();
        let mut names = vec!["everyone".to_owned()];
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut of_image = Vec::with_capacity(set.images.len());
        let name = |image: &super::set::Image, choice: usize| -> Option<String> {
            let parts: Option<Vec<String>> = (0..set.columns.len())
                .filter(|column| choice >> column & 1 == 1)
                .map(|column| Some(format!("{} {}", set.columns[column], image.groups[column].as_ref()?)))
                .collect();
            parts.map(|parts| parts.join(", "))
        };
        let mut all: BTreeMap<(u32, String), HashSet<usize>> = BTreeMap::new();
        for image in &set.images {
            for choice in 1..choices {
                let Some(name) = name(image, choice) else { continue };
                all.entry((choice.count_ones(), name)).or_default().insert(image.person);
            }
        }
        let mut too_small = 0;
        for ((columns, name), people) in all {
            // A group is named though nothing can be said of it; of crossings there may be thousands.
            if columns > 1 && people.len() < FEWEST_PEOPLE {
                too_small += 1;
                continue;
            }
            known.insert(name.clone(), names.len());
            names.push(name);
        }
        for image in &set.images {
            let cells = (0..choices).map(|choice| match choice {
                0 => Some(EVERYONE),
                _ => known.get(&name(image, choice)?).copied(),
            });
            of_image.push(cells.collect());
        }
        Self {
            names,
            of_image,
            too_small,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    pub(crate) fn of_image(&self, image: usize) -> impl Iterator<Item = usize> {
        self.of_image[image].iter().copied().flatten()
    }

    /// Populations that both images belong to.
    pub(crate) fn of_pair(&self, a: usize, b: usize) -> impl Iterator<Item = usize> {
        let both = self.of_image[a].iter().zip(&self.of_image[b]);
        both.filter_map(|(a, b)| if a == b { *a } else { None })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::evaluate::set::Image;

    pub(crate) fn set(people: usize, columns: &[&str], images: &[(usize, &[&str])]) -> LabelledSet {
        LabelledSet {
            people: (0..people).map(|p| format!("person {p}")).collect(),
            images: images
                .iter()
                .enumerate()
                .map(|(n, (person, groups))| Image {
                    path: format!("{n}.jpg").into(),
                    name: format!("{n}.jpg"),
                    person: *person,
                    groups: groups
                        .iter()
                        .map(|g| Some((*g).to_owned()).filter(|g| !g.is_empty()))
                        .collect(),
                })
                .collect(),
            columns: columns.iter().map(|c| (*c).to_owned()).collect(),
            pairs: None,
            passed_over: Vec::new(),
        }
    }

    #[test]
    fn groups_are_crossed_and_what_is_unknown_belongs_nowhere() {
        let mut images: Vec<(usize, &[&str])> = vec![(0, &["F", "old"]), (1, &["F", "young"]), (2, &["M", ""])];
        images.extend((3..3 + FEWEST_PEOPLE).map(|person| (person, &["F", "old"] as &[&str])));
        let set = set(3 + FEWEST_PEOPLE, &["sex", "age"], &images);
        let cells = Cells::of(&set);
        assert_eq!(
            cells.names,
            ["everyone", "age old", "age young", "sex F", "sex M", "sex F, age old"]
        );
        // One person is no crossed group.
        assert_eq!(cells.too_small, 1);
        assert_eq!(cells.of_image(1).collect::<Vec<_>>(), [0, 3, 2]);
        assert_eq!(cells.of_image(0).collect::<Vec<_>>(), [0, 3, 1, 5]);
        assert_eq!(cells.of_image(2).collect::<Vec<_>>(), [0, 4]);
        assert_eq!(cells.of_pair(0, 1).collect::<Vec<_>>(), [0, 3]);
        assert_eq!(cells.of_pair(0, 2).collect::<Vec<_>>(), [0]);
    }
}
