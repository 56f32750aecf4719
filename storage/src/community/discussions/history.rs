//! The texts that a post has had, compared with each other.

use std::time::Duration;

use domain::{
    Error, Result,
    account::Actor,
    community::{PostChange, PostHistory, PostVersion},
    time::Timestamp,
};
use sea_orm::{DbErr, QueryResult};

use crate::{
    changes,
    community::CommunityStore,
    diff,
    error::{internal, to_domain},
    wiki::markdown,
};

/// Texts of a post that are shown.
const VERSIONS: usize = 50;
/// How long is taken to compare all of them, at most: longer for few than for each of many.
const PATIENCE: Duration = Duration::from_millis(60);

/// A text as it is in the database.
struct Row {
    number: i64,
    text: String,
    html: String,
    saved: i64,
    /// Its own note.
    note: Option<String>,
    /// The author's note of the present text.
    present_note: Option<String>,
    /// What a moderator or a leader put before all of them.
    set_note: Option<String>,
}

impl Row {
    fn read(row: &QueryResult) -> std::result::Result<Self, DbErr> {
        Ok(Self {
            number: row.try_get("", "number")?,
            text: row.try_get("", "text")?,
            html: row.try_get("", "html")?,
            saved: row.try_get("", "saved_at")?,
            note: row.try_get("", "content_note")?,
            present_note: row.try_get("", "present_note")?,
            set_note: row.try_get("", "set_note")?,
        })
    }

    /// What readers are warned of before it.
    fn shown_note(&self) -> Option<&str> {
        let own = self.note.as_deref().or(self.present_note.as_deref());
        self.set_note.as_deref().or(own)
    }

    fn change_from(&self, before: &Self, patience: Duration) -> PostChange {
        let differ = |from: &str, to: &str| {
            let changes = || diff::changes_within(patience, from, to);
            (from != to).then(changes).unwrap_or_default()
        };
        let note = |row: &Self| row.note.clone().unwrap_or_default();
        PostChange {
            text: differ(&before.text, &self.text),
            note: differ(&note(before), &note(self)),
            content_note: either(self.shown_note(), before.shown_note()),
        }
    }
}

/// The notes of two texts, for what shows both.
fn either(one: Option<&str>, other: Option<&str>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Some(format!("{one}, {other}")),
        (one, other) => one.or(other).map(str::to_owned),
    }
}

/// Rows, the present one first, as they are shown. Behind the last one that is shown there may be one
/// more, which it is compared with.
fn compared(rows: Vec<Row>) -> Vec<PostVersion> {
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX).max(1);
    let patience = PATIENCE / count;
    let changes: Vec<_> = rows
        .windows(2)
        .map(|pair| Some(pair[0].change_from(&pair[1], patience)))
        .chain([None])
        .collect();
    rows.into_iter()
        .zip(changes)
        .take(VERSIONS)
        .map(|(row, change)| PostVersion {
            number: row.number,
            content_note: row.shown_note().map(str::to_owned),
            html: markdown::stored(row.html),
            saved: Timestamp(row.saved),
            change,
        })
        .collect()
}

impl CommunityStore {
    pub(super) async fn past(&self, actor: Actor, id: &str, number: i64) -> Result<PostHistory> {
        let topic = self.readable(actor, id).await?;
        let one = "p.topic_id = $1 AND p.number = $2 AND p.deleted_at IS NULL \
                   AND p.hidden_at IS NULL";
        let sql = format!(
            "SELECT p.version AS number, p.text, p.html, p.content_note, \
             p.content_note AS present_note, p.set_note, \
             coalesce(p.edited_at, p.created_at) AS saved_at FROM post p WHERE {one} UNION ALL \
             SELECT v.number, v.text, v.html, v.content_note, p.content_note, p.set_note, v.saved_at \
             FROM post p \
             JOIN post_version v ON v.post_id = p.id WHERE {one} \
             ORDER BY number DESC LIMIT {}",
            VERSIONS + 1
        );
        let values = vec![topic.id.into(), number.into()];
        let reading = self.database.query(&sql, values);
        let rows = changes::of_topic(id, reading).await.map_err(to_domain)?;
        if rows.is_empty() {
            return Err(Error::NotFound);
        }
        let rows: std::result::Result<Vec<_>, DbErr> = rows.iter().map(Row::read).collect();
        let rows = rows.map_err(to_domain)?;
        let versions = tokio::task::spawn_blocking(move || compared(rows))
            .await
            .map_err(|error| internal(&error))?;
        Ok(PostHistory {
            topic: topic.link(),
            number,
            versions,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_two_texts_is_behind_the_notes_of_both() {
        let both = |one, other| either(one, other).unwrap_or_default();
        assert_eq!(both(None, None), "");
        assert_eq!(both(Some("a"), None), "a");
        assert_eq!(both(None, Some("b")), "b");
        assert_eq!(both(Some("a"), Some("a")), "a");
        assert_eq!(both(Some("a"), Some("b")), "a, b");
    }
}
