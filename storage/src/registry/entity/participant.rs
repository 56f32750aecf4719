use sea_orm::entity::prelude::*;

/// That there is somebody, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registry_participant")]
pub struct Model {
    /// What they are called where their name is not known.
    #[sea_orm(primary_key, auto_increment = false)]
    pub pseudonym: String,
    /// The day, in UTC: a moment would tell whose account it is, beside what else was done then.
    pub begun_on: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
