//! Whether people find what they mean: the lists of the tests, asked over HTTP.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Bench;
use super::measure::start;
use super::report::Row;
use crate::http;
use crate::server::Server;

const SEARCHES: &str = include_str!("../../../server/tests/samples/searches.tsv");
const FOR_NOTHING: &str = include_str!("../../../server/tests/samples/searches-for-nothing.txt");

/// Places in which the right condition has to be.
const FIRST: usize = 3;

pub(super) fn all(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let server = start(bench, &[])?;
    let (mut asked, mut right) = (0_usize, 0_usize);
    for line in lines(SEARCHES) {
        let mut columns = line.split('\t');
        let (Some(query), Some(curie)) = (columns.next(), columns.next()) else {
            continue;
        };
        let number = curie.strip_prefix("MONDO:").unwrap_or(curie);
        let page = http::get(server.address, &format!("/mondo/{number}"), None)?;
        // What the catalogue lacks cannot be found.
        let Some(meant) = page.header("location") else {
            continue;
        };
        asked += 1;
        let (paths, _) = found(&server, query)?;
        right += usize::from(paths.iter().take(FIRST).any(|path| path == meant));
    }
    let mut wrong = 0_usize;
    for query in lines(FOR_NOTHING) {
        let (paths, guessed) = found(&server, query)?;
        wrong += usize::from(!paths.is_empty() && !guessed);
    }
    let per_mille = 1_000 * right / asked.max(1);
    let nothing = lines(FOR_NOTHING).count();
    Ok(vec![
        Row::new(
            &format!("searches that show what was meant among the first {FIRST}"),
            format!("{}.{} % of {asked}", per_mille / 10, per_mille % 10),
            "≥ 97 %",
            per_mille >= 970,
        ),
        Row::new(
            "searches that mean no condition and are answered with one",
            format!("{wrong} of {nothing}"),
            "0",
            wrong == 0,
        ),
    ])
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The pages that are shown, best first, and whether only as what may have been meant.
fn found(server: &Server, query: &str) -> Result<(Vec<String>, bool)> {
    let query = http::form(&[("query", query), ("from", "0")]);
    let path = format!("/api/search/results?{query}");
    let response = http::get(server.address, &path, None)?;
    let answer: Value = serde_json::from_slice(&response.body)
        .with_context(|| format!("{path} is not answered with JSON"))?;
    if let Some(path) = answer["Moved"]["path"].as_str() {
        return Ok((vec![path.to_owned()], false));
    }
    let found = &answer["Found"]["Conditions"]["answer"];
    let hits = found["hits"].as_array();
    let paths = hits
        .into_iter()
        .flatten()
        .filter_map(|hit| hit["slug"].as_str())
        .map(|slug| format!("/communities/{slug}"))
        .collect();
    let guessed = found["corrected"] == true || found["partial"] == true;
    Ok((paths, guessed))
}
