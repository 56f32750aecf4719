use sea_orm::entity::prelude::*;

/// That the person concerned objects to a decision: about a post, or about an account.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appeal")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters, for its address.
    #[sea_orm(unique)]
    pub public_id: String,
    /// To what was done with a post or a topic,
    #[sea_orm(unique)]
    pub content_moderation_id: Option<Uuid>,
    /// or with an account.
    #[sea_orm(unique)]
    pub moderation_action_id: Option<Uuid>,
    /// Why: plain text.
    pub words: String,
    /// Name of a [`domain::community::AppealState`].
    pub state: String,
    /// When it was made.
    pub made_at: i64,
    /// What who decided says, else nothing.
    pub answer: String,
    /// When it was decided.
    pub decided_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
