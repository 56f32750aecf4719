use sea_orm::entity::prelude::*;

/// One section of one condition in one language.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "section")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub condition_id: Uuid,
    pub kind: String,
    pub language: String,
    /// The revision that is shown.
    pub head_id: Option<Uuid>,
    /// Name of a [`domain::policy::Protection`].
    pub protection: Option<String>,
    pub protection_reason: Option<String>,
    pub protection_ends_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
