//! A feed that somebody follows back for years: what the last page costs beside the first.

use anyhow::{Result, bail};

use super::{JOINED, Reader, ratio};
use crate::bench::Bench;
use crate::bench::report::{Row, median, median_time, time};
use crate::progress::Progress;
use crate::talking;

/// The page that is meant. Where the feed ends before, it is the last full one.
const DEEP: usize = 10_000;
const FEED: &str = "/feed";

pub(super) fn row(bench: &Bench<'_>, reader: &Reader<'_>) -> Result<Row> {
    let (deep, number) = deep(reader)?;
    let (mut first, mut last, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let newest = reader.load(bench, FEED)?.p50;
        let oldest = reader.load(bench, &deep)?.p50;
        ratios.push(ratio(oldest, newest));
        first.push(newest);
        last.push(oldest);
    }
    let ratio = median(ratios);
    Ok(Row::new(
        &format!(
            "page {number} : page 1 of the feed of {JOINED} communities, {}, p50",
            reader.site.name
        ),
        format!(
            "{ratio:.2} ({} : {})",
            time(median_time(last)),
            time(median_time(first))
        ),
        "≤ 1.2",
        ratio <= 1.2,
    ))
}

/// The address of a page far back, and which it is: there is no way to it but by all before.
fn deep(reader: &Reader<'_>) -> Result<(String, usize)> {
    let progress = Progress::start(
        &format!("following a feed to page {DEEP}"),
        "each page says where the next one begins",
    );
    let mut paths = vec![FEED.to_owned()];
    while paths.len() < DEEP
        && let Some(path) = paths.last()
        && let Some(next) = talking::next(&reader.talker.page(path)?, FEED)
    {
        paths.push(next);
        progress.note(&format!("page {}", paths.len()));
    }
    progress.done();
    if paths.len() < DEEP {
        // It may have a line or none.
        paths.pop();
    }
    match paths.last() {
        Some(path) if paths.len() > 1 => Ok((path.clone(), paths.len())),
        _ => bail!("the feed has no second full page: generate more (--posts)"),
    }
}
