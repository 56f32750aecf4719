use std::{fmt::Write, path::Path};

use domain::{
    catalogue::{ImportReport, Refusal},
    trials::{RefusedStudy, TrialsReport},
};

/// How many refusals are printed.
const SHOWN: usize = 20;

/// What an import did, as an aligned table of plain text, followed by what was refused first.
/// `file` has all that was refused.
pub fn table(report: &ImportReport, file: Option<&Path>) -> String {
    let rows = aligned(&[
        ("read", report.read),
        ("selected", report.selected),
        ("families", report.families),
        ("new", report.new),
        ("changed", report.changed),
        ("unchanged", report.unchanged),
        ("withdrawn", report.withdrawn),
        ("held", report.held),
        ("refused", report.refused.len() as u64),
    ]);
    followed(rows, &refusals(&report.refused, file))
}

/// The same of clinical trials.
pub fn trials_table(report: &TrialsReport, file: Option<&Path>) -> String {
    let rows = aligned(&[
        ("read", report.read),
        ("new", report.new),
        ("changed", report.changed),
        ("unchanged", report.unchanged),
        ("repeated", report.repeated),
        ("without a condition", report.unmatched),
        ("refused", report.refused.len() as u64),
    ]);
    followed(rows, &refused_studies(&report.refused, file))
}

/// Numbers below each other, each behind its label.
fn aligned(rows: &[(&str, u64)]) -> String {
    let rows: Vec<_> = rows
        .iter()
        .map(|(label, number)| (label, grouped(*number)))
        .collect();
    let labels = rows.iter().map(|(label, _)| label.len()).max();
    let numbers = rows.iter().map(|(_, number)| number.len()).max();
    let (labels, numbers) = (labels.unwrap_or(0), numbers.unwrap_or(0));
    let mut table = String::new();
    for (label, number) in rows {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{label:<labels$}  {number:>numbers$}");
    }
    table
}

fn followed(mut table: String, refusals: &str) -> String {
    if !refusals.is_empty() {
        table.push('\n');
    }
    table.push_str(refusals);
    table
}

/// The first of what was refused, and where the rest is.
pub fn refusals(refused: &[Refusal], file: Option<&Path>) -> String {
    let text = lines(&refused[..refused.len().min(SHOWN)]);
    with_more(text, refused.len(), file)
}

/// The same of studies.
pub fn refused_studies(refused: &[RefusedStudy], file: Option<&Path>) -> String {
    let text = study_lines(&refused[..refused.len().min(SHOWN)]);
    with_more(text, refused.len(), file)
}

fn with_more(mut text: String, refused: usize, file: Option<&Path>) -> String {
    if refused > SHOWN {
        let more = grouped((refused - SHOWN) as u64);
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

/// One line for each study that was refused.
pub fn study_lines(refused: &[RefusedStudy]) -> String {
    let mut text = String::new();
    for RefusedStudy {
        file,
        study,
        subject,
        reason,
    } in refused
    {
        let subject = if subject.is_empty() {
            "no number"
        } else {
            subject
        };
        let (file, subject) = (printable(file), printable(subject));
        let reason = printable(reason);
        let _ = writeln!(text, "{file}, study {study}: {subject}: {reason}");
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
