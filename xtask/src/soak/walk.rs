//! A site with a million posts, walked as a visitor to the end of every list: each topic is where it
//! should be, once, and has all of its posts.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::Bed;
use crate::bench::report::{megabytes, time, whole};
use crate::generated::{Generated, Place};
use crate::http;
use crate::postgres::{self, Cluster};
use crate::progress::{Progress, duration};
use crate::server::Server;
use crate::talking::{self, Topic};

/// Who walk at once.
const WALKERS: usize = 4;

pub(super) fn run(bed: &mut Bed<'_>) -> Result<()> {
    // Before the long part, because something may have to be installed.
    let programs = postgres::ensure_programs(bed.project)?;
    on(bed, "SQLite", None).context("on SQLite")?;
    let cluster = Cluster::start(bed.project, &programs)?;
    on(bed, "PostgreSQL", Some(cluster.url())).context("on PostgreSQL")
}

fn on(bed: &Bed<'_>, name: &'static str, database: Option<&str>) -> Result<()> {
    let place = Place {
        name,
        folder: bed.scratch.join(name),
        database,
    };
    let site = Generated::make(bed.project, &bed.binary, place, bed.posts)?;
    let server = site.start(bed.project, &["--metrics-address", "off"], None)?;
    let begun = Instant::now();
    let walk = Walk {
        server: &server,
        progress: Progress::start("walking", "every page of every list and topic is read"),
        pages: AtomicUsize::new(0),
    };
    let everywhere = walk.list("/discussions")?;
    let topics = different(&everywhere.items)?;
    let communities = walk.list("/communities")?;
    let slugs: BTreeSet<String> = communities
        .html
        .iter()
        .flat_map(|html| slugs(html))
        .collect();
    let of_communities = each(&slugs.iter().collect::<Vec<_>>(), |slug| {
        walk.read(&format!("/communities/{slug}"))?;
        let listed = walk.list(&format!("/communities/{slug}/discussions"))?;
        let feed = walk.list(&format!("/communities/{slug}/feed"))?;
        Ok((listed.items, listed.slowest.max(feed.slowest)))
    })?;
    let listed: Vec<Topic> = of_communities
        .iter()
        .flat_map(|(topics, _)| topics.clone())
        .collect();
    if different(&listed)? != topics {
        bail!("the lists of the communities do not have the topics of the list of all");
    }
    let posts = each(&everywhere.items.iter().collect::<Vec<_>>(), |topic| {
        walk.topic(topic)
    })?;
    let slowest = of_communities
        .iter()
        .map(|(_, slowest)| slowest)
        .chain(posts.iter().map(|(_, slowest)| slowest))
        .chain([&everywhere.slowest, &communities.slowest])
        .max()
        .cloned()
        .unwrap_or_default();
    let pages = walk.pages.load(Ordering::Relaxed);
    walk.progress.done();
    let memory = server.memory_kib()?;
    drop(server);
    let events = site.ask(bed.project, &["audit", "verify"])?;
    site.ask(bed.project, &["doctor"])?;
    let posts: u32 = posts.iter().map(|(posts, _)| posts).sum();
    eprintln!(
        "  {name}: {} communities, {} topics and {} posts that visitors see, on {pages} pages in {}; the \
         slowest took {} ({}); {} in memory then; {}",
        slugs.len(),
        topics.len(),
        whole(f64::from(posts)),
        duration(begun.elapsed()),
        time(slowest.0),
        slowest.1,
        megabytes(memory),
        events.lines().next().unwrap_or_default(),
    );
    Ok(())
}

/// The paths of topics; an error where one is there twice.
fn different(topics: &[Topic]) -> Result<BTreeSet<&str>> {
    let mut paths = BTreeSet::new();
    for topic in topics {
        if !paths.insert(topic.path.as_str()) {
            bail!("{} is in a list twice", topic.path);
        }
    }
    if paths.is_empty() {
        bail!("there is no topic: generate more (--posts)");
    }
    Ok(paths)
}

