//! The methods of reports, for the walk along all of them.

use domain::{
    Result,
    account::Actor,
    community::{ReportDraft, ReportReason, ReportState, ReportSubject, Reports},
    wiki::SectionKind,
};
use sea_orm::{EntityTrait, Set};
use storage::community::entity::report_case;

use crate::{bed::Bed, people::submission};

/// Asks for it with something sensible.
pub(crate) async fn ask(bed: &Bed, method: &str, actor: Actor) -> Result<()> {
    let reports = bed.storage.communities();
    let key = uuid::Uuid::new_v4().to_string();
    let subject = ReportSubject::Section {
        slug: "alpha".to_owned(),
        kind: SectionKind::Cause,
    };
    match method {
        "reports.reporting" => reports.reporting(actor, &subject).await.map(drop),
        "reports.report" => {
            let draft = ReportDraft {
                reason: ReportReason::Spam,
                text: String::new(),
            };
            let key = submission(&key);
            reports.report(actor, &subject, draft, &key).await
        }
        "reports.own_reports" => reports.own_reports(actor, None).await.map(drop),
        "reports.cases" => reports.cases(actor, false, None).await.map(drop),
        "reports.case" => {
            let id = opened(bed).await;
            reports.case(actor, &id).await.map(drop)
        }
        "reports.note_case" => {
            let (id, key) = (opened(bed).await, submission(&key));
            reports.note_case(actor, &id, "A walk", &key).await
        }
        "reports.close_case" => {
            let id = opened(bed).await;
            let upheld = ReportState::Upheld;
            reports.close_case(actor, &id, upheld, "A walk").await
        }
        other => panic!("{other} is not walked"),
    }
}

/// A case about something that has gone, each time another.
async fn opened(bed: &Bed) -> String {
    let id = uuid::Uuid::new_v4();
    let public_id = id.simple().to_string()[..10].to_owned();
    let row = report_case::ActiveModel {
        id: Set(id),
        public_id: Set(public_id.clone()),
        kind: Set("post".to_owned()),
        subject: Set(format!("post:{public_id}")),
        copy_title: Set("A walk".to_owned()),
        copy_text: Set("A walk".to_owned()),
        place: Set(1),
        reports: Set(0),
        opened_at: Set(0),
        state: Set("open".to_owned()),
        answer: Set(String::new()),
        ..Default::default()
    };
    report_case::Entity::insert(row)
        .exec_without_returning(&bed.connection().await)
        .await
        .unwrap();
    public_id
}
