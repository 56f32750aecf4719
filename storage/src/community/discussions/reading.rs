//! Topics and posts as somebody reads them. What is not for them does not leave here.

use domain::{
    Error, Result, SafeHtml,
    account::Actor,
    catalogue::ConditionLink,
    community::{
        AnswersAs, Deletion, Hidden, POSTS_ON_PAGE, Post, QuestionState, TopicAudience, TopicKind,
        TopicLine, TopicLink, TopicPage, TopicScope,
    },
    policy::{Action, CommunityRole, Scope, permit, permit_in},
    time::Timestamp,
};
use sea_orm::{DbErr, QueryResult, Value};
use uuid::Uuid;

use crate::{
    DatabaseKind,
    account::IN_GOOD_STANDING,
    changes,
    community::{
        CommunityStore,
        aliases::{author_or_alias, is_by},
        forbidden, leaders, muting, reactions,
    },
    error::to_domain,
    profile,
    token::storable,
    wiki::{author_columns, markdown},
};

/// Whether a person has joined a community. Both are given by SQL: the account, and the condition.
fn has_joined(person: &str, condition: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM membership m \
         WHERE m.account_id = {person} AND m.condition_id = {condition})"
    )
}

/// The SQL of a scope: whether the topic in the row `t` is for the person `$1`. Says the same as
/// `TopicAudience::admits` with `TopicScope::reader`.
pub(crate) fn admits(scope: TopicScope) -> String {
    match scope {
        TopicScope::Visitor => "t.audience = 'everyone'".to_owned(),
        TopicScope::Member(_) => format!(
            "(t.audience IN ('everyone', 'members') OR {})",
            has_joined("$1", "t.condition_id")
        ),
        TopicScope::Moderator(_) => "1 = 1".to_owned(),
    }
}

/// Whether the person in the row `account` has one of these roles, and the code that it takes.
pub(in crate::community) fn holds(roles: &str) -> String {
    format!(
        "(EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = account.id \
         AND r.role IN ({roles})) \
         AND EXISTS (SELECT 1 FROM second_factor s WHERE s.account_id = account.id \
         AND s.set_up_at IS NOT NULL))"
    )
}

/// Whether the topic in the row `t` is for the person in the row `account`, who is in good standing:
/// the same for many people at once, who do not ask themselves.
pub(in crate::community) fn admits_account() -> String {
    format!(
        "({IN_GOOD_STANDING} AND (t.audience IN ('everyone', 'members') OR {} OR {}))",
        has_joined("account.id", "t.condition_id"),
        holds("'moderator', 'administrator'"),
    )
}

/// What of topics of a kind is in lists: of one that was deleted before anybody replied nothing is left
/// to read.
pub(in crate::community) fn listed(kind: TopicKind) -> String {
    format!(
        "AND t.kind = '{}' AND (t.title <> '' OR t.posts > 1) ",
        kind.as_str()
    )
}

/// The rows of topics that a condition admits, as the person `$1` sees them.
pub(in crate::community) fn topic_sql(actor: Actor, admitted: &str) -> String {
    format!(
        "SELECT t.id AS topic_id, t.public_id, t.kind, \
         CASE WHEN t.title <> '' THEN t.alias END AS alias, \
         t.alias AS started_as, t.expert_answers, t.decline_reason, \
         t.lock_reason, t.hidden_at, t.title, t.audience, t.posts, t.created_at, \
         t.last_post_at, t.condition_id, c.slug, c.name, \
         CASE WHEN {} THEN 1 ELSE 0 END AS joined, \
         CASE WHEN {} THEN 1 ELSE 0 END AS started_it, \
         CASE WHEN EXISTS (SELECT 1 FROM topic_follow f WHERE f.account_id = $1 \
         AND f.topic_id = t.id) THEN 1 ELSE 0 END AS following, {} AS muted, {} \
         FROM topic t JOIN condition c ON c.id = t.condition_id \
         LEFT JOIN account ON account.id = t.account_id AND t.title <> '' \
         LEFT JOIN profile ON profile.account_id = account.id \
         WHERE {admitted} ",
        has_joined("$1", "t.condition_id"),
        is_by("t", "t.id", "$1"),
        muting::muted_by(
            actor,
            muting::Writer {
                account: "account.id",
                topic: "t.id",
                alias: "CASE WHEN t.title <> '' THEN t.alias END",
            }
        ),
        author_columns(Scope::of(actor)),
    )
}

