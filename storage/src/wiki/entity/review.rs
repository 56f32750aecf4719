use sea_orm::entity::prelude::*;

/// That an expert has read a revision.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub section_id: Uuid,
    pub revision_number: i64,
    /// Empty once the reviewer has deleted their account.
    pub reviewer_id: Option<Uuid>,
    /// What ties the reviewer to products or firms.
    pub interests: String,
    pub created_at: i64,
    /// When somebody should look again.
    pub due_at: i64,
    /// Whether it is the latest of its section.
    pub is_last: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
