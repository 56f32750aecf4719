use sea_orm::entity::prelude::*;

/// What somebody new has written, until a leader has read it. What is published is not here any more, so
/// that of a post under an alias nothing but the table of aliases says whose it is.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "first_post")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters.
    #[sea_orm(unique)]
    pub public_id: String,
    /// In whose community.
    pub condition_id: Uuid,
    /// Who wrote it.
    pub account_id: Uuid,
    /// In which topic it will be; nothing where it begins one.
    pub topic_id: Option<Uuid>,
    /// Name of a [`domain::community::TopicKind`]: what it begins, or what the topic is.
    pub kind: String,
    /// The title of what it begins.
    pub title: Option<String>,
    /// Name of a [`domain::community::TopicAudience`]: for whom what it begins will be.
    pub audience: Option<String>,
    /// Number of the post that it replies to.
    pub in_reply_to: Option<i64>,
    /// Name of a [`domain::community::AnswersAs`].
    pub answers_as: Option<String>,
    /// Markdown.
    pub text: String,
    pub content_note: Option<String>,
    /// Whether its author will be shown under an alias.
    pub anonymous: bool,
    pub created_at: i64,
    /// When it was declined, if it was.
    pub declined_at: Option<i64>,
    /// Why.
    pub reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
