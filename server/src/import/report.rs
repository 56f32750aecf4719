use std::{fmt::Write, path::Path};

use domain::catalogue::{ImportReport, Refusal};

/// How many refusals are printed.
const SHOWN: usize = 20;

/// What an import did, as an aligned table of plain text, followed by what was refused first.
/// `file` has all that was refused.
pub fn table(report: &ImportReport, file: Option<&Path>) -> String {
    let rows = [
        ("read", report.read),
        ("selected", report.selected),
        ("families", report.families),
        ("new", report.new),
        ("changed", report.changed),
        ("unchanged", report.unchanged),
        ("withdrawn", report.withdrawn),
        ("held", report.held),
        ("refused", report.refused.len() as u64),
    ]
    .map(|(label, number)| (label, grouped(number)));
    let width = rows
        .iter()
        .map(|(_, number)| number.len())
        .max()
        .unwrap_or(0);
    let mut table = String::new();
    for (label, number) in rows {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{label:<9}  {number:>width$}");
    }
    if !report.refused.is_empty() {
        table.push('\n');
    }
    table.push_str(&refusals(&report.refused, file));
    table
}

/// The first of what was refused, and where the rest is.
pub fn refusals(refused: &[Refusal], file: Option<&Path>) -> String {
    let mut text = lines(&refused[..refused.len().min(SHOWN)]);
    if refused.len() > SHOWN {
        let more = grouped((refused.len() - SHOWN) as u64);
        let place = match file {
            Some(file) => format!("all of them are in {}", file.display()),
            None => "--report FILE writes all of them into a file".to_owned(),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "... and {more} more: {place}");
    }
    text
}

/// One line for each thing that was refused.
pub fn lines(refused: &[Refusal]) -> String {
    let mut text = String::new();
    for refusal in refused {
        let _ = writeln!(
            text,
            "line {}: {}: {}",
            refusal.line,
            printable(&refusal.subject),
            printable(&refusal.reason)
        );
    }
    text
}

/// 18392 as "18,392".
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Text of a file on its way to a terminal, which must not take any of it for a command.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::catalogue::Refusal;

    use super::*;

    #[test]
    fn numbers_are_aligned_and_refusals_follow() {
        let report = ImportReport {
            read: 18_392,
            selected: 9_632,
            families: 3,
            refused: (1..=22)
                .map(|line| Refusal {
                    line,
                    subject: "MONDO:1\u{1b}[2J".to_owned(),
                    reason: "it has no name".to_owned(),
                })
                .collect(),
            ..ImportReport::default()
        };
        let table = table(&report, None);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(
            lines[..10],
            [
                "read       18,392",
                "selected    9,632",
                "families        3",
                "new             0",
                "changed         0",
                "unchanged       0",
                "withdrawn       0",
                "held            0",
                "refused        22",
                "",
            ]
        );
        assert_eq!(lines[10], "line 1: MONDO:1\u{fffd}[2J: it has no name");
        assert_eq!(lines[29], "line 20: MONDO:1\u{fffd}[2J: it has no name");
        assert_eq!(
            lines[30],
            "... and 2 more: --report FILE writes all of them into a file"
        );
        assert_eq!(lines.len(), 31);
        let rest = refusals(&report.refused, Some(Path::new("refused.txt")));
        assert!(rest.ends_with("... and 2 more: all of them are in refused.txt\n"));
        assert_eq!(super::lines(&report.refused).lines().count(), 22);
    }

    #[test]
    fn nothing_refused_prints_nothing_more() {
        assert_eq!(table(&ImportReport::default(), None).lines().count(), 9);
    }

    #[test]
    fn digits_are_grouped() {
        for (number, expected) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), expected);
        }
    }
}
