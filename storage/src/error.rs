//! From database errors to what may be shown: details go to the log, people get a reference.

use domain::Error;
use sea_orm::{DbErr, RuntimeErr};
use uuid::Uuid;

/// The error to show for a database error. What passes by itself (locked, full, out of reach) asks
/// to try again; everything else is a fault of ours with a reference that stands in the log.
pub fn to_domain(error: DbErr) -> Error {
    if is_passing(&error) {
        tracing::warn!(error = %error, "the database cannot answer now");
        return Error::Unavailable;
    }
    internal(&error)
}

/// An [`Error::Internal`] whose reference is logged with the cause.
pub fn internal(cause: &dyn std::fmt::Display) -> Error {
    let reference = random_id();
    tracing::error!(reference, error = %cause, "internal error");
    Error::Internal { reference }
}

/// Ten random hexadecimal digits: to find a request or a fault again, not to guard anything.
pub fn random_id() -> String {
    let mut id = Uuid::new_v4().simple().to_string();
    id.truncate(10);
    id
}

fn is_passing(error: &DbErr) -> bool {
    if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) {
        return true;
    }
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) =
        error
    else {
        return false;
    };
    let Some(database) = cause.as_database_error() else {
        // Not an answer of the database: the connection is broken.
        return !matches!(
            **cause,
            sea_orm::SqlxError::ColumnDecode { .. }
                | sea_orm::SqlxError::Decode(_)
                | sea_orm::SqlxError::ColumnNotFound(_)
        );
    };
    // SQLite's primary result codes (the low byte): BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN.
    // PostgreSQL's classes: 08 connection, 53 resources, 55 not in state, 57 intervention, 40
    // serialisation.
    let code = database.code().unwrap_or_default();
    match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6 | 8 | 10 | 13 | 14),
        _ => ["08", "53", "55", "57", "40"]
            .iter()
            .any(|class| code.starts_with(class)),
    }
}
