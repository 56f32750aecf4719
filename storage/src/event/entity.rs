use sea_orm::entity::prelude::*;

/// One thing that happened. Holds no text and no name: readers fetch the subject and check again
/// whether it may be seen.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Given by the sequencer after the commit; readers tail by it.
    pub sequence: Option<i64>,
    /// Microseconds since 1970, UTC.
    pub time: i64,
    /// Kind of actor.
    pub actor: String,
    /// Who, where it was a person.
    pub actor_id: Option<Uuid>,
    /// Name of a [`domain::event::EventKind`].
    pub kind: String,
    /// What it happened to.
    pub subject_id: Option<Uuid>,
    /// Whose community it concerns.
    pub community_id: Option<Uuid>,
    /// SHA-256 over this row and the hash before it, by the sequencer.
    pub hash: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
