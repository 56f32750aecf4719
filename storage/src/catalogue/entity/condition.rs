use sea_orm::entity::prelude::*;

/// A condition, or a family of the tree.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "condition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `condition`, or `family` for a grouping without a page of its own.
    pub rank: String,
    pub curie: String,
    pub slug: String,
    pub name: String,
    /// Whether `name` was chosen by people; imports then leave it alone.
    pub name_curated: bool,
    pub ontology_name: String,
    /// The name folded, compared bytewise.
    pub sort_key: String,
    pub letter: String,
    pub summary: Option<String>,
    pub definition: Option<String>,
    /// The family of the breadcrumb.
    pub family_id: Option<Uuid>,
    pub source_id: Uuid,
    /// SHA-256 of the term as it was read, in hexadecimal.
    pub fingerprint: String,
    pub withdrawn: bool,
    pub merged_into: Option<Uuid>,
    /// How many conditions are below a family.
    pub members: i32,
    pub created_at: i64,
    pub updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
