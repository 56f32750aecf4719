//! What open pages are told, as streams over the whole stack.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use domain::{
    account::{Accounts, Role, Submission},
    community::{Discussions, PostDraft, TopicAudience},
};
use http_body_util::BodyExt;
use server::http::{Live, live::Limits};
use tower::ServiceExt;

use crate::{Noon, Site};

const SLUG: &str = "wilson-disease";
const SOON: Duration = Duration::from_secs(10);
const QUIET: Duration = Duration::from_millis(600);

/// A stream that somebody listens to.
struct Listening {
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
}

impl Listening {
    /// The next message: its id and its data. `None` where the stream is over.
    async fn next(&mut self) -> Option<(String, String)> {
        let frame = tokio::time::timeout(SOON, self.body.frame())
            .await
            .expect("a message, or the end")?;
        let text = String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap();
        let field = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_default().to_owned()
        };
        assert!(text.ends_with("\n\n"), "{text:?}");
        Some((field("id: "), field("data: ")))
    }

    async fn data(&mut self) -> String {
        self.next().await.expect("it goes on").1
    }

    /// That nothing is said for a while.
    async fn is_silent(&mut self) {
        let said = tokio::time::timeout(QUIET, self.body.frame()).await;
        assert!(said.is_err(), "{said:?}");
    }
}

