use sea_orm::entity::prelude::*;

/// A text that waits for somebody to look at it, or has been looked at.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    /// UUID v7, by which the event log names it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters.
    pub public_id: String,
    pub section_id: Uuid,
    /// Number of the revision that it builds on.
    pub base_number: Option<i64>,
    /// Empty once the author has deleted their account.
    pub author_id: Option<Uuid>,
    pub markdown: String,
    /// Of a list: all its entries, as in a revision.
    pub entries: Option<String>,
    pub summary: String,
    /// Name of a [`domain::wiki::ProposalState`].
    pub state: String,
    /// Why it was declined.
    pub reason: String,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<i64>,
    /// Number of the revision that it became.
    pub revision_number: Option<i64>,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
