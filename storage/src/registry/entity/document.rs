use sea_orm::entity::prelude::*;

/// A version of what somebody signs. Triggers keep it as it is.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registry_document")]
pub struct Model {
    /// Name of a [`domain::registry::consent::DocumentFor`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub whom: String,
    /// ISO 639-1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub language: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    /// A [`domain::registry::consent::Document`], as JSON.
    pub content: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
