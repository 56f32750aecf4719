use sea_orm::entity::prelude::*;

/// That a person is in the community of a condition.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub condition_id: Uuid,
    /// Name of a [`domain::policy::Audience`].
    pub audience: String,
    /// Whether it is the one that the person calls home; at most one is.
    pub home: bool,
    /// What the name of the person is sorted by, as in the account: so a community's index has it.
    pub name_key: String,
    /// Whether visitors find the person in the list of the community's members.
    pub public: bool,
    /// When they joined.
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
