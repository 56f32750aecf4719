use sea_orm::entity::prelude::*;

/// What a study says it is about: kept so that its conditions can be found again whenever the
/// catalogue changes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trial_subject")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub nct_id: String,
    /// "name" or "code".
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// A name as it is written, or a code with its system.
    #[sea_orm(primary_key, auto_increment = false)]
    pub value: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
