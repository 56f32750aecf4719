//! What is dearest of all that anybody may ask.

use std::time::Duration;

use anyhow::Result;

use super::Bench;
use super::measure::start;
use super::report::{Row, time};
use crate::dear;

/// Of one address of each kind, the one that takes longest, asked so that no cache knows it.
pub(super) fn row(bench: &Bench<'_>) -> Result<Row> {
    let server = start(bench, &[])?;
    let (address, p50) = dear::dearest(server.address, 10 * bench.rounds + 1)?;
    Ok(Row::new(
        "the dearest address that a visitor can ask, p50",
        format!("{} ({address})", time(p50)),
        "≤ 5 ms",
        p50 <= Duration::from_millis(5),
    ))
}
