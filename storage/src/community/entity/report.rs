use sea_orm::entity::prelude::*;

/// What one person says in a case.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters, for its person's list.
    #[sea_orm(unique)]
    pub public_id: String,
    /// In which case.
    pub case_id: Uuid,
    /// Who. Each once in a case.
    pub account_id: Uuid,
    /// Name of a [`domain::community::ReportReason`].
    pub reason: String,
    /// Plain text.
    pub text: String,
    /// When.
    pub made_at: i64,
    /// When they added to it.
    pub added_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
