use sea_orm::entity::prelude::*;

/// That a study is about a condition: one row for each country in which it has a place, and one with
/// no country, so that every list runs along the primary key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, DeriveEntityModel)]
#[sea_orm(table_name = "trial_condition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub condition_id: Uuid,
    /// As the register spells it; empty in the row of all countries.
    #[sea_orm(primary_key, auto_increment = false)]
    pub country: String,
    /// [`domain::trials::Recruitment::rank`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub rank: i32,
    /// As in `trial`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub updated: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub nct_id: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
