use sea_orm::entity::prelude::*;

/// The picture of an account.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "picture")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Ten random characters that change with the picture.
    pub version: String,
    /// A square JPEG as we have written it ourselves.
    pub jpeg: Vec<u8>,
    /// When it was set.
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
