//! One server for one database file.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use super::super::StoreError;

/// Says that this process serves a database file. Dropped, it lets go.
pub struct ServerLock(
    #[expect(dead_code, reason = "the lock lives as long as its file is open")] File,
);

impl ServerLock {
    /// Takes the lock of a database file: a file of the same name with `.lock` added.
    ///
    /// # Errors
    ///
    /// [`StoreError::InUse`] if another server has it; [`StoreError::Open`] if it cannot be made.
    pub fn take(database: &Path) -> Result<Self, StoreError> {
        let mut path = database.as_os_str().to_owned();
        path.push(".lock");
        let path = PathBuf::from(path);
        let open = |cause| StoreError::Open {
            path: path.display().to_string(),
            cause,
        };
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(open)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(std::fs::TryLockError::WouldBlock) => {
                Err(StoreError::InUse(database.display().to_string()))
            }
            Err(std::fs::TryLockError::Error(cause)) => Err(open(cause)),
        }
    }
}
