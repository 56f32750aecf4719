use sea_orm::entity::prelude::*;

/// What a moderator has noted about a case for the others.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_note")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// About which case.
    pub case_id: Uuid,
    /// Who. Empty for the operator, and for who has gone since.
    pub account_id: Option<Uuid>,
    /// Plain text.
    pub text: String,
    /// When.
    pub written_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
