use sea_orm::entity::prelude::*;

/// A link by which a participant takes over. The name is made of the participant under their consent key,
/// so that a new link takes the place of the former, and nobody else can tell whose it is.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registry_hand_over")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// Of whom and by whom, under the key of the site.
    pub sealed: Vec<u8>,
    /// The last day on which it is good, in UTC.
    pub expires_on: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
