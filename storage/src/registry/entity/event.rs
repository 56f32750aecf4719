use sea_orm::entity::prelude::*;

/// What was signed or decided, sealed under the participant's consent key. Triggers keep it as it is.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registry_event")]
pub struct Model {
    /// From 1 on, without gaps, for the whole registry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub pseudonym: String,
    pub sealed: Vec<u8>,
    /// Over the row and the hash of the row before.
    pub hash: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