/// A topic that is for who asks.
pub(in crate::community) struct Topic {
    pub(in crate::community) id: Uuid,
    pub(in crate::community) condition_id: Uuid,
    /// Whether they have joined its community.
    pub(in crate::community) joined: bool,
    /// Whether they have started it.
    pub(in crate::community) own: bool,
    /// Number of the alias under which it was started, if it was.
    pub(in crate::community) alias: Option<i64>,
    /// Whether they follow it.
    pub(in crate::community) following: bool,
    pub(in crate::community) condition: ConditionLink,
    pub(in crate::community) line: TopicLine,
    /// Why it was declined, if it is a question and was.
    pub(in crate::community) declined: Option<String>,
    /// Why nobody but moderators writes in it, if it is locked.
    pub(in crate::community) locked: Option<String>,
}

/// Whether somebody writes where it is locked.
pub(in crate::community) fn passes_locks(actor: Actor) -> bool {
    permit(actor, Action::ModerateContent).is_ok()
}

impl Topic {
    pub(in crate::community) fn read(row: &QueryResult) -> std::result::Result<Self, DbErr> {
        let title: String = row.try_get("", "title")?;
        let kind: String = row.try_get("", "kind")?;
        let kind = TopicKind::from_name(&kind);
        let declined: Option<String> = row.try_get("", "decline_reason")?;
        let hidden: Option<i64> = row.try_get("", "hidden_at")?;
        let expert_answers: i64 = row.try_get("", "expert_answers")?;
        let state = QuestionState::of(declined.is_some(), expert_answers);
        let audience: String = row.try_get("", "audience")?;
        Ok(Self {
            id: row.try_get("", "topic_id")?,
            condition_id: row.try_get("", "condition_id")?,
            joined: row.try_get::<i32>("", "joined")? == 1,
            own: row.try_get::<i32>("", "started_it")? == 1,
            alias: row.try_get("", "started_as")?,
            following: row.try_get::<i32>("", "following")? == 1,
            condition: ConditionLink {
                slug: row.try_get("", "slug")?,
                name: row.try_get("", "name")?,
            },
            line: TopicLine {
                id: row.try_get("", "public_id")?,
                words: kind.words(&title),
                deleted: title.is_empty(),
                title: shown_title(kind, title, hidden.is_some()),
                author: author_or_alias(row)?,
                audience: TopicAudience::from_name(&audience),
                posts: row.try_get("", "posts")?,
                started: Timestamp(row.try_get("", "created_at")?),
                last_post: Timestamp(row.try_get("", "last_post_at")?),
                question: (kind == TopicKind::Question).then_some(state),
                muted: row.try_get::<i32>("", "muted")? == 1,
            },
            declined,
            locked: row.try_get("", "lock_reason")?,
        })
    }

    /// Why who asks does not write in it, if it is locked for them.
    pub(in crate::community) fn lock_for(&self, actor: Actor) -> Option<String> {
        self.locked.clone().filter(|_| !passes_locks(actor))
    }

    /// Refuses who does not write in it because it is locked.
    pub(in crate::community) fn refuse_if_locked(&self, actor: Actor) -> Result<()> {
        match self.lock_for(actor) {
            Some(reason) => Err(forbidden(&format!(
                "this {} is locked. Reason: {reason}",
                self.line.kind().as_str()
            ))),
            None => Ok(()),
        }
    }

    /// It, if it is of a kind.
    pub(in crate::community) fn of(self, kind: TopicKind) -> Result<Self> {
        if self.line.kind() == kind {
            Ok(self)
        } else {
            Err(Error::NotFound)
        }
    }

    pub(in crate::community) fn link(self) -> TopicLink {
        TopicLink {
            kind: self.line.kind(),
            id: self.line.id,
            words: self.line.words,
            title: self.line.title,
            condition: self.condition,
        }
    }
}

/// A title, or what stands in its place where it is deleted or hidden.
pub(crate) fn shown_title(kind: TopicKind, title: String, hidden: bool) -> String {
    if !title.is_empty() {
        title
    } else if hidden {
        kind.hidden_title().to_owned()
    } else {
        kind.deleted_title().to_owned()
    }
}

