use sea_orm::entity::prelude::*;

/// What somebody has begun to write in a community. What is published is not here any more, and whether it
/// would be without a name never was: so nothing here joins an account and an alias.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "post_draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters, others each time it is saved.
    #[sea_orm(unique)]
    pub version: String,
    /// Whose.
    pub account_id: Uuid,
    /// In whose community it begins a topic; nothing where it will be in one.
    pub condition_id: Option<Uuid>,
    /// In which topic it will be; nothing where it begins one.
    pub topic_id: Option<Uuid>,
    /// Name of a [`domain::community::TopicKind`]: what it begins.
    pub kind: Option<String>,
    /// The title of what it begins; else empty.
    pub title: String,
    /// Markdown.
    pub text: String,
    pub content_note: Option<String>,
    /// Number of the post that it would reply to.
    pub in_reply_to: Option<i64>,
    pub saved_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
