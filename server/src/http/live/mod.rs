//! `GET /live`: tells a page that there is something new, as long as it is open (Server-Sent Events).
//!
//! The event log is read once in a process ([`Live::read_log`]); each stream hears which communities and
//! topics its events are of, and asks the storage itself, as the person who listens, before it says
//! anything ([`stream`]); visitors, who all may see the same, ask once. It says how much is new, never
//! what: the page fetches that as ever.

mod stream;

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

use app::{context::RequestContext, ui::LiveMessage};
use axum::{
    Extension,
    body::Body,
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Error, Result, account::AccountId};
use serde::Deserialize;
use storage::{
    Storage,
    community::feeds::live::{Happened, News, Watch},
};
use tokio::sync::{Notify, OnceCell, Semaphore, broadcast, mpsc, watch};

use self::stream::{Listener, Messages};
use super::{AppState, metrics::METRICS, places::network, session::Cookies};

/// Batches of events that a stream can be behind before it asks for everything.
const BATCHES: usize = 256;
/// Messages that wait for a client. Who does not take them is not waited for.
const WAITING: usize = 4;
/// Streams that look at once what there is to tell: what a look needs, thousands would need together.
const LOOKING: usize = 64;
/// Seconds after which whoever finds no place may try again.
const RETRY_AFTER: &str = "60";

/// How many streams there may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// In all.
    pub all: usize,
    /// From one network.
    pub of_network: usize,
    /// Of one account.
    pub of_account: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            all: 5_000,
            of_network: 20,
            of_account: 6,
        }
    }
}

/// What tells open pages of news.
#[derive(Debug)]
pub struct Live {
    limits: Limits,
    seats: Mutex<Seats>,
    news: broadcast::Sender<Arc<[Happened]>>,
    /// How far the log has been read; -1 before the first time.
    read: AtomicI64,
    sealed: Notify,
    stopping: watch::Sender<bool>,
    turns: Semaphore,
    looked: Mutex<Looked>,
}

/// What visitors are told, which is the same for all of them, as long as no more of the log is read.
#[derive(Debug, Default)]
struct Looked {
    read: i64,
    found: HashMap<(Watch, i64), Arc<OnceCell<News>>>,
}

#[derive(Debug, Default)]
struct Seats {
    all: usize,
    by_network: HashMap<IpAddr, usize>,
    by_account: HashMap<AccountId, usize>,
}

impl Default for Live {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl Live {
    /// With so many streams at most.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            seats: Mutex::default(),
            news: broadcast::channel(BATCHES).0,
            read: AtomicI64::new(-1),
            sealed: Notify::new(),
            stopping: watch::channel(false).0,
            turns: Semaphore::new(LOOKING),
            looked: Mutex::default(),
        }
    }

    /// This process has sealed events: the log is read at once.
    pub fn wake(&self) {
        self.sealed.notify_one();
    }

    /// Returns as soon as this process has sealed events.
    pub async fn woken(&self) {
        self.sealed.notified().await;
    }

    /// All streams end, and no other begins.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Reads what has been sealed since the last time, by whichever process, and tells the streams.
    pub async fn read_log(&self, storage: &Storage) -> Result<()> {
        let communities = storage.communities();
        let mut read = self.read.load(Ordering::Acquire);
        if read < 0 {
            read = communities.last_sealed().await?;
            self.read.store(read, Ordering::Release);
        }
        loop {
            let (events, last) = communities.happened(read).await?;
            if events.is_empty() {
                return Ok(());
            }
            read = last;
            // First, so that nobody who is told looks into what others have found before.
            self.read.store(read, Ordering::Release);
            // Without listeners there is nobody to tell, which is no fault.
            let _ = self.news.send(events.into());
        }
    }

    /// Where one visitor puts what is new since a place in the log, and all others find it. It is looked
    /// up after all that has been read by now.
    fn looked(&self, what: &Watch, after: i64) -> Arc<OnceCell<News>> {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let read = self.read.load(Ordering::Acquire);
        if looked.read != read {
            *looked = Looked {
                read,
                found: HashMap::new(),
            };
        }
        let found = looked.found.entry((what.clone(), after)).or_default();
        Arc::clone(found)
    }

    fn take(self: &Arc<Self>, from: IpAddr, account: Option<AccountId>) -> Option<Seat> {
        let from = network(from);
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        let of_network = seats.by_network.get(&from).copied().unwrap_or_default();
        let of_account = account.and_then(|account| seats.by_account.get(&account).copied());
        if seats.all >= self.limits.all
            || of_network >= self.limits.of_network
            || of_account.unwrap_or_default() >= self.limits.of_account
        {
            return None;
        }
        seats.all += 1;
        *seats.by_network.entry(from).or_default() += 1;
        if let Some(account) = account {
            *seats.by_account.entry(account).or_default() += 1;
        }
        METRICS.live_streams.increment(1.0);
        Some(Seat {
            live: Arc::clone(self),
            from,
            account,
        })
    }

    /// How many streams there are.
    pub fn streams(&self) -> usize {
        let seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        seats.all
    }
}

