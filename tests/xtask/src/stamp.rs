//! Work is skipped while the hash of what goes into it is that of the last time.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

pub(crate) struct Stamp {
    file: PathBuf,
    hash: String,
}

impl Stamp {
    /// Hashes names and contents of `inputs`; folders count with all that is in them.
    pub(crate) fn of(file: PathBuf, inputs: &[PathBuf]) -> Result<Self> {
        let mut hasher = Sha256::new();
        for input in inputs {
            add(&mut hasher, input)?;
        }
        let hash = hasher.finalize().iter().map(|b| format!("{b:02x}")).collect();
        Ok(Self { file, hash })
    }

    pub(crate) fn is_current(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|text| text == self.hash)
    }

    pub(crate) fn write(&self) -> Result<()> {
        fs::write(&self.file, &self.hash).with_context(|| format!("{} can't be written", self.file.display()))
    }
}

fn add(hasher: &mut Sha256, path: &Path) -> Result<()> {
    hasher.update(path.as_os_str().as_encoded_bytes());
    if path.is_dir() {
        let mut children: Vec<PathBuf> = fs::read_dir(path)?
            .map(|e| e.map(|e| e.path()))
            .collect::<Result<_, _>>()?;
        children.sort();
        for child in &children {
            add(hasher, child)?;
        }
    } else if path.is_file() {
        hasher.update(fs::read(path).with_context(|| format!("{} can't be read", path.display()))?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_anywhere_in_a_folder_makes_a_stamp_stale() {
        let folder = tempfile::tempdir().unwrap();
        let inputs = [folder.path().join("in")];
        fs::create_dir_all(inputs[0].join("deep")).unwrap();
        fs::write(inputs[0].join("deep/file"), "one").unwrap();
        let stamp = || Stamp::of(folder.path().join("stamp"), &inputs).unwrap();
        assert!(!stamp().is_current());
        stamp().write().unwrap();
        assert!(stamp().is_current());
        fs::write(inputs[0].join("deep/file"), "two").unwrap();
        assert!(!stamp().is_current());
        stamp().write().unwrap();
        fs::rename(inputs[0].join("deep/file"), inputs[0].join("deep/other")).unwrap();
        assert!(!stamp().is_current());
    }
}