/// The rows of posts `p` of topics `t`, as the person `$1` sees them.
pub(in crate::community) fn post_sql(actor: Actor, kind: DatabaseKind) -> String {
    format!(
        "SELECT p.number, p.html, p.created_at, p.edited_at, p.in_reply_to, p.deleted_at, \
         p.deleted_by_author, p.deletion_reason, p.hidden_at, p.hidden_reason, p.answers_as, \
         CASE WHEN p.hidden_at IS NULL THEN coalesce(p.set_note, p.content_note) END \
         AS content_note, \
         CASE WHEN p.hidden_at IS NULL AND p.set_note IS NOT NULL THEN 1 ELSE 0 END AS note_set, \
         CASE WHEN p.deleted_at IS NULL AND p.hidden_at IS NULL THEN p.alias END AS alias, \
         CASE WHEN account.id = t.account_id OR (p.deleted_at IS NULL \
         AND p.hidden_at IS NULL AND p.alias = t.alias) THEN 1 ELSE 0 END AS asked, \
         CASE WHEN p.deleted_at IS NULL AND {} THEN 1 ELSE 0 END AS own, {} AS muted, {}, {}, {} \
         FROM post p JOIN topic t ON t.id = p.topic_id \
         LEFT JOIN account ON account.id = p.account_id AND p.deleted_at IS NULL \
         AND p.hidden_at IS NULL \
         LEFT JOIN profile ON profile.account_id = account.id ",
        is_by("p", "p.topic_id", "$1"),
        muting::muted_author(actor),
        leaders::is_leader("account.id", "t.condition_id"),
        reactions::column(kind),
        author_columns(Scope::of(actor)),
    )
}

pub(in crate::community) fn post(row: &QueryResult) -> std::result::Result<Post, DbErr> {
    let answers_as: Option<String> = row.try_get("", "answers_as")?;
    let asked = row.try_get::<i32>("", "asked")? == 1;
    let deleted: Option<i64> = row.try_get("", "deleted_at")?;
    let edited: Option<i64> = row.try_get("", "edited_at")?;
    let reason: Option<String> = row.try_get("", "deletion_reason")?;
    let by_author: Option<bool> = row.try_get("", "deleted_by_author")?;
    let hidden: Option<i64> = row.try_get("", "hidden_at")?;
    let hidden_reason: Option<String> = row.try_get("", "hidden_reason")?;
    let muted: Option<i32> = row.try_get("", "muted")?;
    Ok(Post {
        number: row.try_get("", "number")?,
        author: author_or_alias(row)?,
        alias: row.try_get("", "alias")?,
        html: if deleted.is_some() || hidden.is_some() {
            SafeHtml::default()
        } else {
            markdown::stored(row.try_get("", "html")?)
        },
        written: Timestamp(row.try_get("", "created_at")?),
        edited: edited.map(Timestamp),
        in_reply_to: row.try_get("", "in_reply_to")?,
        own: row.try_get::<i32>("", "own")? == 1,
        deleted: deleted.map(|at| Deletion {
            by_author: by_author.unwrap_or_default(),
            reason: reason.unwrap_or_default(),
            at: Timestamp(at),
        }),
        hidden: hidden.filter(|_| deleted.is_none()).map(|at| Hidden {
            at: Timestamp(at),
            reason: hidden_reason.unwrap_or_default(),
            title: None,
            decision: None,
        }),
        answers_as: answers_as.map(|name| AnswersAs::from_name(&name, asked)),
        content_note: row.try_get("", "content_note")?,
        note_set: row.try_get::<i32>("", "note_set")? == 1,
        may_note: false,
        reactions: reactions::counts(row)?,
        by_leader: row.try_get::<i32>("", "by_leader")? == 1,
        muted: muted.map(|muted| muted == 1),
    })
}

/// Who asks, as the parameter `$1`.
pub(in crate::community) fn person(actor: Actor) -> Value {
    profile::parameter(Scope::of(actor))
}

/// Says of posts whether who asks may set their content notes.
pub(in crate::community) fn offer_notes(actor: Actor, role: CommunityRole, posts: &mut [Post]) {
    let may_note = permit_in(actor, Action::SetContentNotes, role).is_ok();
    for post in posts {
        post.may_note = may_note && !post.own && post.is_shown();
    }
}

