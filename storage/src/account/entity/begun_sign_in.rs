use sea_orm::entity::prelude::*;

/// Somebody has entered the right password and has to enter a code.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "begun_sign_in")]
pub struct Model {
    /// SHA-256 of the token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    /// Who.
    pub account_id: Uuid,
    /// Of the account, when the password was entered: another password ends it.
    pub generation: i64,
    /// How many were entered.
    pub wrong_codes: i64,
    /// Until when.
    pub expires_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
