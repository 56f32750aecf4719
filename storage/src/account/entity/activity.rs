use sea_orm::entity::prelude::*;

/// A sign-in or sign-out, as the person sees it in their settings.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_activity")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose.
    pub account_id: Uuid,
    /// Name of a [`domain::account::ActivityKind`].
    pub kind: String,
    /// Browser and system, in words.
    pub device: String,
    /// When.
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
