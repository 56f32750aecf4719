//! Reading: what a page costs, and what it costs more where there is a hundred times as much.

use std::time::Duration;

use anyhow::{Result, bail};

use super::{Reader, posts, ratio};
use crate::bench::Bench;
use crate::bench::report::{Row, median, median_time, time};
use crate::talking;

/// Posts on a full page of a topic.
const FULL: usize = 20;
/// Pages of a list on which a topic is looked for that fills a page.
const LOOKED_THROUGH: usize = 50;
/// What may cost more, at most.
const MORE: f64 = 1.2;

/// The pages of a community, of all of them, and of somebody who is in some. `{topic}` is one with a full
/// page. Its generated data fill lists of the first communities on the smaller site, too.
const PAGES: [&str; 17] = [
    "/communities/generated-condition-00000",
    "/communities/generated-condition-00000/discussions",
    "/communities/generated-condition-00000/discussions.atom",
    "/communities/generated-condition-00000/questions",
    "/communities/generated-condition-00000/resources",
    "/communities/generated-condition-00000/trials",
    "/communities/generated-condition-00000/members",
    "/communities/generated-condition-00000/feed",
    "/communities/generated-condition-00000/feed.atom",
    "{topic}",
    "/communities",
    "/discussions",
    "/resources",
    "/leaders",
    "/feed",
    "/notifications",
    "/search?q=coffee+river&in=discussions",
];

/// A page of a topic that has as many posts as there are on one.
pub(super) fn topic(bench: &Bench<'_>, reader: &Reader<'_>) -> Result<Row> {
    let path = full_topic(reader)?;
    let (mut p50, mut p99) = (Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let outcome = reader.load(bench, &path)?;
        p50.push(outcome.p50);
        p99.push(outcome.p99);
    }
    let p50 = median_time(p50);
    Ok(Row::new(
        &format!(
            "a topic's page with {FULL} posts for a member, {}, p50 (p99)",
            reader.site.name
        ),
        format!("{} ({})", time(p50), time(median_time(p99))),
        "p50 ≤ 2 ms",
        p50 <= Duration::from_millis(2),
    ))
}

/// A topic with a page full of posts.
fn full_topic(reader: &Reader<'_>) -> Result<String> {
    let list = "/discussions";
    let mut path = list.to_owned();
    for _ in 0..LOOKED_THROUGH {
        let html = reader.talker.page(&path)?;
        for topic in talking::topics(&html) {
            if topic.posts as usize >= FULL {
                let shown = talking::posts(&reader.talker.page(&topic.path)?).len();
                if shown != FULL {
                    bail!("{} has {shown} posts on its first page", topic.path);
                }
                return Ok(topic.path);
            }
        }
        match talking::next(&html, list) {
            Some(next) => path = next,
            None => break,
        }
    }
    bail!("no topic has {FULL} posts: generate more (--posts)")
}

/// Every page in turn with the same one of the smaller site: a machine that slows down slows both.
pub(super) fn grown(bench: &Bench<'_>, whole: &Reader<'_>, part: &Reader<'_>) -> Result<Vec<Row>> {
    let (of_whole, of_part) = (full_topic(whole)?, full_topic(part)?);
    let sizes = format!("{} : {}", posts(whole.site.posts), posts(part.site.posts));
    PAGES
        .iter()
        .map(|page| {
            let (mut large, mut small, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..bench.rounds {
                let one = whole.load(bench, &page.replace("{topic}", &of_whole))?.p99;
                let other = part.load(bench, &page.replace("{topic}", &of_part))?.p99;
                ratios.push(ratio(one, other));
                large.push(one);
                small.push(other);
            }
            let ratio = median(ratios);
            let (large, small) = (time(median_time(large)), time(median_time(small)));
            let page = page
                .replace("generated-condition-00000", "…")
                .replace("{topic}", "/topics/…");
            Ok(Row::new(
                &format!("p99 of {page}, {sizes}, {}", whole.site.name),
                format!("{ratio:.2} ({large} : {small})"),
                "≤ 1.2",
                ratio <= MORE,
            ))
        })
        .collect()
}
