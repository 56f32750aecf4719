//! Topics and posts as they come to be: of whoever writes, and of who wrote what a leader lets through.

use domain::{
    Error, Result,
    community::{AnswersAs, TopicAudience, TopicKind},
    event::EventKind,
    text::fold,
};
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use uuid::Uuid;

use super::reading::Topic;
use crate::{
    community::{
        CommunityStore,
        aliases::{since_today, take_alias},
        entity::{post, topic},
        notifications::put_follow,
    },
    error::to_domain,
    search::{self, Document},
    token,
    write::Write,
};

/// A topic on its way into a community.
pub(in crate::community) struct NewTopic {
    pub(in crate::community) kind: TopicKind,
    pub(in crate::community) title: String,
    pub(in crate::community) text: String,
    pub(in crate::community) audience: TopicAudience,
    /// Whether its author is shown under an alias.
    pub(in crate::community) anonymous: bool,
    pub(in crate::community) content_note: Option<String>,
}

impl NewTopic {
    /// What of the title is searched, each word behind a blank.
    fn words(&self) -> String {
        match self.kind {
            TopicKind::Discussion => String::new(),
            TopicKind::Question => format!(" {}", fold(&self.title)),
        }
    }
}

/// What a post is to the others of its topic.
pub(in crate::community) struct About {
    pub(in crate::community) in_reply_to: Option<i64>,
    pub(in crate::community) answers_as: Option<AnswersAs>,
    /// Whether its author is shown under an alias.
    pub(in crate::community) anonymous: bool,
    pub(in crate::community) content_note: Option<String>,
}

/// Who is shown as the author of what somebody writes: one of the two, never both.
#[derive(Clone, Copy)]
enum Byline {
    Account(Uuid),
    Alias(i64),
}

impl Byline {
    fn account(self) -> Option<Uuid> {
        match self {
            Self::Account(account) => Some(account),
            Self::Alias(_) => None,
        }
    }

    fn alias(self) -> Option<i64> {
        match self {
            Self::Account(_) => None,
            Self::Alias(number) => Some(number),
        }
    }
}

/// A post on its way into a topic.
struct Incoming {
    topic: Uuid,
    byline: Byline,
    number: i64,
    in_reply_to: Option<i64>,
    answers_as: Option<AnswersAs>,
    text: String,
    html: String,
    content_note: Option<String>,
}

impl Incoming {
    /// Puts it in, and returns its key. The first one of a topic is found by its title, too.
    async fn put(self, write: &Write<'_>, title: &str, now: i64) -> Result<Uuid> {
        let id = Uuid::now_v7();
        let document = Document::post(id, title, &self.html);
        let row = post::ActiveModel {
            id: Set(id),
            topic_id: Set(self.topic),
            account_id: Set(self.byline.account()),
            alias: Set(self.byline.alias()),
            number: Set(self.number),
            in_reply_to: Set(self.in_reply_to),
            version: Set(1),
            text: Set(self.text),
            html: Set(self.html),
            created_at: Set(now),
            edited_at: Set(None),
            deleted_at: Set(None),
            deleted_by_author: Set(None),
            deletion_reason: Set(None),
            hidden_at: Set(None),
            hidden_reason: Set(None),
            answers_as: Set(self.answers_as.map(|name| name.as_str().to_owned())),
            content_note: Set(self.content_note),
            set_note: Set(None),
        };
        post::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        search::put(write.on(), vec![document]).await?;
        Ok(id)
    }
}

/// Where what somebody wrote is.
pub(in crate::community) struct Published {
    /// Public id of the topic.
    pub(in crate::community) topic: String,
    pub(in crate::community) number: i64,
    pub(in crate::community) post: Uuid,
}

