//! What is told to whoever looks at a topic, a list or a feed while something happens. What they are
//! told is looked up each time through what they may see at that moment.

use domain::{
    Error, Result,
    account::Actor,
    catalogue::Resolved,
    community::FeedKind,
    event::EventKind,
    policy::{Action, permit},
};
use sea_orm::DbErr;
use uuid::Uuid;

use super::{
    CommunityStore,
    reading::{Part, SCANNED},
};
use crate::{catalogue::address, error::to_domain};

/// Events that are read at once to wake those whom they concern.
const BATCH: i64 = 500;

/// What somebody looks at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Watch {
    /// The topic with an id.
    Topic(String),
    /// The discussions of the community at a slug.
    Discussions(String),
    /// What is new in the community at a slug.
    Community(String),
    /// What is new in the communities that one has joined.
    Own,
}

/// The same as it is found in events.
#[derive(Clone, Debug)]
pub struct Watched {
    topic: Option<(String, Uuid)>,
    communities: Vec<Uuid>,
    kinds: &'static [FeedKind],
}

impl Watched {
    /// Whether an event may be about it. Nothing is said of it before it is looked up.
    pub fn concerns(&self, happened: &Happened) -> bool {
        match &self.topic {
            Some((_, topic)) => happened.topic == Some(*topic),
            None => happened
                .community
                .is_some_and(|community| self.communities.contains(&community)),
        }
    }
}

/// A sealed event, as far as it says whom it may concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happened {
    /// Its number.
    pub sequence: i64,
    /// In which community.
    pub community: Option<Uuid>,
    /// In which topic.
    pub topic: Option<Uuid>,
}

/// What is new for somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// How many events since a place in the log, one's own not counted.
    pub new: usize,
    /// Of a topic: how many posts it has.
    pub posts: Option<i64>,
    /// There may be more than was looked at.
    pub reload: bool,
    /// The place up to which was looked.
    pub sequence: i64,
}

impl CommunityStore {
    /// How a place in the log is named.
    pub fn seal_place(&self, sequence: i64) -> String {
        self.cursors.seal(sequence)
    }

    /// The place that a name is of.
    pub fn open_place(&self, name: &str) -> Option<i64> {
        self.cursors.open(name)
    }

    /// Number of the last sealed event.
    pub async fn last_sealed(&self) -> Result<i64> {
        let sql = "SELECT sequence FROM event_head WHERE id = 1";
        let row = self.database.query_one(sql, vec![]).await;
        let row = row.map_err(to_domain)?.ok_or(Error::Unavailable)?;
        row.try_get("", "sequence").map_err(to_domain)
    }

    /// The sealed events after a number, with the number up to which they were read.
    pub async fn happened(&self, after: i64) -> Result<(Vec<Happened>, i64)> {
        let sql = format!(
            "SELECT e.sequence, e.community_id, \
             CASE WHEN e.kind = '{}' THEN e.subject_id ELSE p.topic_id END AS topic_id \
             FROM event e LEFT JOIN post p ON e.kind = '{}' AND p.id = e.subject_id \
             WHERE e.sequence > $1 ORDER BY e.sequence LIMIT {BATCH}",
            EventKind::TopicStarted.as_str(),
            EventKind::PostWritten.as_str(),
        );
        let rows = self.database.query(&sql, vec![after.into()]).await;
        let rows = rows.map_err(to_domain)?;
        let read = rows.iter().map(|row| {
            Ok(Happened {
                sequence: row.try_get("", "sequence")?,
                community: row.try_get("", "community_id")?,
                topic: row.try_get("", "topic_id")?,
            })
        });
        let events: std::result::Result<Vec<_>, DbErr> = read.collect();
        let events = events.map_err(to_domain)?;
        let last = events.last().map_or(after, |last| last.sequence);
        Ok((events, last))
    }

    /// What somebody wants to look at, if it is for them: else [`Error::NotFound`].
    pub async fn watch(&self, actor: Actor, watch: &Watch) -> Result<Watched> {
        permit(actor, Action::ReadDiscussions)?;
        Ok(match watch {
            Watch::Topic(id) => {
                let topic = self.readable(actor, id).await?;
                Watched {
                    topic: Some((id.clone(), topic.id)),
                    communities: Vec::new(),
                    kinds: &[],
                }
            }
            Watch::Discussions(slug) => Watched {
                topic: None,
                communities: self.at_slug(slug).await?,
                kinds: &[FeedKind::Topics, FeedKind::Replies],
            },
            Watch::Community(slug) => Watched {
                topic: None,
                communities: self.at_slug(slug).await?,
                kinds: &FeedKind::ALL,
            },
            Watch::Own => {
                let member = Self::person(actor, Action::ReadOwnAccount)?;
                Watched {
                    topic: None,
                    communities: self.own_and_merged(member.account.0).await?,
                    kinds: &FeedKind::ALL,
                }
            }
        })
    }

    async fn at_slug(&self, slug: &str) -> Result<Vec<Uuid>> {
        match address::at(&self.database, slug).await? {
            Resolved::Here(condition) => self.community_and_merged(condition.id).await,
            Resolved::Moved { .. } => Err(Error::NotFound),
        }
    }

    /// What is new since a place in the log, through what who asks may see now.
    pub async fn news(
        &self,
        actor: Actor,
        watch: &Watch,
        watched: &Watched,
        after: i64,
    ) -> Result<News> {
        permit(actor, Action::ReadDiscussions)?;
        if let Some((id, _)) = &watched.topic {
            let topic = self.readable(actor, id).await?;
            return Ok(News {
                posts: Some(topic.line.posts),
                sequence: after,
                ..News::default()
            });
        }
        // Of communities that one has left one is told nothing.
        let left;
        let communities = match (watch, actor.member()) {
            (Watch::Own, Some(member)) => {
                left = self.own_and_merged(member.account.0).await?;
                &left
            }
            _ => &watched.communities,
        };
        let part = (Part::After(after), SCANNED);
        let scan = self
            .scan(actor, communities, watched.kinds, part, false)
            .await?;
        Ok(News {
            new: scan
                .seen
                .iter()
                .filter(|seen| !seen.line.item.is_muted())
                .count(),
            posts: None,
            reload: scan.read == SCANNED,
            sequence: scan.highest.unwrap_or(after),
        })
    }
}
