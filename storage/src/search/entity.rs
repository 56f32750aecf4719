use sea_orm::entity::prelude::*;

/// The words of a text that is there now, as they are searched.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_document")]
pub struct Model {
    /// The later a text came, the higher.
    #[sea_orm(primary_key)]
    pub number: i64,
    /// `section`, `post` or `resource`.
    pub kind: String,
    /// The section, post or resource.
    #[sea_orm(unique)]
    pub subject_id: Uuid,
    /// Words of the title.
    pub title: String,
    /// Words of the text.
    pub body: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
