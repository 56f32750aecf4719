//! Everything that can be read: pages, feeds, files, functions, announcements, letters, log and metrics.

use std::{
    collections::BTreeSet,
    io::Write,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::time::{Clock, Timestamp};
use http_body_util::BodyExt;
use server::mail;
use storage::{MasterKey, Storage};
use tower::ServiceExt;

use super::{
    HERE,
    world::{ILLNESS, World},
};
use crate::{Answer, Noon, Site, addresses::PAGES, functions::READS, percent};

/// What is read beside the pages of the table, for a community.
const FILES: &[&str] = &[
    "/sitemap.xml",
    "/sitemaps/site.xml",
    "/sitemaps/conditions-1.xml",
    "/robots.txt",
    "/.well-known/security.txt",
    "/api/openapi.json",
    "/communities/{slug}.md",
    "/communities/{slug}/history.atom",
    "/communities/{slug}/discussions.atom",
    "/communities/{slug}/questions.atom",
    "/communities/{slug}/resources.atom",
    "/communities/{slug}/feed.atom",
    "/communities/{slug}/sections/cause/history.atom",
    "/communities/{slug}/members?after=0000000000",
    "/api/conditions/{slug}",
    "/members/{hidden}/picture",
    "/members/{author}/picture",
    "/admin/people?q=canary",
    "/admin/people/{hidden}",
    "/admin/people/{author}",
    "/members/{hidden}",
    "/admin/reports?show=closed",
];

/// Where links are followed to: pages that the table cannot name, because their address is by chance.
const FOLLOWED: &[&str] = &[
    "/communities/multiple-myeloma/resources/",
    "/decisions/",
    "/proposals/",
    "/start/requests/",
    "/admin/aliases/",
    "/admin/topics/",
    "/admin/appeals/",
    "/admin/reports/",
    "/admin/requests/",
    "/report/",
    "/members/",
];

/// How many pages are led from to the one that is asked for.
const HOPS: usize = 3;

impl World {
    /// The addresses that are read first, by everybody.
    pub(super) fn addresses(&self) -> BTreeSet<String> {
        let places = &self.places;
        let mut addresses = BTreeSet::new();
        for page in PAGES {
            self.of_threads(page.route, &mut addresses);
            addresses.insert(places.fill(page.address));
        }
        for file in FILES {
            for slug in [HERE, ILLNESS] {
                let file = file.replace("{slug}", slug);
                let file = file.replace("{hidden}", &self.hidden);
                addresses.insert(file.replace("{author}", &self.author));
            }
        }
        for page in ["", "/members", "/feed", "/discussions"] {
            addresses.insert(format!("/communities/{ILLNESS}{page}"));
        }
        addresses.insert(format!("/communities/{HERE}/sections/prognosis/edit"));
        self.of_functions(&mut addresses);
        addresses
    }

    /// The pages of a shape for each discussion, question and post.
    fn of_threads(&self, route: &str, addresses: &mut BTreeSet<String>) {
        if !route.starts_with("/topics/") && !route.starts_with("/questions/") {
            return;
        }
        for (id, posts) in &self.threads {
            let path = route.replace("{id}", id).replace("{words}", "x");
            for number in 1..=*posts {
                addresses.insert(path.replace("{number}", &number.to_string()));
            }
        }
    }

    /// The functions by which pages read, for each discussion, question and post where they are of one.
    fn of_functions(&self, addresses: &mut BTreeSet<String>) {
        for read in READS {
            let arguments = self.places.fill(read.arguments);
            addresses.insert(format!("/api/{}?{arguments}", read.name));
            let of_thread = arguments.contains("words=") || read.name == "community/post-history";
            if !of_thread {
                continue;
            }
            for (id, posts) in &self.threads {
                for number in 1..=*posts {
                    addresses.insert(format!(
                        "/api/{}?id={id}&words=x&number={number}",
                        read.name
                    ));
                }
            }
        }
        for handle in [&self.author, &self.hidden] {
            addresses.insert(format!("/api/profile/member?handle={handle}"));
        }
        addresses.insert(format!("/api/wiki/text?slug={HERE}&kind=prognosis"));
        addresses.insert("/api/search/suggest?q=canary".to_owned());
    }
}

/// The function that reads what a page shows whose address was found by a link.
pub(super) fn function_of(address: &str) -> Option<String> {
    let (path, id) = address.rsplit_once('/')?;
    let id = id.split('?').next()?;
    match path {
        "/decisions" => Some(format!("/api/moderation/decision?id={id}")),
        "/proposals" => Some(format!("/api/wiki/proposal?id={id}")),
        "/start/requests" => Some(format!("/api/community/own-request?id={id}")),
        path if path.ends_with("/resources") => {
            Some(format!("/api/community/resource?slug={HERE}&id={id}"))
        }
        _ => None,
    }
}

/// What was read: all of the answer, and of those that led to it, without what was asked for.
pub(super) struct Read {
    pub(super) text: String,
    /// The page at the end.
    pub(super) page: String,
}

impl Read {
    /// Pages to which it leads and of which the table does not know.
    pub(super) fn links(&self) -> impl Iterator<Item = String> {
        let links = self.page.split("href=\"").skip(1);
        links.filter_map(|rest| {
            let link = rest.split(['"', '#']).next()?;
            let is_followed = FOLLOWED.iter().any(|start| link.starts_with(start));
            is_followed.then(|| link.replace("&amp;", "&"))
        })
    }
}

fn head(answer: &Answer) -> String {
    let headers = answer.headers.iter();
    let lines: Vec<String> = headers
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    lines.join("\n")
}

impl Site {
    /// Reads an address as a browser does: it goes where it is led.
    pub(super) async fn reads(&self, address: &str, cookie: &str) -> Read {
        let mut path = address.to_owned();
        let mut text = String::new();
        let mut page = String::new();
        for _ in 0..HOPS {
            let answer = match path
                .strip_prefix("/api/")
                .and_then(|rest| rest.split_once('?'))
            {
                Some((name, arguments)) if READS.iter().any(|read| read.name == name) => {
                    self.read(name, arguments, cookie).await
                }
                _ => self.get_with(&path, &[("cookie", cookie)]).await,
            };
            assert!(
                !answer.status.is_server_error(),
                "{path}: {}",
                answer.status
            );
            page = answer.text();
            text += &(head(&answer) + &page);
            let led = answer.header("location").to_owned();
            if !answer.status.is_redirection() || !led.starts_with('/') {
                break;
            }
            path = led;
        }
        let text = text.to_lowercase();
        let asked = address.to_lowercase();
        // What somebody has asked for they know.
        let encoded = percent(address).to_lowercase();
        Read {
            text: text.replace(&asked, "").replace(&encoded, ""),
            page,
        }
    }

    /// What an open page is told.
    pub(super) async fn opens(&self, path: &str, cookie: &str) -> Body {
        let request = Request::get(path).header("cookie", cookie);
        let request = request.body(Body::empty()).unwrap();
        let response = self.front.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.into_body()
    }
}

/// The next message, or nothing where none comes for a while.
pub(super) async fn hears(stream: &mut Body) -> String {
    let said = tokio::time::timeout(Duration::from_millis(600), stream.frame()).await;
    match said {
        Ok(Some(frame)) => {
            let data = frame.unwrap().into_data().unwrap();
            String::from_utf8(data.to_vec()).unwrap().to_lowercase()
        }
        Ok(None) | Err(_) => String::new(),
    }
}

/// Two days after all else.
struct Later;

impl Clock for Later {
    fn now(&self) -> Timestamp {
        Timestamp(Noon.now().0 + 2 * 86_400_000_000)
    }
}

/// Every letter that waits, or is due two days later: to whom, and what it says.
pub(super) async fn every_letter(url: &str) -> Vec<(String, String)> {
    let later = Storage::open(url, Arc::new(Later), MasterKey::new(&[1; 32]));
    let later = later.await.unwrap();
    later.communities().write_letters().await.unwrap();
    let outbox = later.outbox();
    let mut all = Vec::new();
    while let Some(outgoing) = outbox.take().await.unwrap() {
        outbox.remove(outgoing.id).await.unwrap();
        let words = mail::words(&outgoing.letter, "RareShare", "https://rareshare.example");
        let said = format!("{:?} {words:?}", outgoing.letter).to_lowercase();
        all.push((outgoing.recipient.as_str().to_owned(), said));
    }
    all
}

/// What is logged.
#[derive(Clone, Default)]
pub(super) struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// What gathers the lines, with all that can be switched on in our own parts.
    pub(super) fn gathers(&self) -> tracing::Dispatch {
        let own = "info,app=trace,domain=trace,server=trace,storage=trace,sqlx=warn";
        let log = self.clone();
        let lines = tracing_subscriber::fmt()
            .with_env_filter(tracing_subscriber::EnvFilter::new(own))
            .with_writer(move || log.clone());
        lines.finish().into()
    }

    pub(super) fn read(&self) -> String {
        let lines = self.0.lock().unwrap();
        String::from_utf8_lossy(&lines).to_lowercase()
    }
}
