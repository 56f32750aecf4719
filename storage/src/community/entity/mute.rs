use sea_orm::entity::prelude::*;

/// Whom a person does not want to read.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mute")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters, for forms.
    #[sea_orm(unique)]
    pub public_id: String,
    /// Who mutes.
    pub account_id: Uuid,
    /// Who is muted; nobody where it is an alias.
    pub muted_account_id: Option<Uuid>,
    /// Where, if it is an alias or somebody without a name, else everywhere.
    pub topic_id: Option<Uuid>,
    /// Number of the alias that is muted in the topic.
    pub alias: Option<i64>,
    /// Since when.
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
