//! Who is in good standing: one condition for all statements.
//!
//! A suspension that has run out is none, whether anything has been tidied up or not. Suspensions end on
//! the hour ([`domain::account::suspension_end`]), so that a statement names the present hour, `$hour`,
//! which [`Database::statement`](crate::Database) fills in: the same text for an hour, which databases
//! prepare once.

/// Whether the person in a row of `account` is in good standing, as SQL.
macro_rules! in_good_standing {
    ($row:literal) => {
        concat!(
            "(",
            $row,
            ".standing = 'good' OR ",
            $row,
            ".suspended_until <= $hour)"
        )
    };
}

pub(crate) use in_good_standing;

/// Whether the person in the row `account` is.
pub(crate) const IN_GOOD_STANDING: &str = in_good_standing!("account");
