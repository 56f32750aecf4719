use sea_orm::entity::prelude::*;

/// What a hidden post said. It is moved here, so that whatever reads posts finds nothing.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hidden_text")]
pub struct Model {
    /// Which post.
    #[sea_orm(primary_key, auto_increment = false)]
    pub post_id: Uuid,
    /// By which decision.
    pub moderation_id: Uuid,
    /// Markdown.
    pub text: String,
    /// The same as sanitised HTML.
    pub html: String,
    /// The title of its topic, where it is the first post.
    pub title: String,
    /// The same as it is searched.
    pub title_words: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
