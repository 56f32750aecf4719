//! One row per goal: what was measured beside what was wanted.

use std::time::Duration;

use anyhow::{Result, bail};

pub(crate) struct Row {
    what: String,
    measured: String,
    goal: String,
    met: Option<bool>,
}

impl Row {
    /// A number that should be at least, or at most, what the goal says.
    pub(crate) fn new(what: &str, measured: String, goal: &str, met: bool) -> Self {
        Self {
            what: what.to_owned(),
            measured,
            goal: goal.to_owned(),
            met: Some(met),
        }
    }

    /// A number without a goal, for comparison.
    pub(crate) fn plain(what: &str, measured: String) -> Self {
        Self {
            what: what.to_owned(),
            measured,
            goal: String::new(),
            met: None,
        }
    }
}

pub(crate) fn cells(rows: &[Row]) -> Vec<Vec<String>> {
    let head = ["what", "measured", "goal", ""].map(str::to_owned).to_vec();
    let body = rows.iter().map(|row| {
        let verdict = match row.met {
            Some(true) => "met",
            Some(false) => "missed",
            None => "",
        };
        vec![
            row.what.clone(),
            row.measured.clone(),
            row.goal.clone(),
            verdict.to_owned(),
        ]
    });
    std::iter::once(head).chain(body).collect()
}

/// An error that names what is missed.
pub(crate) fn all_met(rows: &[Row]) -> Result<()> {
    let missed: Vec<&str> = rows
        .iter()
        .filter(|row| row.met == Some(false))
        .map(|row| row.what.as_str())
        .collect();
    if missed.is_empty() {
        return Ok(());
    }
    bail!("missed: {}", missed.join("; "))
}

/// "77,160": speeds without the digits that are noise.
pub(crate) fn whole(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "24.3 kB": thousands of bytes, as networks count.
pub(crate) fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

/// "21.4 MB" from the kernel's KiB.
pub(crate) fn megabytes(kib: u64) -> String {
    let tenths = kib * 1024 / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// "412 µs", "3.4 ms", "6.2 s".
pub(crate) fn time(time: Duration) -> String {
    let micros = time.as_micros();
    match micros {
        0..1000 => format!("{micros} µs"),
        1000..1_000_000 => format!("{}.{} ms", micros / 1000, micros % 1000 / 100),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

/// The middle one; of an even number the upper. Zero of none.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

pub(crate) fn median_time(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(whole(77160.5), "77,160");
        assert_eq!(whole(999.4), "999");
        assert_eq!(whole(1_234_567.0), "1,234,567");
        assert_eq!(kilobytes(24_349), "24.3 kB");
        assert_eq!(megabytes(20_000), "20.4 MB");
        assert_eq!(time(Duration::from_micros(412)), "412 µs");
        assert_eq!(time(Duration::from_micros(3450)), "3.4 ms");
        assert_eq!(time(Duration::from_millis(6210)), "6.2 s");
    }

    #[test]
    fn one_wild_round_does_not_move_the_median() {
        assert!((median(vec![0.96, 0.2, 0.95, 0.97, 9.0]) - 0.96).abs() < 1e-9);
        assert!(median(Vec::new()).abs() < 1e-9);
        let times = [3, 90, 1].map(Duration::from_millis).to_vec();
        assert_eq!(median_time(times), Duration::from_millis(3));
    }

    #[test]
    fn a_missed_goal_is_said() {
        let rows = [
            Row::new("a", "2".into(), "≤ 1", false),
            Row::plain("b", "3".into()),
        ];
        let cells = cells(&rows);
        assert_eq!(cells[1][3], "missed");
        assert_eq!(cells[2][3], "");
        let error = all_met(&rows).unwrap_err().to_string();
        assert_eq!(error, "missed: a");
        assert!(all_met(&rows[1..]).is_ok());
    }
}
