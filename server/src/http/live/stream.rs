//! One stream: when it wakes up, what it says, and why it ends.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use app::ui::LiveMessage;
use axum::body::Bytes;
use domain::{
    Error,
    account::{Actor, Standing, Token},
};
use futures_core::Stream;
use storage::{
    Storage,
    community::feeds::live::{Happened, News, Watch, Watched},
};
use tokio::{
    sync::{broadcast, mpsc, watch},
    time::{Instant, MissedTickBehavior, interval_at, sleep_until},
};

use super::Live;

/// Between two signs of life.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Every so many of them the session is looked at, although nothing has happened.
const HEARTBEATS: u32 = 4;
/// No stream says more often than this that there is something.
const PAUSE: Duration = Duration::from_millis(250);
/// How often one looks through many events that are not for who listens.
const LOOKS: u32 = 10;
/// A stream ends after this, and the page opens another one: nobody holds a place for ever.
const LONGEST: Duration = Duration::from_mins(30);

/// What is written to one client.
pub(super) struct Messages(pub(super) mpsc::Receiver<Bytes>);

impl Stream for Messages {
    type Item = std::result::Result<Bytes, std::convert::Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|message| message.map(Ok))
    }
}

/// A message as it is sent, with the place in the log from which the next stream goes on.
pub(super) fn event(place: Option<&str>, message: LiveMessage) -> Option<Bytes> {
    let data = serde_json::to_string(&message).ok()?;
    let id = place.map(|place| format!("id: {place}\n"));
    let text = format!("{}data: {data}\n\n", id.unwrap_or_default());
    Some(Bytes::from(text))
}

/// One who listens.
pub(super) struct Listener {
    pub(super) live: Arc<Live>,
    pub(super) storage: Storage,
    pub(super) token: Option<Token>,
    pub(super) actor: Actor,
    pub(super) what: Watch,
    pub(super) watched: Watched,
    /// The place in the log up to which they have been told.
    pub(super) after: i64,
    pub(super) events: broadcast::Receiver<Arc<[Happened]>>,
    pub(super) stopping: watch::Receiver<bool>,
    pub(super) messages: mpsc::Sender<Bytes>,
}

/// Why a stream wakes up.
enum Woken {
    /// Something has happened that may concern it.
    News,
    /// It is time for a sign of life.
    Heartbeat,
}

impl Listener {
    pub(super) async fn run(mut self) {
        let begun = Instant::now();
        let mut heartbeat = interval_at(begun + HEARTBEAT, HEARTBEAT);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut beats = 0;
        // What has happened since the page was made, and where the next stream goes on.
        let mut next = Some(true);
        loop {
            if let Some(first) = next.take()
                && !self.tell(first).await
            {
                return;
            }
            let told = Instant::now();
            match self.wait(&mut heartbeat, begun + LONGEST).await {
                None => return,
                Some(Woken::News) => {
                    // Those that come together are told together.
                    sleep_until((told + PAUSE).max(Instant::now())).await;
                    next = Some(false);
                }
                Some(Woken::Heartbeat) => {
                    beats += 1;
                    if beats % HEARTBEATS == 0 && !Box::pin(self.goes_on()).await {
                        return;
                    }
                    if self
                        .messages
                        .try_send(Bytes::from_static(b":\n\n"))
                        .is_err()
                    {
                        return;
                    }
                }
            }
        }
    }

    /// Until there is something to do; `None` where the stream is over.
    async fn wait(&mut self, heartbeat: &mut tokio::time::Interval, end: Instant) -> Option<Woken> {
        loop {
            let happened = tokio::select! {
                happened = self.events.recv() => happened,
                _ = heartbeat.tick() => return Some(Woken::Heartbeat),
                () = self.messages.closed() => return None,
                _ = self.stopping.wait_for(|stopping| *stopping) => return None,
                () = sleep_until(end) => return None,
            };
            match happened {
                Ok(events) if events.iter().any(|event| self.watched.concerns(event)) => {
                    return Some(Woken::News);
                }
                Ok(_) => {}
                Err(broadcast::error::RecvError::Lagged(_)) => return Some(Woken::News),
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }

    /// Looks as the person who listens, and tells what there is; at first also that there is nothing, so
    /// that the page knows from where the next stream goes on. Returns whether this one goes on.
    async fn tell(&mut self, first: bool) -> bool {
        let live = Arc::clone(&self.live);
        let _turn = live.turns.acquire().await;
        if !Box::pin(self.goes_on()).await {
            return false;
        }
        for _ in 0..LOOKS {
            match self.look(first).await {
                Ok(news) => {
                    // A topic has a number of posts, whenever one has begun to listen.
                    if news.posts.is_none() {
                        self.after = news.sequence;
                    }
                    // Of what is not for them nobody hears, not even that there is something.
                    if news.new > 0 || news.posts.is_some() {
                        return self.send(news);
                    }
                    if !news.reload {
                        break;
                    }
                }
                // It is not for them any more.
                Err(Error::NotFound | Error::Forbidden { .. } | Error::Unauthenticated) => {
                    self.end();
                    return false;
                }
                // The page opens another stream, which goes on from here.
                Err(_) => return false,
            }
        }
        !first
            || self.send(News {
                sequence: self.after,
                ..News::default()
            })
    }

    /// What is new. Visitors look once for all of them, but at first: a page may say more already than
    /// has been read of the log.
    async fn look(&self, first: bool) -> domain::Result<News> {
        let communities = self.storage.communities();
        let since = match self.what {
            Watch::Topic(_) => 0,
            _ => self.after,
        };
        let look = || Box::pin(communities.news(self.actor, &self.what, &self.watched, since));
        if first || self.actor != Actor::Visitor {
            return look().await;
        }
        let found = self.live.looked(&self.what, since);
        found.get_or_try_init(look).await.copied()
    }

    fn send(&mut self, news: News) -> bool {
        let message = LiveMessage {
            new: u64::try_from(news.new).unwrap_or_default(),
            total: news.posts.and_then(|posts| u64::try_from(posts).ok()),
            reload: news.reload,
            end: false,
        };
        let place = self.storage.communities().seal_place(self.after);
        self.write(Some(&place), message)
    }

    fn end(&self) {
        let over = LiveMessage {
            end: true,
            ..LiveMessage::default()
        };
        self.write(None, over);
    }

    /// Tells whether there was room: a client that takes nothing is not waited for.
    fn write(&self, place: Option<&str>, message: LiveMessage) -> bool {
        event(place, message).is_some_and(|event| self.messages.try_send(event).is_ok())
    }

    /// Whether the stream goes on. Where the session has ended, it says that it is over; where the
    /// database cannot answer, it only ends, and the page opens another.
    async fn goes_on(&self) -> bool {
        match self.is_still_here().await {
            Ok(true) => true,
            Ok(false) => {
                self.end();
                false
            }
            Err(_) => false,
        }
    }

    /// Whether the session goes on in which the stream was opened, as it was.
    async fn is_still_here(&self) -> domain::Result<bool> {
        let Some(member) = self.actor.member() else {
            return Ok(true);
        };
        let Some(token) = &self.token else {
            return Ok(false);
        };
        // A page that is only open is no use of the session.
        let found = self.storage.accounts().session_of(token).await?;
        Ok(found
            .and_then(|found| found.actor.member())
            .is_some_and(|now| {
                now.account == member.account
                    && now.roles == member.roles
                    && (now.standing == member.standing || now.standing == Standing::Good)
            }))
    }
}
