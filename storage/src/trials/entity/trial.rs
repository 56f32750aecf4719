use sea_orm::entity::prelude::*;

/// A study of a public register.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trial")]
pub struct Model {
    /// Its number there.
    #[sea_orm(primary_key, auto_increment = false)]
    pub nct_id: String,
    /// What is shown of it: a [`domain::trials::Trial`] as JSON.
    pub facts: String,
    /// Whether people under 18 can take part.
    pub child: bool,
    /// The same from 18 to 64.
    pub adult: bool,
    /// The same from 65 on.
    pub older_adult: bool,
    /// The date of its last update there, as exactly as it is known; empty where it is not.
    pub updated: String,
    /// Of all that the register says, to see whether that has changed.
    pub fingerprint: String,
    /// When it last did.
    pub changed_at: i64,
    /// When it was last read in.
    pub read_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
