use sea_orm::entity::prelude::*;

/// What a person's codes are made of.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The shared secret of RFC 6238, encrypted: see [`crate::MasterKey`].
    pub secret: Vec<u8>,
    /// When the secret was made.
    pub begun_at: i64,
    /// When the first code came; until then signing in takes none.
    pub set_up_at: Option<i64>,
    /// Time step of the last code: none counts that is of this one or an earlier one.
    pub last_step: i64,
    /// Wrong codes for signing in since the last right one.
    pub wrong_codes: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
