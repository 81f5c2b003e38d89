//! Programs in Python that we are measured against, in an environment of their own under the target folder.

use std::path::PathBuf;

use anyhow::Result;

use crate::shell::Shell;

pub(crate) const FAISS: &str = "faiss-cpu==1.15.1";
pub(crate) const FASTAPI: &str = "fastapi==0.165.0";
pub(crate) const NUMPY: &str = "numpy==2.4.6";
pub(crate) const ONNXRUNTIME: &str = "onnxruntime==1.30.0";
pub(crate) const OPENCV: &str = "opencv-python-headless==4.14.0.94";
pub(crate) const UVICORN: &str = "uvicorn==0.54.0";

/// A Python that has these packages. Where it can't be had, that is said, and what is measured goes without the peer.
pub(crate) fn python(shell: &Shell, packages: &[&str]) -> Option<PathBuf> {
    match installed(shell, packages) {
        Ok(python) => Some(python),
        Err(error) => {
            println!(
                "Without a peer, because {} can't be had here: {error:#}\n",
                packages.join(", ")
            );
            None
        }
    }
}

fn installed(shell: &Shell, packages: &[&str]) -> Result<PathBuf> {
    let environment = shell.target("bench/python");
    let (folder, base) = if cfg!(windows) {
        ("Scripts", "python")
    } else {
        ("bin", "python3")
    };
    let python = environment
        .join(folder)
        .join("python")
        .with_extension(std::env::consts::EXE_EXTENSION);
    if !python.exists() {
        shell.quietly(base, "", &["-m", "venv", &environment.to_string_lossy()])?;
    }
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    shell.quietly(&python.to_string_lossy(), "", &[&install[..], packages].concat())?;
    Ok(python)
}
