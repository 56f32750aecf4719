//! What whoever enrolled somebody can take home.

use serde::{Deserialize, Serialize};

use super::{LedgerLine, OwnEnrolment};
use crate::time::CalendarDate;

/// Everything that the registry has of one participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnData {
    /// Answers, signatures and permissions.
    pub own: OwnEnrolment,
    /// The day on which the enrolment was begun.
    pub begun_on: CalendarDate,
    /// Their rows of the registry's log, the oldest first.
    pub rows: Vec<LedgerRow>,
}

/// A row of the registry's log, with what its hash is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// Its number in the whole log, from 1 on.
    pub number: i64,
    /// The hash of the row before it, whosever that is; nothing before the first one.
    pub before: Vec<u8>,
    /// The row as it is stored: encrypted.
    pub sealed: Vec<u8>,
    /// SHA-256 over all of this.
    pub hash: Vec<u8>,
    /// What the row says.
    pub line: LedgerLine,
}

/// One participant of an account, and all that has happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLedger {
    /// The participant.
    pub own: OwnEnrolment,
    /// The newest first; nothing of who is an adult now.
    pub lines: Vec<LedgerLine>,
}
