use sea_orm::entity::prelude::*;

/// A link in a mail that has not been used.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_link")]
pub struct Model {
    /// SHA-256 of the token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    /// Name of a [`domain::account::LinkPurpose`].
    pub purpose: String,
    /// Whose, where there is an account yet.
    pub account_id: Option<Uuid>,
    /// The address as it is compared, where there is no account yet.
    pub address_key: Option<String>,
    /// The account's when it was made.
    pub generation: i64,
    /// What it sets once it is used, as JSON.
    pub content: String,
    /// When it stops working.
    pub expires_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
