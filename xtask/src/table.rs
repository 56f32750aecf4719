//! Tables for people: plain text for the terminal, Markdown for the README.

/// Columns aligned with spaces; the first row is the head.
pub(crate) fn plain(rows: &[Vec<String>]) -> String {
    let widths = widths(rows);
    let mut text = String::new();
    for row in rows {
        text.push_str("  ");
        text.push_str(padded(row, &widths, "  ").trim_end());
        text.push('\n');
    }
    text
}

/// A Markdown table that also reads well as text.
pub(crate) fn markdown(rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.replace('|', "\\|")).collect())
        .collect();
    let widths: Vec<usize> = widths(&rows).into_iter().map(|w| w.max(3)).collect();
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let mut lines = vec![padded(row, &widths, " | ")];
        if index == 0 {
            let rules: Vec<String> = widths.iter().map(|w| "-".repeat(*w)).collect();
            lines.push(rules.join(" | "));
        }
        for line in lines {
            text.push_str("| ");
            text.push_str(&line);
            text.push_str(" |\n");
        }
    }
    text
}

/// What lies between two marks, replaced; `None` when the marks are not there.
pub(crate) fn replace_between(text: &str, open: &str, close: &str, new: &str) -> Option<String> {
    let start = text.find(open)? + open.len();
    let end = start + text[start..].find(close)?;
    Some(format!("{}{new}{}", &text[..start], &text[end..]))
}

fn widths(rows: &[Vec<String>]) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    (0..columns)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect()
}

fn padded(row: &[String], widths: &[usize], between: &str) -> String {
    let cells: Vec<String> = widths
        .iter()
        .enumerate()
        .map(|(column, width)| {
            let cell = row.get(column).map_or("", String::as_str);
            format!("{cell:<width$}")
        })
        .collect();
    cells.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Vec<String>> {
        [["what", "is"], ["a page", "≥ 1 | 2"]]
            .map(|row| row.map(str::to_owned).to_vec())
            .to_vec()
    }

    #[test]
    fn plain_tables_align() {
        assert_eq!(plain(&rows()), "  what    is\n  a page  ≥ 1 | 2\n");
    }

    #[test]
    fn markdown_tables_escape_bars() {
        assert_eq!(
            markdown(&rows()),
            "| what   | is       |\n| ------ | -------- |\n| a page | ≥ 1 \\| 2 |\n"
        );
    }

    #[test]
    fn only_the_text_between_the_marks_changes() {
        assert_eq!(
            replace_between("a<x>old</x>b", "<x>", "</x>", "new").as_deref(),
            Some("a<x>new</x>b")
        );
        assert_eq!(replace_between("a", "<x>", "</x>", "new"), None);
        assert_eq!(replace_between("a</x><x>", "<x>", "</x>", "new"), None);
    }
}
