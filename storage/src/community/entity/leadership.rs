use sea_orm::entity::prelude::*;

/// That a person leads a community, is invited to, or did.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "leadership")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters, for forms.
    #[sea_orm(unique)]
    pub public_id: String,
    /// Who.
    pub account_id: Uuid,
    /// Which.
    pub condition_id: Uuid,
    /// Name of a [`domain::community::LeadershipState`].
    pub state: String,
    /// What they say of themselves as a leader.
    pub words: String,
    /// Why somebody else has ended it, else nothing.
    pub reason: String,
    /// Who invited them.
    pub appointed_by: Option<Uuid>,
    /// When.
    pub invited_at: i64,
    /// Since when it is what it is.
    pub since: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