pub(in crate::community) fn may_write(actor: Actor, joined: bool) -> bool {
    joined && permit(actor, Action::WritePosts).is_ok()
}

impl CommunityStore {
    pub(in crate::community) async fn topics_of(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<Vec<Topic>> {
        let rows = self.database.query(sql, values).await.map_err(to_domain)?;
        let topics: std::result::Result<Vec<_>, _> = rows.iter().map(Topic::read).collect();
        topics.map_err(to_domain)
    }

    /// The topic with an id, if it is for who asks.
    pub(in crate::community) async fn readable(&self, actor: Actor, id: &str) -> Result<Topic> {
        let sql = topic_sql(actor, &admits(TopicScope::of(actor))) + "AND t.public_id = $2";
        let values = vec![person(actor), storable(id)?.into()];
        changes::of_topic(id, self.topic_of(&sql, values)).await
    }

    /// The same if it is theirs alone to delete a post of it: whoever has left still takes back what
    /// they wrote.
    pub(super) async fn readable_or_own(
        &self,
        actor: Actor,
        id: &str,
        number: i64,
    ) -> Result<Topic> {
        let admitted = format!(
            "({} OR EXISTS (SELECT 1 FROM post p WHERE p.topic_id = t.id AND p.number = $3 \
             AND {}))",
            admits(TopicScope::of(actor)),
            is_by("p", "t.id", "$1")
        );
        let sql = topic_sql(actor, &admitted) + "AND t.public_id = $2";
        let values = vec![person(actor), storable(id)?.into(), number.into()];
        self.topic_of(&sql, values).await
    }

    async fn topic_of(&self, sql: &str, values: Vec<Value>) -> Result<Topic> {
        let row = self.database.query_one(sql, values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        Topic::read(&row).map_err(to_domain)
    }

    pub(super) async fn page(
        &self,
        actor: Actor,
        id: &str,
        after: Option<i64>,
    ) -> Result<TopicPage> {
        let topic = self.readable(actor, id).await?;
        // Each page has one address, and there is none behind the last post.
        let begins =
            |after: i64| after % POSTS_ON_PAGE == 0 && (1..topic.line.posts).contains(&after);
        if !after.is_none_or(begins) {
            return Err(Error::NotFound);
        }
        let reading = self.posts(actor, topic.id, after.unwrap_or_default(), POSTS_ON_PAGE);
        let (mut posts, next) = changes::of_topic(id, reading).await?;
        let role = self.role_in(actor, &topic).await?;
        offer_notes(actor, role, &mut posts);
        let pinned = self.pin_of(actor, topic.id, role).await?;
        let may_write = may_write(actor, topic.joined) && topic.lock_for(actor).is_none();
        let draft_saved = if may_write {
            self.draft_saved(actor, topic.id).await?
        } else {
            None
        };
        Ok(TopicPage {
            pinned,
            draft_saved,
            next,
            posts,
            joined: topic.joined,
            may_write,
            moderates: permit(actor, Action::DeletePosts).is_ok(),
            following: actor.member().map(|_| topic.following),
            locked: topic.locked,
            condition: topic.condition,
            line: topic.line,
        })
    }

    /// So many posts of a topic behind the one with a number, and the number of the last one where
    /// there are more.
    pub(in crate::community) async fn posts(
        &self,
        actor: Actor,
        topic: Uuid,
        after: i64,
        most: i64,
    ) -> Result<(Vec<Post>, Option<i64>)> {
        let sql = format!(
            "{}WHERE p.topic_id = $2 AND p.number > $3 ORDER BY p.number LIMIT {}",
            post_sql(actor, self.database.kind()),
            most + 1
        );
        let values = vec![person(actor), topic.into(), after.into()];
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let posts: std::result::Result<Vec<_>, _> = rows.iter().map(post).collect();
        let mut posts = posts.map_err(to_domain)?;
        let most = usize::try_from(most).unwrap_or_default();
        let more = posts.len() > most;
        posts.truncate(most);
        let next = posts.last().filter(|_| more).map(|last| last.number);
        self.reveal(actor, topic, &mut posts).await?;
        Ok((posts, next))
    }
}