impl Site {
    async fn listen_with(&self, path: &str, headers: &[(&str, &str)]) -> Listening {
        self.live.read_log(&self.storage).await.unwrap();
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = self.front.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Listening {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    async fn listen(&self, path: &str, cookie: &str) -> Listening {
        let stream = self.listen_with(path, &[("cookie", cookie)]).await;
        assert_eq!(stream.status, StatusCode::OK, "{path}");
        stream
    }

    /// Seals what was written, and tells of it.
    async fn publish(&self) {
        self.storage.events().seal().await.unwrap();
        self.live.read_log(&self.storage).await.unwrap();
    }

    async fn post(&self, cookie: &str, id: &str) {
        let actor = self.actor(cookie).await;
        let draft = PostDraft {
            text: "A thrush answers.".to_owned(),
            in_reply_to: None,
            anonymous: false,
            content_note: None,
        };
        let submission = Submission {
            key: uuid::Uuid::new_v4().to_string(),
            body: String::new(),
        };
        let communities = self.storage.communities();
        let reply = communities.reply(actor, id, draft, &submission);
        reply.await.unwrap();
    }

    /// Waits until there are so many streams.
    async fn has_streams(&self, count: usize) {
        for _ in 0..200 {
            if self.live.streams() == count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{} streams", self.live.streams());
    }
}

#[tokio::test]
async fn a_reply_is_told_to_whoever_reads_its_discussion() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let id = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    let other = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    site.publish().await;
    let mut stream = site.listen(&format!("/live?topic={id}"), "").await;
    let header = |name: &str| {
        stream
            .headers
            .get(name)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(header("content-type"), "text/event-stream");
    assert_eq!(header("cache-control"), "no-store");
    assert!(stream.headers.get("content-encoding").is_none());
    let (first, data) = stream.next().await.unwrap();
    assert_eq!(data, r#"{"new":0,"total":1}"#);
    site.post(&ada, &other).await;
    site.publish().await;
    stream.is_silent().await;
    site.post(&ada, &id).await;
    site.publish().await;
    let (second, data) = stream.next().await.unwrap();
    assert_eq!(data, r#"{"new":0,"total":2}"#);
    for id in [first, second] {
        assert_eq!(id.len(), 27, "it does not tell how long the log is");
    }
}

#[tokio::test]
async fn nobody_is_told_of_what_is_not_for_them() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let grace = site.member("grace@example.org", "Grace").await;
    let watch = format!("/live?community={SLUG}");
    let mut visitor = site.listen(&watch, "").await;
    let mut member = site.listen(&watch, &grace).await;
    let mut own = site.listen("/live?feed=mine", &ada).await;
    for stream in [&mut visitor, &mut member, &mut own] {
        assert_eq!(stream.data().await, r#"{"new":0}"#);
    }
    let id = site.topic_of(&ada, SLUG, TopicAudience::Members).await;
    site.publish().await;
    assert_eq!(member.data().await, r#"{"new":1}"#);
    visitor.is_silent().await;
    // For the few who have joined: of the rest nobody hears anything.
    site.topic_of(&ada, SLUG, TopicAudience::Community).await;
    site.publish().await;
    member.is_silent().await;
    visitor.is_silent().await;
    own.is_silent().await;
    for path in ["/live", "/live?feed=yours", &format!("{watch}&topic={id}")] {
        let refused = site.get(path).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(refused.body.is_empty(), "{path}");
    }
    // A page cannot see a status, and would ask for ever.
    let over = r#"{"new":0,"end":true}"#;
    for (path, said) in [
        (format!("/live?topic={id}"), over),
        ("/live?topic=0000000000".to_owned(), over),
        ("/live?community=nowhere".to_owned(), over),
        ("/live?feed=mine".to_owned(), over),
        (
            format!("{watch}&after=1"),
            r#"{"new":0,"reload":true,"end":true}"#,
        ),
    ] {
        let mut stream = site.listen(&path, "").await;
        assert_eq!(stream.data().await, said, "{path}");
        assert_eq!(stream.next().await, None, "{path}");
    }
}

#[tokio::test]
async fn a_stream_ends_with_its_session() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let grace = site.member("grace@example.org", "Grace").await;
    let emmy = site.member("emmy@example.org", "Emmy").await;
    let id = site.topic_of(&ada, SLUG, TopicAudience::Members).await;
    let watch = format!("/live?topic={id}");
    let mut signs_out = site.listen(&watch, &grace).await;
    let mut suspended = site.listen(&watch, &emmy).await;
    signs_out.data().await;
    suspended.data().await;
    let actor = site.actor(&grace).await;
    site.storage.accounts().sign_out(actor).await.unwrap();
    let root = site.member("root@example.org", "Root").await;
    site.grant("root@example.org", &root, Role::Administrator, "Runs it")
        .await;
    let handle = site.handle("emmy@example.org").await;
    let form = format!("form=admin/suspend&handle={handle}&length=week&reason=Advertising");
    let path = format!("/admin/people/{handle}");
    let sent = site.send_body(&path, &root, &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    site.post(&ada, &id).await;
    site.publish().await;
    for stream in [&mut signs_out, &mut suspended] {
        assert_eq!(stream.data().await, r#"{"new":0,"end":true}"#);
        assert_eq!(stream.next().await, None);
    }
    site.has_streams(0).await;
}

#[tokio::test]
async fn a_stream_goes_on_where_another_ended() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let watch = format!("/live?discussions={SLUG}");
    let mut stream = site.listen(&watch, "").await;
    let (place, _) = stream.next().await.unwrap();
    drop(stream);
    site.has_streams(0).await;
    let id = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    site.post(&ada, &id).await;
    site.publish().await;
    let told = r#"{"new":2}"#;
    let resumed = [("last-event-id", place.as_str())];
    assert_eq!(site.listen_with(&watch, &resumed).await.data().await, told);
    let reopened = format!("{watch}&after={place}");
    let mut stream = site.listen(&reopened, "").await;
    let (place, data) = stream.next().await.unwrap();
    assert_eq!(data, told);
    let later = [("last-event-id", place.as_str())];
    let mut stream = site.listen_with(&reopened, &later).await;
    assert_eq!(stream.data().await, r#"{"new":0}"#, "the later word counts");
}

#[tokio::test]
async fn there_are_no_more_streams_than_there_are_places() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let watch = format!("/live?community={SLUG}");
    let mut own = Vec::new();
    for _ in 0..6 {
        own.push(site.listen(&watch, &ada).await);
    }
    let refused = site.listen_with(&watch, &[("cookie", &ada)]).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.headers.contains_key("retry-after"));
    own.pop();
    site.has_streams(5).await;
    own.push(site.listen(&watch, &ada).await);
    let mut others = Vec::new();
    for _ in 0..14 {
        others.push(site.listen(&watch, "").await);
    }
    let refused = site.listen_with(&watch, &[]).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    // Pages come as ever.
    let page = site.get("/communities/wilson-disease").await;
    assert_eq!(page.status, StatusCode::OK);
    drop((own, others));
    site.has_streams(0).await;
}

#[tokio::test]
async fn streams_end_when_the_server_stops() {
    let site = Site::open().await;
    let watch = format!("/live?community={SLUG}");
    let mut stream = site.listen(&watch, "").await;
    stream.data().await;
    site.live.stop();
    assert_eq!(stream.next().await, None);
    site.has_streams(0).await;
    let refused = site.listen_with(&watch, &[]).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn who_takes_nothing_is_not_waited_for() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let id = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    let stream = site.listen(&format!("/live?topic={id}"), "").await;
    assert_eq!(site.live.streams(), 1);
    for _ in 0..6 {
        site.post(&ada, &id).await;
        site.publish().await;
        tokio::time::sleep(Duration::from_millis(350)).await;
    }
    site.has_streams(0).await;
    drop(stream);
}

/// Bytes of this process that are in memory.
#[cfg(target_os = "linux")]
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.unwrap().trim().trim_end_matches(" kB");
    kilobytes.parse::<usize>().unwrap() * 1024
}

/// Five thousand have to fit into 150 MB, and an event has to reach all of them in a second.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_costs_little() {
    const STREAMS: usize = 2_000;
    let many = Limits {
        all: STREAMS,
        of_network: STREAMS,
        of_account: STREAMS,
    };
    let site = Site::open_with(Arc::new(Noon), Live::new(many)).await;
    let ada = site.member("ada@example.org", "Ada").await;
    let watch = format!("/live?community={SLUG}");
    let mut warm = site.listen(&watch, "").await;
    warm.data().await;
    drop(warm);
    site.has_streams(0).await;
    let before = resident();
    let mut streams = Vec::new();
    for _ in 0..STREAMS {
        let mut stream = site.listen(&watch, "").await;
        stream.data().await;
        streams.push(stream);
    }
    let each = resident().saturating_sub(before) / STREAMS;
    assert!(each < 30 * 1024, "{each} bytes for each stream");
    site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    let begun = std::time::Instant::now();
    site.publish().await;
    for stream in &mut streams {
        assert_eq!(stream.data().await, r#"{"new":1}"#);
    }
    println!("{each} bytes each, all told in {:?}", begun.elapsed());
}
