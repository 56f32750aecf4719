use sea_orm::entity::prelude::*;

/// All reports about one thing until moderators have decided.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_case")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ten random characters, for its address.
    #[sea_orm(unique)]
    pub public_id: String,
    /// What it is: see [`domain::community::ReportSubject::kind`].
    pub kind: String,
    /// What tells it from all others. There is one open case of each.
    pub subject: String,
    /// In which topic, where it is a post.
    pub topic_id: Option<Uuid>,
    /// Which post of the topic.
    pub post_number: Option<i64>,
    /// Which resource.
    pub resource_id: Option<Uuid>,
    /// Whose profile.
    pub member_id: Option<Uuid>,
    /// On whose page, where it is a section or a tip.
    pub condition_id: Option<Uuid>,
    /// Name of a [`domain::wiki::SectionKind`], where it is a section.
    pub section: Option<String>,
    /// Which entry, where it is a tip.
    pub tip: Option<String>,
    /// The revision that was reported, or in which the tip was new.
    pub revision_number: Option<i64>,
    /// What it was called when it was reported first.
    pub copy_title: String,
    /// What it said.
    pub copy_text: String,
    /// 0 where somebody may be in danger, else 1: the order of the queue.
    pub place: i64,
    /// How many people have reported it.
    pub reports: i64,
    /// When it was reported first.
    pub opened_at: i64,
    /// Name of a [`domain::community::ReportState`].
    pub state: String,
    /// What those who reported it are told.
    pub answer: String,
    /// When it was closed.
    pub closed_at: Option<i64>,
    /// By whom.
    pub closed_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
