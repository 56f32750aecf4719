use sea_orm::entity::prelude::*;

/// That a person is told of a post, of the page of a condition, or of a decision. Who wrote it, and what, is looked up
/// when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notification")]
pub struct Model {
    /// Grows with time.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Who is told.
    pub account_id: Uuid,
    /// In which topic the post is, where it is about one.
    pub topic_id: Option<Uuid>,
    /// Its number there.
    pub post_number: Option<i64>,
    /// Whose page it is, where it is about one.
    pub condition_id: Option<Uuid>,
    /// Of which day since 1 January 1970 in UTC: there is one for each page and day at most.
    pub day: Option<i64>,
    /// Public id of the decision, where it is about one: of a row of
    /// [`content_moderation`](super::content_moderation) or `moderation_action`.
    pub decision: Option<String>,
    /// Name of a [`domain::community::NotificationKind`].
    pub kind: String,
    /// When they were told.
    pub created_at: i64,
    /// When they marked it as read.
    pub read_at: Option<i64>,
    /// When a letter is due about it, if one is.
    pub mail_at: Option<i64>,
    /// When it went into a letter, or was left out of one because it was not for them any more.
    pub mailed_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
