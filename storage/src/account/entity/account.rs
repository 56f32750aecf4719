use sea_orm::entity::prelude::*;

/// A person who has confirmed their address.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters, the public name.
    pub handle: String,
    /// As typed.
    pub email: String,
    /// As compared: lower case.
    pub email_key: String,
    /// The name that others see.
    pub display_name: String,
    /// Name of a [`domain::account::Relation`].
    pub relation: Option<String>,
    /// Two letters of ISO 3166-1.
    pub country: Option<String>,
    /// The name as it is searched and sorted: [`domain::text::fold`].
    pub name_key: String,
    /// PHC string of Argon2id.
    pub password_hash: String,
    /// Name of a [`domain::account::Standing`].
    pub standing: String,
    /// When a suspension ends by itself.
    pub suspended_until: Option<i64>,
    /// Counts changes of address and password: a link in an email is good for one of them.
    pub generation: i64,
    /// How many of the person's texts somebody else has accepted, one for each section and day.
    pub accepted_edits: i64,
    /// In how many sections.
    pub accepted_sections: i64,
    /// Written on how many days.
    pub accepted_days: i64,
    /// By how many people.
    pub accepted_deciders: i64,
    /// When the address was confirmed.
    pub created_at: i64,
    /// When anything here changed.
    pub updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
