use sea_orm::entity::prelude::*;

/// A former text of a post.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "post_version")]
pub struct Model {
    /// Of which post.
    #[sea_orm(primary_key, auto_increment = false)]
    pub post_id: Uuid,
    /// 1 for the text as it was first written.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// Markdown.
    pub text: String,
    /// The same as sanitised HTML.
    pub html: String,
    /// When it was saved.
    pub saved_at: i64,
    /// What readers were warned of before the text.
    pub content_note: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
