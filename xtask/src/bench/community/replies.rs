//! Writing: what a reply costs, and how many there can be.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::start;
use crate::bench::Bench;
use crate::bench::report::{Row, median, median_time, time, whole};
use crate::bench::wiki::Disk;
use crate::generated::{Generated, slug};
use crate::server::Server;
use crate::talking::{self, Talker};

/// Replies of each round, one at a time.
const REPLIES: usize = 40;
/// How many write at once.
const WRITERS: usize = 16;
/// Replies of one of them in a round.
const OF_ONE: usize = 100;
/// As many as a moderator may write in an hour, and some to spare.
const MOST: usize = 550;
/// How much faster so many have to be than one.
const FASTER: f64 = 2.5;
/// Numbers of people of other measurements on the same site are below.
const NUMBERS: usize = 1_000;

/// Somebody who writes in one topic of a community.
struct Writer<'a> {
    talker: Talker<'a>,
    topic: String,
    number: usize,
    written: usize,
}

impl<'a> Writer<'a> {
    fn begin(
        bench: &Bench<'_>,
        server: &'a Server,
        site: &Generated,
        number: usize,
        community: usize,
    ) -> Result<Self> {
        let talker = Talker::begin_moderator(bench.project, server, site, number)?;
        let slug = slug(community);
        talker.enter(&slug)?;
        let list = talker.page(&format!("/communities/{slug}/discussions"))?;
        let topic = talking::topics(&list).into_iter().next();
        Ok(Self {
            talker,
            topic: topic.with_context(|| format!("{slug} has no topic"))?.path,
            number,
            written: 0,
        })
    }

    fn reply(&mut self) -> Result<(String, String, Duration)> {
        self.written += 1;
        let word = format!("reply{}x{}", self.number, self.written);
        let text = format!("{word}: we were asked that, too, and found it in the end.");
        let (to, took) = self.talker.reply(&self.topic, &word, &text)?;
        Ok((word, to, took))
    }
}

/// A reply in turn with what the disk needs for itself; each is there for whoever reads next.
pub(super) fn durable(bench: &Bench<'_>, site: &Generated) -> Result<Row> {
    let server = start(bench, site, &[])?;
    let mut disk = Disk::new(&site.data)?;
    let mut writer = Writer::begin(bench, &server, site, NUMBERS, 0)?;
    let (mut replies, mut syncs) = (Vec::new(), Vec::new());
    for _ in 0..(bench.rounds * REPLIES).min(MOST) {
        let (word, to, took) = writer.reply()?;
        let (page, _) = to.split_once('#').unwrap_or((&to, ""));
        if !writer.talker.page(page)?.contains(&word) {
            bail!("{to} does not have the reply that was acknowledged");
        }
        replies.push(took);
        syncs.push(disk.sync()?);
    }
    let (reply, sync) = (median_time(replies), median_time(syncs));
    let besides = reply.saturating_sub(sync);
    Ok(Row::new(
        &format!("a reply, p50, besides one sync of the disk, {}", site.name),
        format!("{} ({} less {})", time(besides), time(reply), time(sync)),
        "≤ 5 ms",
        besides <= Duration::from_millis(5),
    ))
}

/// Many who write at once, each in a community of their own, in turn with one alone.
pub(super) fn at_once(bench: &Bench<'_>, site: &Generated) -> Result<Row> {
    eprintln!("• {WRITERS} people who write at once");
    // Server and database have the machine to themselves: those who write only wait.
    let server = site.start(bench.project, &["--metrics-address", "off"], None)?;
    let each = OF_ONE.min(MOST / bench.rounds).max(1);
    let begin = |number| Writer::begin(bench, &server, site, NUMBERS + 1 + number, number);
    let mut alone = vec![begin(WRITERS)?];
    let mut many = (0..WRITERS).map(begin).collect::<Result<Vec<_>>>()?;
    let (mut of_one, mut of_many, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let one = speed(&mut alone, each)?;
        let all = speed(&mut many, each)?;
        of_one.push(one);
        of_many.push(all);
        ratios.push(all / one);
    }
    let ratio = median(ratios);
    Ok(Row::new(
        &format!(
            "durable replies by {WRITERS} people at once : by one, {}",
            site.name
        ),
        format!(
            "{ratio:.2} ({}/s : {}/s)",
            whole(median(of_many)),
            whole(median(of_one))
        ),
        "≥ 2.5",
        ratio >= FASTER,
    ))
}

/// Replies in a second where each of them writes so many, one after the other.
fn speed(writers: &mut [Writer<'_>], each: usize) -> Result<f64> {
    let all = writers.len() * each;
    let begun = Instant::now();
    thread::scope(|scope| {
        let writing: Vec<_> = writers
            .iter_mut()
            .map(|writer| {
                scope.spawn(move || {
                    for _ in 0..each {
                        writer.reply()?;
                    }
                    anyhow::Ok(())
                })
            })
            .collect();
        for one in writing {
            match one.join() {
                Ok(outcome) => outcome?,
                Err(_) => bail!("somebody who wrote panicked"),
            }
        }
        Ok(())
    })?;
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    let all = all as f64;
    Ok(all / begun.elapsed().as_secs_f64())
}
