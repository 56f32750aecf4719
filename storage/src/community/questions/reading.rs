//! Questions and their answers as somebody reads them.

use std::fmt::Write as _;

use domain::{
    Error, Result,
    account::Actor,
    catalogue::Resolved,
    community::{
        AnswersAs, AnswersPage, POSTS_ON_PAGE, Post, QuestionList, QuestionThread, TopicKind,
        TopicLine, TopicScope, check_question, search_words,
    },
    policy::{Action, permit},
};
use sea_orm::DbErr;
use uuid::Uuid;

use crate::{
    catalogue::address,
    community::{
        CommunityStore,
        discussions::reading::{
            admits, listed, may_write, offer_notes, person, post, post_sql, topic_sql,
        },
    },
    error::to_domain,
};

/// Questions that are shown to who asks another one.
const SIMILAR: usize = 5;

/// The place of an answer among the others: the name under which it was given, and its number.
type Place = (String, i64);

/// Before the first one.
const FIRST: &str = "";

impl CommunityStore {
    pub(super) async fn question_list(
        &self,
        actor: Actor,
        slug: &str,
        after: Option<&str>,
    ) -> Result<Resolved<QuestionList>> {
        let condition = match address::at(&self.database, slug).await? {
            Resolved::Here(condition) => condition,
            Resolved::Moved { slug } => return Ok(Resolved::Moved { slug }),
        };
        let (kind, community) = (TopicKind::Question, Some(condition.id));
        let (questions, next) = self.lines(actor, kind, community, (after, true)).await?;
        let joined = self.is_joined(actor, condition.id).await?;
        Ok(Resolved::Here(QuestionList {
            since: condition.since,
            condition: condition.link,
            questions: questions.into_iter().map(|topic| topic.line).collect(),
            next,
            joined,
        }))
    }

    /// Questions are few in one community, so that all of its titles are looked at.
    pub(super) async fn questions_like(
        &self,
        actor: Actor,
        slug: &str,
        title: &str,
    ) -> Result<Vec<TopicLine>> {
        let title = check_question("title", title)?;
        let condition = address::present(&self.database, slug).await?.id;
        let words = search_words(&title);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut values = vec![person(actor), condition.into()];
        let (mut any, mut shared) = (String::new(), String::new());
        for word in words {
            // A folded word has no sign that means something to LIKE.
            values.push(format!("% {word}%").into());
            let has = format!("t.title_words LIKE ${}", values.len());
            let or = if any.is_empty() { "" } else { " OR " };
            // Writing to a String cannot fail.
            let _ = write!(any, "{or}{has}");
            let plus = if shared.is_empty() { "" } else { " + " };
            let _ = write!(shared, "{plus}CASE WHEN {has} THEN 1 ELSE 0 END");
        }
        let sql = format!(
            "{}{}AND t.condition_id = $2 AND ({any}) \
             ORDER BY {shared} DESC, t.last_post_at DESC, t.id DESC LIMIT {SIMILAR}",
            topic_sql(actor, &admits(TopicScope::of(actor))),
            listed(TopicKind::Question),
        );
        let topics = self.topics_of(&sql, values).await?;
        Ok(topics.into_iter().map(|topic| topic.line).collect())
    }

    pub(super) async fn question_page(
        &self,
        actor: Actor,
        id: &str,
        page: AnswersPage,
    ) -> Result<QuestionThread> {
        let topic = self.readable_question(actor, id).await?;
        let place = match page {
            AnswersPage::First => None,
            AnswersPage::After(number) => {
                Some(self.place(topic.id, number).await?.ok_or(Error::NotFound)?)
            }
            AnswersPage::With(number) => self.before_page_with(topic.id, number).await?,
        };
        let after = place.as_ref().map(|(_, number)| *number);
        let (details, answer_count, mut answers) =
            self.answers_behind(actor, topic.id, place).await?;
        // There is no page behind the last answer.
        if after.is_some() && answers.is_empty() {
            return Err(Error::NotFound);
        }
        let most = usize::try_from(POSTS_ON_PAGE).unwrap_or_default();
        let more = answers.len() > most;
        answers.truncate(most);
        let mut details = vec![details];
        self.reveal(actor, topic.id, &mut details).await?;
        let role = self.role_in(actor, &topic).await?;
        offer_notes(actor, role, &mut details);
        offer_notes(actor, role, &mut answers);
        let details = details.pop().ok_or(Error::NotFound)?;
        self.reveal(actor, topic.id, &mut answers).await?;
        let is_open = topic.lock_for(actor).is_none();
        let answers_as = AnswersAs::of(actor, topic.joined, topic.own).filter(|_| is_open);
        let draft_saved = if answers_as.is_some() {
            self.draft_saved(actor, topic.id).await?
        } else {
            None
        };
        Ok(QuestionThread {
            draft_saved,
            next: answers.last().filter(|_| more).map(|last| last.number),
            details,
            answers,
            answer_count,
            after,
            joined: topic.joined,
            answers_as,
            may_write: may_write(actor, topic.joined) && is_open,
            moderates: permit(actor, Action::DeletePosts).is_ok(),
            may_decline: permit(actor, Action::DeclineQuestions).is_ok(),
            following: actor.member().map(|_| topic.following),
            condition: topic.condition,
            line: topic.line,
            declined: topic.declined,
            locked: topic.locked,
        })
    }