impl CommunityStore {
    /// Starts a topic of a person. `html` is its text.
    pub(in crate::community) async fn publish_topic(
        &self,
        write: &Write<'_>,
        account: Uuid,
        condition: Uuid,
        topic: NewTopic,
        html: String,
    ) -> Result<Published> {
        let title = topic.title.clone();
        let now = self.database.now().0;
        let (id, public_id) = (Uuid::now_v7(), token::public_id()?);
        // Nobody else has an alias in a topic that is not there yet.
        let byline = if topic.anonymous {
            Byline::Alias(1)
        } else {
            Byline::Account(account)
        };
        let row = topic::ActiveModel {
            id: Set(id),
            public_id: Set(public_id.clone()),
            condition_id: Set(condition),
            account_id: Set(byline.account()),
            alias: Set(byline.alias()),
            kind: Set(topic.kind.as_str().to_owned()),
            title_words: Set(topic.words()),
            title: Set(topic.title),
            audience: Set(topic.audience.as_str().to_owned()),
            created_at: Set(now),
            last_post_at: Set(now),
            posts: Set(1),
            expert_answers: Set(0),
            decline_reason: Set(None),
            lock_reason: Set(None),
            hidden_at: Set(None),
        };
        topic::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        let first = Incoming {
            topic: id,
            byline,
            number: 1,
            in_reply_to: None,
            answers_as: None,
            text: topic.text,
            html,
            content_note: topic.content_note,
        };
        if topic.anonymous {
            take_alias(write, &self.database, id, account).await?;
        }
        let post = first.put(write, &title, now).await?;
        self.has_written(
            write,
            byline,
            (account, id, now),
            (EventKind::TopicStarted, id, condition),
        )
        .await?;
        Ok(Published {
            topic: public_id,
            number: 1,
            post,
        })
    }

    /// Puts a post of a person behind the others of a topic; nothing where it is declined by now, or
    /// locked for them. `html` is the text.
    pub(in crate::community) async fn publish_post(
        &self,
        write: &Write<'_>,
        (account, passes_locks): (Uuid, bool),
        topic: &Topic,
        about: About,
        (text, html): (String, String),
    ) -> Result<Option<Published>> {
        let by_expert = about.answers_as == Some(AnswersAs::Expert);
        let now = self.database.now().0;
        // Locks the topic, so that of two posts at once one gets the next number and the other the
        // one after it. Discussions are never declined.
        let row = write
            .on()
            .query_one_raw(self.database.statement(
                "UPDATE topic SET posts = posts + 1, last_post_at = $1, \
                 expert_answers = expert_answers + $2 \
                 WHERE id = $3 AND decline_reason IS NULL AND ($4 OR lock_reason IS NULL) \
                 RETURNING posts",
                vec![
                    now.into(),
                    i64::from(by_expert).into(),
                    topic.id.into(),
                    passes_locks.into(),
                ],
            ))
            .await
            .map_err(to_domain)?;
        let Some(row) = row else {
            return Ok(None);
        };
        let number: i64 = row.try_get("", "posts").map_err(to_domain)?;
        if about
            .in_reply_to
            .is_some_and(|other| !(1..number).contains(&other))
        {
            return Err(Error::invalid(
                "in_reply_to",
                "There is no such post in this discussion.",
            ));
        }
        let byline = if about.anonymous {
            Byline::Alias(take_alias(write, &self.database, topic.id, account).await?)
        } else {
            Byline::Account(account)
        };
        let next = Incoming {
            topic: topic.id,
            byline,
            number,
            in_reply_to: about.in_reply_to,
            answers_as: about.answers_as,
            text,
            html,
            content_note: about.content_note,
        };
        let post = next.put(write, "", now).await?;
        self.has_written(
            write,
            byline,
            (account, topic.id, now),
            (EventKind::PostWritten, post, topic.condition_id),
        )
        .await?;
        Ok(Some(Published {
            topic: topic.line.id.clone(),
            number,
            post,
        }))
    }

    /// Whoever writes in a topic follows it; and that they did is an event, which does not say who where
    /// that must not be said.
    async fn has_written(
        &self,
        write: &Write<'_>,
        byline: Byline,
        (account, topic, now): (Uuid, Uuid, i64),
        (kind, subject, condition): (EventKind, Uuid, Uuid),
    ) -> Result<()> {
        let nameless = byline.alias().is_some();
        let since = if nameless { since_today(now) } else { now };
        put_follow(write, account, topic, since).await?;
        write
            .record_of(byline.account(), kind, subject, condition)
            .await
    }
}
