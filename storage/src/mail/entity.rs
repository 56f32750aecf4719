use sea_orm::entity::prelude::*;

/// A letter that has not been sent yet.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// UUID v7; names the letter to mail servers.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Address.
    pub recipient: String,
    /// A [`domain::mail::Letter`] as JSON.
    pub letter: String,
    /// How often sending has failed.
    pub attempts: i32,
    /// When to try next.
    pub due_at: i64,
    /// When a sender took it in hand.
    pub claimed_at: Option<i64>,
    /// When it was written.
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
