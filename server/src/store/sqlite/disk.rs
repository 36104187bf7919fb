//! Whether the disk can still be trusted.
//!
//! After a sync has failed, Linux may have dropped what was to be written and marked it as written: a later sync that
//! succeeds proves nothing about it (<https://wiki.postgresql.org/wiki/Fsync_Errors>). So from the first failure on
//! nothing is stored, and so nothing acked, until the server is started again and SQLite has read what is really there.

use std::sync::atomic::{AtomicBool, Ordering};

use super::super::StoreError;

/// What is known of the disk.
#[derive(Debug, Default)]
pub struct Disk {
    has_failed: AtomicBool,
}

impl Disk {
    /// # Errors
    ///
    /// [`StoreError::Unsynced`] if a sync has failed since the start.
    pub fn check(&self) -> Result<(), StoreError> {
        if self.has_failed.load(Ordering::Acquire) {
            Err(StoreError::Unsynced)
        } else {
            Ok(())
        }
    }

    /// Notes what an error says of the disk.
    pub fn learn(&self, error: &sqlx::Error) {
        // SQLITE_IOERR_FSYNC and SQLITE_IOERR_DIR_FSYNC, https://www.sqlite.org/rescode.html
        let code = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code);
        if matches!(code.as_deref(), Some("1034" | "1290"))
            && !self.has_failed.swap(true, Ordering::AcqRel)
        {
            tracing::error!(%error, "the disk failed to keep what was written: nothing more is stored. Check the disk, then restart the server");
        }
    }
}
