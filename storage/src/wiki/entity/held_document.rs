use sea_orm::entity::prelude::*;

/// What one page of a source says, which an import did not show.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "held_document")]
pub struct Model {
    /// UUID v7, by which the event log names it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters.
    pub public_id: String,
    /// Under which it was filed.
    pub condition_id: Uuid,
    pub subject: String,
    pub source_name: String,
    pub source_year: i32,
    pub source_url: String,
    pub source_incomplete: bool,
    /// Name of a [`domain::wiki::HoldReason`].
    pub reason: String,
    /// Where characters were lost; else empty.
    pub damage: String,
    /// `waiting`, `shown` or `discarded`.
    pub state: String,
    /// With whose texts it is shown.
    pub shown_condition_id: Option<Uuid>,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
