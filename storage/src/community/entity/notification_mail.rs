use sea_orm::entity::prelude::*;

/// When a person gets email about notifications: names of [`domain::community::MailFrequency`]. Whoever
/// has not chosen and got no letter has no row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notification_mail")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// About replies to them.
    pub replies: String,
    /// About posts that mention them.
    pub mentions: String,
    /// About posts in topics that they follow.
    pub topics: String,
    /// About communities and pages that they follow.
    pub communities: String,
    /// When the last letter was written; 0 where none was.
    pub sent_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
