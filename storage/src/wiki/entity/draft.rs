use sea_orm::entity::prelude::*;

/// A text that somebody has begun and not saved.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Of which section.
    #[sea_orm(primary_key, auto_increment = false)]
    pub section_id: Uuid,
    /// Names it among those of its author and section.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Number of the revision that it builds on.
    pub base_number: Option<i64>,
    pub markdown: String,
    pub summary: String,
    pub updated_at: i64,
    /// Whether it comes from two texts that collided, with marks around what differs.
    pub collided: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
