use sea_orm::entity::prelude::*;

/// For whom the items of an account's profile are, and the text. There is one for each account.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "profile")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Name of a [`domain::policy::Audience`], like the others.
    pub name_audience: String,
    /// Markdown.
    pub about: String,
    /// The same as sanitised HTML.
    pub about_html: String,
    /// Who sees the text.
    pub about_audience: String,
    /// Who sees the picture.
    pub picture_audience: String,
    /// Who finds the person in lists of members.
    pub listed_audience: String,
    /// Whether search engines may list what visitors see.
    pub for_search_engines: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
