use sea_orm::entity::prelude::*;

/// A condition that a person has named.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_condition")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub condition_id: Uuid,
    /// Name of a [`domain::policy::Audience`].
    pub audience: String,
    /// Whether it is the person's home condition; at most one is.
    pub home: bool,
    /// When it was named.
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