/// The generated communities that a page leads to.
fn slugs(html: &str) -> Vec<String> {
    html.split("href=\"/communities/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|slug| slug.starts_with("generated-") && !slug.contains(['/', '?', '#']))
        .map(str::to_owned)
        .collect()
}

/// A page and how long it took.
type Slowest = (Duration, String);

struct Walk<'a> {
    server: &'a Server,
    progress: Progress,
    pages: AtomicUsize,
}

/// A list, from its beginning to its end.
#[derive(Default)]
struct Listed {
    html: Vec<String>,
    items: Vec<Topic>,
    slowest: Slowest,
}

impl Walk<'_> {
    fn read(&self, path: &str) -> Result<(String, Duration)> {
        let response = http::get(self.server.address, path, None)?;
        if response.status != 200 {
            bail!("{path} was answered {}", response.status);
        }
        let pages = self.pages.fetch_add(1, Ordering::Relaxed);
        self.progress.note(&format!("{pages} pages"));
        let html = String::from_utf8_lossy(&response.body).into_owned();
        Ok((html, response.took))
    }

    /// Of a list of topics its lines, of another its pages.
    fn list(&self, list: &str) -> Result<Listed> {
        let mut listed = Listed::default();
        let mut path = list.to_owned();
        loop {
            let (html, took) = self.read(&path)?;
            let next = talking::next(&html, list);
            listed.slowest = listed.slowest.max((took, path));
            if list.ends_with("/discussions") {
                listed.items.extend(talking::topics(&html));
            } else if list == "/communities" {
                listed.html.push(html);
            }
            match next {
                Some(next) => path = next,
                None => return Ok(listed),
            }
        }
    }

    /// Counts the posts of a topic, which has as many as lists say, with numbers in a row.
    fn topic(&self, topic: &Topic) -> Result<(u32, Slowest)> {
        let mut slowest = Slowest::default();
        let mut seen = 0;
        while seen < topic.posts {
            let path = match seen {
                0 => topic.path.clone(),
                seen => format!("{}?after={seen}", topic.path),
            };
            let (html, took) = self.read(&path)?;
            let numbers = talking::posts(&html);
            if numbers.is_empty() {
                bail!("{path} has no posts, and the topic has {}", topic.posts);
            }
            for number in numbers {
                seen += 1;
                if number != seen {
                    bail!("{path} has post {number} where {seen} should be");
                }
            }
            slowest = slowest.max((took, path));
        }
        if seen != topic.posts {
            bail!(
                "{} has {seen} posts, and {} are told",
                topic.path,
                topic.posts
            );
        }
        Ok((seen, slowest))
    }
}

/// Does something with each, several at once.
fn each<T: Sync + ?Sized, R: Send>(
    all: &[&T],
    walk: impl Fn(&T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let walkers: Vec<_> = (0..WALKERS)
            .map(|_| {
                scope.spawn(|| {
                    let mut found = Vec::new();
                    while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                        found.push(walk(one)?);
                    }
                    anyhow::Ok(found)
                })
            })
            .collect();
        let mut found = Vec::new();
        for walker in walkers {
            match walker.join() {
                Ok(some) => found.extend(some?),
                Err(_) => bail!("somebody who walked panicked"),
            }
        }
        Ok(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn communities_are_found_among_other_links() {
        let html = "<a href=\"/communities/generated-condition-00007\">x</a>\
            <a href=\"/communities/generated-condition-00007/feed\">x</a>\
            <a href=\"/communities/multiple-myeloma\">x</a>";
        assert_eq!(slugs(html), ["generated-condition-00007"]);
    }

    #[test]
    fn a_topic_is_in_a_list_once() {
        let topic = |id: &str| Topic {
            path: format!("/topics/{id}/x"),
            posts: 1,
        };
        assert_eq!(different(&[topic("a"), topic("b")]).unwrap().len(), 2);
        assert!(different(&[topic("a"), topic("a")]).is_err());
        assert!(different(&[]).is_err());
    }
}