/// The place of one stream, which ends with it.
struct Seat {
    live: Arc<Live>,
    from: IpAddr,
    account: Option<AccountId>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let seats = &self.live.seats;
        let mut seats = seats.lock().unwrap_or_else(PoisonError::into_inner);
        seats.all -= 1;
        one_less(&mut seats.by_network, self.from);
        if let Some(account) = self.account {
            one_less(&mut seats.by_account, account);
        }
        METRICS.live_streams.decrement(1.0);
    }
}

fn one_less<K: Eq + Hash>(counts: &mut HashMap<K, usize>, key: K) {
    if let Some(count) = counts.get_mut(&key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(&key);
        }
    }
}

/// What a page asks for: one of the first four.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    topic: Option<String>,
    discussions: Option<String>,
    community: Option<String>,
    feed: Option<String>,
    /// The last message that the page has had, or the newest event on it.
    after: Option<String>,
}

impl Asked {
    fn watch(&self) -> Option<Watch> {
        let asked = [&self.topic, &self.discussions, &self.community, &self.feed];
        match asked.map(Option::as_deref) {
            [Some(id), None, None, None] => Some(Watch::Topic(id.to_owned())),
            [None, Some(slug), None, None] => Some(Watch::Discussions(slug.to_owned())),
            [None, None, Some(slug), None] => Some(Watch::Community(slug.to_owned())),
            [None, None, None, Some("mine")] => Some(Watch::Own),
            _ => None,
        }
    }
}

/// `GET /live`
pub(super) async fn live(
    State(state): State<AppState>,
    Extension(context): Extension<RequestContext>,
    asked: std::result::Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let Ok(Query(asked)) = asked else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let Some(what) = asked.watch() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let actor = context.actor;
    let account = actor.member().map(|member| member.account);
    let seat = match state.live.take(context.client.network, account) {
        Some(seat) if !*state.live.stopping.borrow() => seat,
        _ => return no_place(),
    };
    // Before the log is looked at, so that nothing falls between.
    let events = state.live.news.subscribe();
    let communities = state.storage.communities();
    let watched = match communities.watch(actor, &what).await {
        Ok(watched) => watched,
        Err(Error::NotFound | Error::Forbidden { .. } | Error::Unauthenticated) => {
            return over(LiveMessage::default());
        }
        Err(_) => return no_place(),
    };
    // The browser's own word is the later one.
    let last = headers
        .get("last-event-id")
        .and_then(|last| last.to_str().ok());
    let named = last.or(asked.after.as_deref());
    let after = match named.map(|name| communities.open_place(name)) {
        Some(Some(after)) => after,
        // One that is not ours, or of another key: the page begins anew.
        Some(None) => {
            return over(LiveMessage {
                reload: true,
                ..LiveMessage::default()
            });
        }
        None => match communities.last_sealed().await {
            Ok(last) => last,
            Err(_) => return no_place(),
        },
    };
    let (messages, taken) = mpsc::channel(WAITING);
    let cookies = Cookies::new(&state.site.identity().public_url);
    let listener = Listener {
        token: cookies.session_token(&headers),
        stopping: state.live.stopping.subscribe(),
        live: state.live,
        storage: state.storage,
        actor,
        what,
        watched,
        after,
        events,
        messages,
    };
    tokio::spawn(async move {
        // Boxed: what waits is small.
        Box::pin(listener.run()).await;
        drop(seat);
    });
    stream_of(Body::from_stream(Messages(taken)))
}

/// What there is nothing to tell of. A page cannot see the status of a stream: told of a refusal like of
/// any other failure, it would ask again and again.
fn over(message: LiveMessage) -> Response {
    let message = LiveMessage {
        end: true,
        ..message
    };
    match stream::event(None, message) {
        Some(event) => stream_of(Body::from(event)),
        None => no_place(),
    }
}

fn stream_of(body: Body) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // For nginx, which would collect it.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

fn no_place() -> Response {
    let retry = [(header::RETRY_AFTER, RETRY_AFTER)];
    (StatusCode::SERVICE_UNAVAILABLE, retry).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_found_again_until_more_is_read() {
        let live = Live::default();
        let feed = |slug: &str| Watch::Community(slug.to_owned());
        let found = live.looked(&feed("a"), 1);
        assert!(Arc::ptr_eq(&found, &live.looked(&feed("a"), 1)));
        assert!(!Arc::ptr_eq(&found, &live.looked(&feed("a"), 2)));
        assert!(!Arc::ptr_eq(&found, &live.looked(&feed("b"), 1)));
        live.read.store(1, Ordering::Release);
        assert!(!Arc::ptr_eq(&found, &live.looked(&feed("a"), 1)));
    }
}
