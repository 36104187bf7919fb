//! Copies of a database: made while it is served, checked, and put back in its place.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Row, SqliteConnection};

use super::super::StoreError;
use super::BUSY_TIMEOUT;
use super::lock::ServerLock;

/// Copies a database to a new file, as it is at one moment, while it may be in use.
///
/// The copy has no epoch: the server that is started on it makes one, and clients see that this is another history. So
/// a copy that is put back makes them start over and send again what was not acked.
///
/// # Errors
///
/// [`StoreError::Backup`] if there is no such database, if `to` exists, or if it cannot be written;
/// [`StoreError::Damaged`] if the database is not sound. There is nothing under the name `to` then.
pub async fn backup(database: &Path, to: &Path) -> Result<(), StoreError> {
    refuse_if_missing(database)?;
    if to.exists() {
        return Err(failed(
            to,
            "it exists already; name a file that does not exist yet",
        ));
    }
    let part = beside(to, ".part");
    copy(database, &part).await?;
    put(&part, to)
}

/// Puts a copy in a database's place. What was there stays beside it, under a name that ends in `.old`.
///
/// # Errors
///
/// [`StoreError::InUse`] if a server has the database; [`StoreError::Backup`] if the copy is not one or a file cannot be
/// written; [`StoreError::Damaged`] if the copy is not sound. The database is as it was then.
pub async fn restore(from: &Path, database: &Path) -> Result<(), StoreError> {
    refuse_if_missing(from)?;
    let _nobody_serves = ServerLock::take(database)?;
    let old = beside(database, ".old");
    // With a log of another file beside it, what is replaced now could not be read again.
    let kept = ["", "-wal", "-shm"].map(|ending| beside(&old, ending));
    if let Some(kept) = kept.iter().find(|kept| database.exists() && kept.exists()) {
        return Err(failed(
            kept,
            "it is in the way: it keeps what the last restore replaced; move it elsewhere",
        ));
    }
    let part = beside(database, ".part");
    copy(from, &part).await?;
    // The log belongs to the file: left behind, SQLite would write it into another one.
    for ending in ["-wal", "-shm", ""] {
        let there = beside(database, ending);
        if there.exists() {
            std::fs::rename(&there, beside(&old, ending)).map_err(|error| failed(&old, error))?;
        }
    }
    put(&part, database)
}

/// Copies a database with what is in its log, and looks for damage in the copy.
async fn copy(from: &Path, part: &Path) -> Result<(), StoreError> {
    remove(part)?;
    let name = part
        .to_str()
        .ok_or_else(|| failed(part, "its name is not UTF-8"))?;
    let cannot_read = |error| trouble(from, error);
    let mut connection = open(from).await.map_err(cannot_read)?;
    sqlx::query("VACUUM INTO ?")
        .bind(name)
        .execute(&mut connection)
        .await
        .map_err(cannot_read)?;
    connection.close().await.map_err(cannot_read)?;
    let mut copy = open(part).await.map_err(cannot_read)?;
    sqlx::query("DELETE FROM history")
        .execute(&mut copy)
        .await
        .map_err(|_| failed(from, "it is no database of this program"))?;
    check(&mut copy, from).await?;
    copy.close().await.map_err(cannot_read)
}

/// Looks for damage in a database: `PRAGMA quick_check`, which reads every page and trusts none. A database that does
/// not exist yet has none.
///
/// # Errors
///
/// [`StoreError::Damaged`] with the first fault; [`StoreError::Open`] if the file cannot be read.
pub async fn look_for_damage(database: &Path) -> Result<(), StoreError> {
    if !database.exists() {
        return Ok(());
    }
    let mut connection = open(database)
        .await
        .map_err(|error| cannot_open(database, error))?;
    check(&mut connection, database).await?;
    Ok(connection.close().await?)
}

async fn check(connection: &mut SqliteConnection, path: &Path) -> Result<(), StoreError> {
    let finding: String = sqlx::query("PRAGMA quick_check(1)")
        .fetch_one(connection)
        .await
        .and_then(|row| row.try_get(0))
        .map_err(|error| trouble(path, error))?;
    if finding == "ok" {
        Ok(())
    } else {
        Err(damaged(path, finding))
    }
}

/// Why a database cannot be opened: it is none, it is damaged, or the file cannot be reached.
pub fn cannot_open(path: &Path, error: sqlx::Error) -> StoreError {
    if is_damage(&error) {
        damaged(path, error)
    } else {
        StoreError::Open {
            path: path.display().to_string(),
            cause: io::Error::other(error),
        }
    }
}

fn trouble(path: &Path, error: sqlx::Error) -> StoreError {
    if is_damage(&error) {
        damaged(path, error)
    } else {
        failed(path, error)
    }
}

fn is_damage(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .and_then(|code| code.parse::<u32>().ok());
    // SQLITE_CORRUPT and SQLITE_NOTADB: the lowest byte is the kind, the others say more.
    // https://www.sqlite.org/rescode.html
    code.is_some_and(|code| matches!(code & 0xff, 11 | 26))
}

fn damaged(path: &Path, finding: impl ToString) -> StoreError {
    StoreError::Damaged {
        path: path.display().to_string(),
        finding: finding.to_string(),
    }
}

async fn open(path: &Path) -> Result<SqliteConnection, sqlx::Error> {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY_TIMEOUT)
        .connect()
        .await
}

fn refuse_if_missing(path: &Path) -> Result<(), StoreError> {
    match path.metadata() {
        Ok(file) if file.is_file() => Ok(()),
        Ok(_) => Err(failed(path, "it is not a file")),
        Err(error) => Err(failed(path, error)),
    }
}

/// Gives a finished file its name, durably.
fn put(part: &Path, to: &Path) -> Result<(), StoreError> {
    let durably = || -> io::Result<()> {
        File::open(part)?.sync_all()?;
        std::fs::rename(part, to)?;
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    };
    durably().map_err(|error| failed(to, error))
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(path, error)),
        _ => Ok(()),
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

fn failed(path: &Path, why: impl ToString) -> StoreError {
    StoreError::Backup {
        path: path.display().to_string(),
        why: why.to_string(),
    }
}
