use sea_orm::entity::prelude::*;

/// What a member recommends.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters, for its address.
    #[sea_orm(unique)]
    pub public_id: String,
    /// In whose community.
    pub condition_id: Uuid,
    /// Who suggested it; nobody once the account is deleted.
    pub account_id: Option<Uuid>,
    /// Name of a [`domain::community::ResourceState`].
    pub state: String,
    /// Name of a [`domain::community::ResourceKind`].
    pub kind: String,
    /// One line.
    pub title: String,
    /// One paragraph, or nothing.
    pub description: String,
    /// Where it is.
    pub link: String,
    /// What is the same for links to the same page: [`domain::community::link_key`].
    pub link_key: String,
    /// A [`domain::time::PartialDate`].
    pub published: Option<String>,
    /// Code of a [`domain::community::ResourceLanguage`].
    pub language: String,
    /// Why it was declined or removed, else nothing.
    pub reason: String,
    /// When it was suggested.
    pub created_at: i64,
    /// When it got its present state, unless it waits.
    pub decided_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
