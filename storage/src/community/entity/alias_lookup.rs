use sea_orm::entity::prelude::*;

/// That somebody has looked up who writes under an alias.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alias_lookup")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In which topic.
    pub topic_id: Uuid,
    /// The alias there.
    pub number: i64,
    /// Who looked it up; nobody once the account is deleted.
    pub account_id: Option<Uuid>,
    /// Why.
    pub reason: String,
    /// When.
    pub looked_up_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
