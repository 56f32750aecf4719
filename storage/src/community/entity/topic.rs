use sea_orm::entity::prelude::*;

/// What posts are about.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "topic")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters, for its address.
    #[sea_orm(unique)]
    pub public_id: String,
    /// In whose community.
    pub condition_id: Uuid,
    /// Who started it; nobody once the account is deleted.
    pub account_id: Option<Uuid>,
    /// Name of a [`domain::community::TopicKind`].
    pub kind: String,
    /// One line.
    pub title: String,
    /// Name of a [`domain::community::TopicAudience`].
    pub audience: String,
    /// When it was started.
    pub created_at: i64,
    /// When the last post was written.
    pub last_post_at: i64,
    /// Number of the last post.
    pub posts: i64,
    /// The title of a question as it is searched: folded, with a blank in front. Else nothing.
    pub title_words: String,
    /// How many answers of experts there are that are neither deleted nor hidden.
    pub expert_answers: i64,
    /// Why a question was declined, if it was.
    pub decline_reason: Option<String>,
    /// Number of the alias under which it was started, if it was: then it has no account.
    pub alias: Option<i64>,
    /// Why nobody but moderators writes in it, if it is locked.
    pub lock_reason: Option<String>,
    /// Since when its first post is hidden with the title, if it is.
    pub hidden_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
