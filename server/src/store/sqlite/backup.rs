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
/// [`StoreError::Damaged`] if the copy is not sound. There is nothing under the name `to` then.
pub async fn backup(database: &Path, to: &Path) -> Result<(), StoreError> {
    refuse_if_missing(database)?;
    if to.exists() {
        return Err(failed(
            to,
            "it exists already; name a file that does not exist yet",
        ));
    }
    let part = beside(to, ".part");
    remove(&part)?;
    let mut connection = open(database).await?;
    let name = part
        .to_str()
        .ok_or_else(|| failed(to, "its name is not UTF-8"))?;
    sqlx::query("VACUUM INTO ?")
        .bind(name)
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    let mut copy = open(&part).await?;
    sqlx::query("DELETE FROM history")
        .execute(&mut copy)
        .await?;
    check(&mut copy, &part).await?;
    copy.close().await?;
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
    if database.exists() && old.exists() {
        return Err(failed(
            &old,
            "it is in the way: it keeps what the last restore replaced; move it elsewhere",
        ));
    }
    let part = beside(database, ".part");
    remove(&part)?;
    std::fs::copy(from, &part).map_err(|error| failed(&part, error))?;
    let mut copy = open(&part).await?;
    check(&mut copy, from).await?;
    sqlx::query("SELECT count(*) FROM history")
        .execute(&mut copy)
        .await
        .map_err(|_| failed(from, "it is no backup of this program"))?;
    copy.close().await?;
    // The log belongs to the file: left behind, SQLite would write it into another one.
    for ending in ["-wal", "-shm", ""] {
        let there = beside(database, ending);
        if there.exists() {
            std::fs::rename(&there, beside(&old, ending)).map_err(|error| failed(&old, error))?;
        }
    }
    put(&part, database)
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
    let mut connection = open(database).await?;
    check(&mut connection, database).await?;
    Ok(connection.close().await?)
}

async fn check(connection: &mut SqliteConnection, path: &Path) -> Result<(), StoreError> {
    let damaged = |finding: String| StoreError::Damaged {
        path: path.display().to_string(),
        finding,
    };
    let finding: String = sqlx::query("PRAGMA quick_check(1)")
        .fetch_one(connection)
        .await
        .and_then(|row| row.try_get(0))
        .map_err(|error| damaged(error.to_string()))?;
    if finding == "ok" {
        Ok(())
    } else {
        Err(damaged(finding))
    }
}

/// Why a database cannot be opened: it is none, it is damaged, or the file cannot be reached.
pub fn cannot_open(path: &Path, error: sqlx::Error) -> StoreError {
    // SQLITE_CORRUPT and SQLITE_NOTADB, https://www.sqlite.org/rescode.html
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .and_then(|code| code.parse::<u32>().ok());
    // The lowest byte is the kind; the others say more.
    let is_damage = code.is_some_and(|code| matches!(code & 0xff, 11 | 26));
    let path = path.display().to_string();
    if is_damage {
        StoreError::Damaged {
            path,
            finding: error.to_string(),
        }
    } else {
        StoreError::Open {
            path,
            cause: io::Error::other(error),
        }
    }
}

async fn open(path: &Path) -> Result<SqliteConnection, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(BUSY_TIMEOUT);
    options
        .connect()
        .await
        .map_err(|error| cannot_open(path, error))
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
