//! How many pages are still answered from the page cache while people write.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::{JOINED, start};
use crate::bench::Bench;
use crate::bench::report::{Row, median, whole};
use crate::bench::wrk::{self, Load};
use crate::generated::{Generated, slug};
use crate::http;
use crate::machine;
use crate::server::Server;
use crate::talking::{self, Talker};

/// Communities whose pages are read, and in all of which people write: more of them and fewer replies in
/// each would not change the share.
const COMMUNITIES: usize = 100;
/// Replies in a second.
const SPEED: u32 = 10;
/// Those who write have numbers from here on.
const NUMBERS: usize = 2_000;
/// Visitors who read, and pause, as in `xtask/bench/communities.lua`.
const READERS: u32 = 4;
/// What has to come from the cache.
const KEPT: f64 = 0.95;

pub(super) fn row(bench: &Bench<'_>, site: &Generated) -> Result<Row> {
    let metrics = format!("127.0.0.1:{}", machine::free_port()?);
    let server = start(bench, site, &["--metrics-address", &metrics])?;
    let metrics: SocketAddr = metrics.parse()?;
    let places = Places::begin(bench, site, &server)?;
    // Every page is asked for a first time.
    for number in 0..COMMUNITIES {
        talking::page(&server, &format!("/communities/{}", slug(number)), None)?;
    }
    let (mut shares, mut reads, mut replies) = (Vec::new(), Vec::new(), Vec::new());
    let mut written = 0;
    for _ in 0..bench.rounds {
        let round = measure(bench, &server, metrics, &places, &mut written)?;
        shares.push(round.share);
        reads.push(round.reads);
        replies.push(round.replies);
    }
    let (share, reads, replies) = (median(shares), median(reads), median(replies));
    if replies < f64::from(SPEED) * 0.9 {
        bail!(
            "{replies:.1} replies were written in a second, not {SPEED}: the machine is too busy"
        );
    }
    Ok(Row::new(
        &format!(
            "condition pages from the page cache, {replies:.0} replies/s, {}",
            site.name
        ),
        format!("{:.1} % of {}/s", share * 100.0, whole(reads)),
        "≥ 95 %",
        share >= KEPT,
    ))
}

/// Topics in which somebody writes, each with the number of who does.
struct Places<'a> {
    talkers: Vec<Talker<'a>>,
    topics: Vec<(usize, String)>,
}

impl<'a> Places<'a> {
    /// A topic that everybody can read in each of the communities, with somebody who is in it.
    fn begin(bench: &Bench<'_>, site: &Generated, server: &'a Server) -> Result<Self> {
        let mut talkers = Vec::new();
        let mut topics = Vec::new();
        for number in 0..COMMUNITIES {
            if number % JOINED == 0 {
                let number = NUMBERS + number;
                talkers.push(Talker::begin_moderator(
                    bench.project,
                    server,
                    site,
                    number,
                )?);
            }
            let slug = slug(number);
            // As a visitor, to whom its posts are shown.
            let list = talking::page(server, &format!("/communities/{slug}/discussions"), None)?;
            let topic = talking::topics(&list).into_iter().next();
            if let (Some(topic), Some(talker)) = (topic, talkers.last()) {
                talker.enter(&slug)?;
                topics.push((talkers.len() - 1, topic.path));
            }
        }
        if topics.is_empty() {
            bail!("no community has a topic: generate more (--posts)");
        }
        Ok(Self { talkers, topics })
    }

    fn reply(&self, number: usize) -> Result<()> {
        let (talker, topic) = &self.topics[number % self.topics.len()];
        let key = format!("kept{number}");
        let text = format!("This is reply {number}, and it changes what the page shows.");
        self.talkers[*talker].reply(topic, &key, &text)?;
        Ok(())
    }
}

/// What one round found.
struct Round {
    /// Of the pages that were read, those from the cache.
    share: f64,
    /// Pages and replies in a second.
    reads: f64,
    replies: f64,
}

/// Reads for a while, and writes as long; `written` is how many replies there are by now.
fn measure(
    bench: &Bench<'_>,
    server: &Server,
    metrics: SocketAddr,
    places: &Places<'_>,
    written: &mut usize,
) -> Result<Round> {
    let before = Counts::read(metrics)?;
    let (begun, first) = (Instant::now(), *written);
    let over = AtomicBool::new(false);
    let outcome = thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let outcome = read(bench, server);
            over.store(true, Ordering::Release);
            outcome
        });
        let mut due = begun;
        while !over.load(Ordering::Acquire) {
            places.reply(*written)?;
            *written += 1;
            due += Duration::from_secs(1) / SPEED;
            sleep(due.saturating_duration_since(Instant::now()));
        }
        match reading.join() {
            Ok(outcome) => outcome,
            Err(_) => bail!("the reader panicked"),
        }
    })?;
    let (took, replies) = (begun.elapsed(), *written - first);
    let after = Counts::read(metrics)?;
    #[expect(clippy::cast_precision_loss, reason = "counts of seconds")]
    let [hits, reads, replies] = [
        after.hits - before.hits,
        (after.requests - before.requests).saturating_sub(replies as u64),
        replies as u64,
    ]
    .map(|count| count as f64);
    Ok(Round {
        share: hits / reads.max(1.0),
        reads: outcome.per_second,
        replies: replies / took.as_secs_f64(),
    })
}

/// Visitors on the pages of the conditions, in any order.
fn read(bench: &Bench<'_>, server: &Server) -> Result<wrk::Outcome> {
    let script = bench.project.root.join("xtask/bench/communities.lua");
    wrk::load(
        bench,
        &Load {
            url: &server.url("/"),
            connections: READERS,
            headers: &["Accept-Encoding: br"],
            script: Some(&script),
        },
    )
}

/// What the server counts.
#[derive(Debug, PartialEq, Eq)]
struct Counts {
    requests: u64,
    hits: u64,
}

impl Counts {
    fn read(metrics: SocketAddr) -> Result<Self> {
        let answer = http::get(metrics, "/metrics", None)?;
        let text = String::from_utf8_lossy(&answer.body);
        Self::of(&text).context("the metrics do not count requests and hits of the page cache")
    }

    fn of(text: &str) -> Option<Self> {
        let count = |name: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(name)?.trim().parse().ok())
        };
        Some(Self {
            requests: count("rareshare_requests_total ")?,
            hits: count("rareshare_page_cache_hits_total ")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_the_metrics() {
        let text = "# TYPE rareshare_requests_total counter\nrareshare_requests_total 120\n\n\
            # TYPE rareshare_page_cache_hits_total counter\nrareshare_page_cache_hits_total 100\n";
        let counts = Counts {
            requests: 120,
            hits: 100,
        };
        assert_eq!(Counts::of(text), Some(counts));
        assert_eq!(Counts::of("rareshare_requests_total 120\n"), None);
    }
}
