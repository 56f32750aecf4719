//! What puts texts into the index. The database takes them out by itself: triggers (migration 18) empty
//! or delete the row of a text when it changes, is deleted, or is no longer shown.

use domain::Result;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Set, sea_query::OnConflict};
use uuid::Uuid;

use super::{entity, snippet::plain, words::indexed};
use crate::error::to_domain;

/// The rows of one statement.
const CHUNK: usize = 500;

/// A text that is there now.
#[derive(Debug)]
pub(crate) struct Document(entity::ActiveModel);

impl Document {
    /// A section that is a text.
    pub(crate) fn section(id: Uuid, html: &str) -> Self {
        Self::of("section", id, "", &plain(html))
    }

    /// A post; the first one of a topic has its title.
    pub(crate) fn post(id: Uuid, title: &str, html: &str) -> Self {
        Self::of("post", id, title, &plain(html))
    }

    /// A resource that has been approved.
    pub(crate) fn resource(id: Uuid, title: &str, description: &str) -> Self {
        Self::of("resource", id, title, description)
    }

    fn of(kind: &str, id: Uuid, title: &str, text: &str) -> Self {
        Self(entity::ActiveModel {
            kind: Set(kind.to_owned()),
            subject_id: Set(id),
            title: Set(indexed(title)),
            body: Set(indexed(text)),
            ..Default::default()
        })
    }
}

/// Puts texts into the index, over what was there of them.
pub(crate) async fn put<C: ConnectionTrait>(on: &C, documents: Vec<Document>) -> Result<()> {
    insert(on, documents).await.map_err(to_domain)
}

/// The same where the database's own error is wanted.
pub(crate) async fn insert<C: ConnectionTrait>(
    on: &C,
    documents: Vec<Document>,
) -> std::result::Result<(), DbErr> {
    let mut documents = documents.into_iter().map(|Document(row)| row).peekable();
    while documents.peek().is_some() {
        let rows: Vec<_> = documents.by_ref().take(CHUNK).collect();
        let over = OnConflict::column(entity::Column::SubjectId)
            .update_columns([entity::Column::Title, entity::Column::Body])
            .to_owned();
        entity::Entity::insert_many(rows)
            .on_conflict(over)
            .exec_without_returning(on)
            .await?;
    }
    Ok(())
}
