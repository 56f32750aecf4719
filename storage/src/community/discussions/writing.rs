//! New topics and posts.

use domain::{
    Error, Result,
    account::{Actor, Member, Submission},
    community::{
        AnswersAs, PostDraft, Replying, TopicAudience, TopicKind, check_content_note, check_post,
    },
    event::EventKind,
    policy::Quota,
    text::fold,
};
use sea_orm::{ConnectionTrait, EntityTrait, QueryResult, Set, Value};
use uuid::Uuid;

use super::{
    reading::{Topic, passes_locks},
    render,
};
use crate::{
    catalogue::address,
    community::{
        CommunityStore,
        aliases::{is_by, since_today, take_alias},
        entity::{post, topic},
        forbidden, not_joined,
        notifications::put_follow,
    },
    error::to_domain,
    quota,
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
        };
        post::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        search::put(write.on(), vec![document]).await?;
        Ok(id)
    }
}

impl CommunityStore {
    pub(in crate::community) async fn start_topic(
        &self,
        actor: Actor,
        member: Member,
        slug: &str,
        topic: NewTopic,
        submission: &Submission,
    ) -> Result<String> {
        let condition = address::present(&self.database, slug).await?.id;
        let html = render(&topic.text).await?;
        let title = topic.title.clone();
        let account = member.account.0;
        let (form, quota) = match topic.kind {
            TopicKind::Discussion => ("community/start", Quota::Topics),
            TopicKind::Question => ("community/ask", Quota::Questions),
        };
        let write = Write::begin(&self.database, actor).await?;
        if !write.is_first(form, submission).await? {
            return self
                .last_topic(&write, topic.kind, condition, account)
                .await;
        }
        self.joined_still(&write, condition).await?;
        quota::spend(&write, &self.database, actor, quota).await?;
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
            take_alias(&write, &self.database, id, account).await?;
        }
        first.put(&write, &title, now).await?;
        self.has_written(
            &write,
            byline,
            (account, id, now),
            (EventKind::TopicStarted, id, condition),
        )
        .await?;
        write.commit().await?;
        Ok(public_id)
    }

    pub(super) async fn to_reply(
        &self,
        actor: Actor,
        id: &str,
        to: Option<i64>,
    ) -> Result<Replying> {
        let topic = self.readable(actor, id).await?.of(TopicKind::Discussion)?;
        let post = match to {
            Some(to) => {
                let (posts, _) = self.posts(actor, topic.id, to.saturating_sub(1), 1).await?;
                posts
                    .into_iter()
                    .find(|post| post.number == to && post.is_shown())
            }
            None => None,
        };
        Ok(Replying {
            audience: topic.line.audience,
            joined: topic.joined,
            locked: topic.lock_for(actor),
            topic: topic.link(),
            post,
        })
    }

    pub(super) async fn add_post(
        &self,
        actor: Actor,
        member: Member,
        id: &str,
        draft: PostDraft,
        submission: &Submission,
    ) -> Result<i64> {
        let text = check_post("text", &draft.text)?;
        let content_note = check_content_note("content_note", draft.content_note.as_deref())?;
        let topic = self.readable(actor, id).await?.of(TopicKind::Discussion)?;
        let about = About {
            in_reply_to: draft.in_reply_to,
            answers_as: None,
            anonymous: draft.anonymous,
            content_note,
        };
        self.put_post(actor, member, (topic, about), text, submission)
            .await
    }

    /// Puts a post behind the others, and returns its number.
    pub(in crate::community) async fn put_post(
        &self,
        actor: Actor,
        member: Member,
        (topic, about): (Topic, About),
        text: String,
        submission: &Submission,
    ) -> Result<i64> {
        topic.refuse_if_locked(actor)?;
        let html = render(&text).await?;
        let account = member.account.0;
        let by_expert = about.answers_as == Some(AnswersAs::Expert);
        let form = match topic.line.kind() {
            TopicKind::Discussion => "community/reply",
            TopicKind::Question => "community/answer",
        };
        let write = Write::begin(&self.database, actor).await?;
        if !write.is_first(form, submission).await? {
            return self.last_post(&write, topic.id, account).await;
        }
        if !by_expert {
            self.joined_still(&write, topic.condition_id).await?;
        }
        quota::spend(&write, &self.database, actor, Quota::Posts).await?;
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
                    passes_locks(actor).into(),
                ],
            ))
            .await
            .map_err(to_domain)?;
        let Some(row) = row else {
            drop(write);
            self.readable(actor, &topic.line.id)
                .await?
                .refuse_if_locked(actor)?;
            return Err(forbidden("this question was declined."));
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
            Byline::Alias(take_alias(&write, &self.database, topic.id, account).await?)
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
        let post = next.put(&write, "", now).await?;
        self.has_written(
            &write,
            byline,
            (account, topic.id, now),
            (EventKind::PostWritten, post, topic.condition_id),
        )
        .await?;
        write.commit().await?;
        Ok(number)
    }
}

impl CommunityStore {
    /// Whoever writes in a topic follows it; and that they did is an event.
    async fn has_written(
        &self,
        write: &Write<'_>,
        byline: Byline,
        (account, topic, now): (Uuid, Uuid, i64),
        (kind, subject, condition): (EventKind, Uuid, Uuid),
    ) -> Result<()> {
        let (subject, condition) = (Some(subject), Some(condition));
        match byline {
            Byline::Account(_) => {
                put_follow(write, account, topic, now).await?;
                write.record(kind, subject, condition).await
            }
            Byline::Alias(_) => {
                put_follow(write, account, topic, since_today(now)).await?;
                write.record_unnamed(kind, subject, condition).await
            }
        }
    }

    /// Asked inside of the change: somebody may have left in another tab. Not of a form that is sent
    /// again, which was carried out.
    pub(in crate::community) async fn joined_still(
        &self,
        write: &Write<'_>,
        condition: Uuid,
    ) -> Result<()> {
        if self
            .is_joined_on(write.on(), write.actor(), condition)
            .await?
        {
            Ok(())
        } else {
            Err(not_joined())
        }
    }
}

impl CommunityStore {
    /// What the first sending of the same form has started: the person's last topic there.
    async fn last_topic(
        &self,
        write: &Write<'_>,
        kind: TopicKind,
        condition: Uuid,
        account: Uuid,
    ) -> Result<String> {
        let sql = format!(
            "SELECT t.public_id FROM topic t WHERE t.condition_id = $1 AND t.kind = $2 AND {} \
             ORDER BY t.created_at DESC, t.id DESC LIMIT 1",
            is_by("t", "t.id", "$3")
        );
        let values = vec![condition.into(), kind.as_str().into(), account.into()];
        let row = self.one(write, &sql, values).await?;
        row.try_get("", "public_id").map_err(to_domain)
    }

    /// The same for a post.
    async fn last_post(&self, write: &Write<'_>, topic: Uuid, account: Uuid) -> Result<i64> {
        let sql = format!(
            "SELECT p.number FROM post p WHERE p.topic_id = $1 AND {} \
             ORDER BY p.number DESC LIMIT 1",
            is_by("p", "p.topic_id", "$2")
        );
        let values = vec![topic.into(), account.into()];
        let row = self.one(write, &sql, values).await?;
        row.try_get("", "number").map_err(to_domain)
    }

    async fn one(&self, write: &Write<'_>, sql: &str, values: Vec<Value>) -> Result<QueryResult> {
        let statement = self.database.statement(sql, values);
        let row = write.on().query_one_raw(statement).await;
        row.map_err(to_domain)?.ok_or(Error::NotFound)
    }
}
