use sea_orm::entity::prelude::*;

/// That somebody has read so many pages of lists of members in a day that they got no more.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_list_walk")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// On which day, counted from 1 January 1970 in UTC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i64,
    /// How many pages they did not get.
    pub refused: i64,
    /// Whether an administrator has looked at it.
    pub noted: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
