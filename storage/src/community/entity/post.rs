use sea_orm::entity::prelude::*;

/// A post of a topic. The row of a deleted one stays, without a text.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "post")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In which topic.
    pub topic_id: Uuid,
    /// Who wrote it; nobody once the account is deleted.
    pub account_id: Option<Uuid>,
    /// 1 for the first of its topic, without gaps.
    pub number: i64,
    /// Number of the post that it replies to.
    pub in_reply_to: Option<i64>,
    /// Number of the present text.
    pub version: i64,
    /// Markdown.
    pub text: String,
    /// The same as sanitised HTML.
    pub html: String,
    /// When it was written.
    pub created_at: i64,
    /// When it got its present text, if that is not the first one.
    pub edited_at: Option<i64>,
    /// When it was deleted.
    pub deleted_at: Option<i64>,
    /// Whether its author did so; else a moderator.
    pub deleted_by_author: Option<bool>,
    /// Why.
    pub deletion_reason: Option<String>,
    /// Since when it is hidden, if it is; its text is in [`hidden_text`](super::hidden_text).
    pub hidden_at: Option<i64>,
    /// Why.
    pub hidden_reason: Option<String>,
    /// Name of a [`domain::community::AnswersAs`], where it answers a question.
    pub answers_as: Option<String>,
    /// Number of the alias under which it was written, if it was: then it has no account.
    pub alias: Option<i64>,
    /// What its author warns readers of before the text.
    pub content_note: Option<String>,
    /// What a moderator or a leader warns them of instead.
    pub set_note: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
