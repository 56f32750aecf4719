use sea_orm::entity::prelude::*;

/// That staff have looked at who a participant is. Who, when and why is sealed under the participant's consent key.
/// Triggers keep it as it is; it can be closed once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registry_access")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub pseudonym: String,
    /// The day: a moment would tell whose it is, beside the letter that is sent.
    pub opened_on: String,
    pub sealed: Vec<u8>,
    /// When whoever opened it has closed it.
    pub closed_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
