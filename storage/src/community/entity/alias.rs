use sea_orm::entity::prelude::*;

/// Who writes in a topic without showing their name: the one row that says it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alias")]
pub struct Model {
    /// In which topic.
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic_id: Uuid,
    /// 1 for the first alias of its topic.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// Who.
    pub account_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
