//! A folder in which a server keeps its database.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use crate::furnish::furnish_file;

/// A folder with a database that outlives the servers that run on it.
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// A new one.
    ///
    /// # Panics
    ///
    /// If the machine has no room for it.
    #[must_use]
    pub fn new() -> Arc<Self> {
        let folder =
            TempDir::with_prefix("human-please-").expect("the machine has room for a folder");
        Arc::new(Self { folder })
    }

    /// A new one, with the sites and agents of most stories and no assistant.
    ///
    /// # Panics
    ///
    /// If the machine has no room for it.
    pub async fn furnished() -> Arc<Self> {
        let place = Self::new();
        furnish_file(&place.database()).await;
        place
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The database file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.folder().join("desk.db")
    }

    /// Every file in it with its bytes, whatever they mean.
    ///
    /// # Panics
    ///
    /// If they cannot be read.
    #[must_use]
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let entries = std::fs::read_dir(self.folder()).expect("the folder is there");
        entries
            .filter_map(|entry| {
                let entry = entry.expect("the folder can be listed");
                let bytes = match std::fs::read(entry.path()) {
                    Ok(bytes) => bytes,
                    // A store that closes takes its log away.
                    Err(error) if error.kind() == ErrorKind::NotFound => return None,
                    Err(error) => panic!("the file can be read: {error}"),
                };
                Some((entry.file_name().to_string_lossy().into_owned(), bytes))
            })
            .collect()
    }
}
