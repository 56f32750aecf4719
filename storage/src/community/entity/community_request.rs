use sea_orm::entity::prelude::*;

/// That a person asks for the community of a condition that the catalogue does not have.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "community_request")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters, for its address.
    #[sea_orm(unique)]
    pub public_id: String,
    /// Who asks.
    pub account_id: Uuid,
    /// The condition's name.
    pub name: String,
    /// Why: plain text.
    pub why: String,
    /// Links to sources, one a line.
    pub links: String,
    /// Whether they would lead it.
    pub leads: bool,
    /// Name of a [`domain::community::RequestState`].
    pub state: String,
    /// What who decided says, else nothing.
    pub words: String,
    /// The condition that there is now, or was before.
    pub condition_id: Option<Uuid>,
    /// When it was made.
    pub made_at: i64,
    /// When it was decided.
    pub decided_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
