use sea_orm::entity::prelude::*;

/// That members have hidden a name or code of a condition, whoever gave it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hidden_name")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub condition_id: Uuid,
    /// `name` or `code`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// Key of the synonym, or the code with its prefix.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name_key: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
