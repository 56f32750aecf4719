use sea_orm::entity::prelude::*;

/// One saved text of a section. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revision")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub number: i64,
    pub id: Uuid,
    pub section_id: Uuid,
    pub base_id: Option<Uuid>,
    pub language: String,
    pub markdown: String,
    /// Rendered and sanitised when it is saved, and when references get other numbers.
    pub html: String,
    /// `starter`, `import` or `person`.
    pub origin: String,
    pub author_id: Option<Uuid>,
    pub source_name: Option<String>,
    pub source_year: Option<i32>,
    pub source_url: Option<String>,
    /// Whether the file that it is from has lost characters.
    pub source_incomplete: bool,
    pub created_at: i64,
    /// What the author says about the change.
    pub summary: String,
    /// The earlier revision whose text it has.
    pub restored_number: Option<i64>,
    /// Of a list: its entries as JSON; the text tells them.
    pub entries: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::section::Entity",
        from = "Column::SectionId",
        to = "super::section::Column::Id"
    )]
    Section,
}

impl Related<super::section::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Section.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