    /// The first post, how many answers there are, and those behind a place: one more than a page has.
    async fn answers_behind(
        &self,
        actor: Actor,
        topic: Uuid,
        place: Option<Place>,
    ) -> Result<(Post, i64, Vec<Post>)> {
        let posts = post_sql(actor, self.database.kind());
        // One statement: the first post says how many answers there are, without what its author adds.
        let sql = format!(
            "SELECT d.*, (SELECT count(*) FROM post a JOIN topic q ON q.id = a.topic_id \
             WHERE a.topic_id = $2 AND a.answers_as IS NOT NULL AND a.deleted_at IS NULL \
             AND a.hidden_at IS NULL \
             AND (a.account_id IS NULL OR q.account_id IS NULL OR a.account_id <> q.account_id) \
             AND (a.alias IS NULL OR q.alias IS NULL OR a.alias <> q.alias)) \
             AS answer_count FROM ({posts}WHERE p.topic_id = $2 AND p.number = 1) AS d \
             UNION ALL SELECT a.*, 0 AS answer_count FROM ({posts}WHERE p.topic_id = $2 \
             AND p.answers_as IS NOT NULL AND (p.answers_as, p.number) > ($3, $4) \
             ORDER BY p.answers_as, p.number LIMIT {}) AS a",
            POSTS_ON_PAGE + 1
        );
        let (name, number) = place.unwrap_or((FIRST.to_owned(), 0));
        let values = vec![person(actor), topic.into(), name.into(), number.into()];
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let mut details = None;
        let mut answers = Vec::new();
        for row in &rows {
            let one = post(row).map_err(to_domain)?;
            if one.answers_as.is_none() {
                let count: i64 = row.try_get("", "answer_count").map_err(to_domain)?;
                details = Some((one, count));
            } else {
                answers.push(one);
            }
        }
        // A union promises no order.
        answers.sort_by_key(|answer| (answer.answers_as.map(AnswersAs::as_str), answer.number));
        let (details, count) = details.ok_or(Error::NotFound)?;
        Ok((details, count, answers))
    }

    /// Where an answer is among the others.
    async fn place(&self, topic: Uuid, number: i64) -> Result<Option<Place>> {
        let sql = "SELECT p.answers_as, p.number FROM post p \
             WHERE p.topic_id = $1 AND p.number = $2 AND p.answers_as IS NOT NULL";
        self.place_of(sql, vec![topic.into(), number.into()]).await
    }

    /// The answer behind which the page begins that has an answer on it; nothing for the first page.
    async fn before_page_with(&self, topic: Uuid, number: i64) -> Result<Option<Place>> {
        let Some((name, number)) = self.place(topic, number).await? else {
            return Ok(None);
        };
        let sql = "SELECT count(*) AS before FROM post p WHERE p.topic_id = $1 \
             AND p.answers_as IS NOT NULL AND (p.answers_as, p.number) < ($2, $3)";
        let values = vec![topic.into(), name.into(), number.into()];
        let row = self.database.query_one(sql, values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        let before: i64 = row.try_get("", "before").map_err(to_domain)?;
        let begins = before / POSTS_ON_PAGE * POSTS_ON_PAGE;
        if begins == 0 {
            return Ok(None);
        }
        let sql = format!(
            "SELECT p.answers_as, p.number FROM post p \
             WHERE p.topic_id = $1 AND p.answers_as IS NOT NULL \
             ORDER BY p.answers_as, p.number LIMIT 1 OFFSET {}",
            begins - 1
        );
        self.place_of(&sql, vec![topic.into()]).await
    }

    async fn place_of(&self, sql: &str, values: Vec<sea_orm::Value>) -> Result<Option<Place>> {
        let row = self.database.query_one(sql, values).await;
        let Some(row) = row.map_err(to_domain)? else {
            return Ok(None);
        };
        let place = || -> std::result::Result<Place, DbErr> {
            Ok((row.try_get("", "answers_as")?, row.try_get("", "number")?))
        };
        place().map(Some).map_err(to_domain)
    }
}
