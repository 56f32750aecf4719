//! Reports: making them, the queue, cases, and what their people are told.

use domain::{
    Error, Result,
    account::{Accounts, Actor, Role},
    community::{
        CaseLine, Discussions, NotificationKind, NotificationSubject, Outcomes, OwnReport,
        ReportCase, ReportDraft, ReportReason, ReportState, ReportSubject, Reports, TopicAudience,
    },
    policy::Audience,
    profile::{ProfileDraft, Profiles},
    wiki::SectionKind,
};

use crate::{
    bed::Bed,
    people::{PASSWORD, field, password, submission},
    resources::recommended,
    writers::{ALPHA, BETA},
};

contract! {
    reports_about_one_thing_are_one_case,
    a_case_is_closed_once_and_everybody_is_told,
    the_queue_begins_with_danger_and_goes_on,
    everything_that_has_an_address_can_be_reported,
    both_sides_have_a_history,
    a_copy_is_kept_for_six_months,
}

use TopicAudience::{Community, Everyone};

pub(crate) fn of(reason: ReportReason, text: &str) -> ReportDraft {
    ReportDraft {
        reason,
        text: text.to_owned(),
    }
}

pub(crate) fn post(topic: &str, number: i64) -> ReportSubject {
    ReportSubject::Post {
        topic: topic.to_owned(),
        number,
    }
}

impl Bed {
    pub(crate) async fn report(
        &self,
        actor: Actor,
        subject: &ReportSubject,
        draft: ReportDraft,
    ) -> Result<()> {
        let key = submission(&uuid::Uuid::new_v4().to_string());
        let reports = self.storage.communities();
        reports.report(actor, subject, draft, &key).await
    }

    pub(crate) async fn open_cases(&self, actor: Actor) -> Vec<CaseLine> {
        let cases = self.storage.communities().cases(actor, false, None).await;
        cases.unwrap().cases
    }

    pub(crate) async fn case(&self, actor: Actor, id: &str) -> ReportCase {
        self.storage.communities().case(actor, id).await.unwrap()
    }

    pub(crate) async fn own_reports(&self, actor: Actor) -> Vec<OwnReport> {
        let own = self.storage.communities().own_reports(actor, None).await;
        own.unwrap().reports
    }

    pub(crate) async fn close(&self, actor: Actor, id: &str, state: ReportState) -> Result<()> {
        let reports = self.storage.communities();
        reports
            .close_case(actor, id, state, "We have read it.")
            .await
    }
}

async fn reports_about_one_thing_are_one_case(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.writer(2, None).await;
    let emmy = bed.writer(3, None).await;
    let moderator = bed.writer(4, Some(Role::Moderator)).await;
    let id = bed.start(ada, ALPHA, "Buy this", Everyone).await.unwrap();
    let subject = post(&id, 1);
    let before = bed.changed();
    bed.report(grace, &subject, of(ReportReason::Spam, ""))
        .await
        .unwrap();
    bed.seconds_pass(60);
    let words = of(ReportReason::Other, " It is\r\nan advertisement. ");
    bed.report(emmy, &subject, words).await.unwrap();
    let [line] = bed.open_cases(moderator).await.try_into().unwrap();
    assert_eq!(
        (line.kind.as_str(), line.title.as_str()),
        ("post", "Buy this")
    );
    assert_eq!((line.reports, line.urgent), (2, false));
    assert_eq!(line.state, ReportState::Open);
    let case = bed.case(moderator, &line.id).await;
    assert_eq!(case.subject, Some(subject.clone()));
    assert_eq!(case.topic.as_ref().unwrap().id, id);
    assert_eq!(case.copy.as_deref(), Some("The *first* post."));
    let said: Vec<_> = case
        .reports
        .iter()
        .map(|report| (report.by.handle.as_deref(), report.text.as_str()))
        .collect();
    assert_eq!(
        said,
        [(Some("h2"), ""), (Some("h3"), "It is\nan advertisement.")]
    );
    assert_eq!(case.person.unwrap().author.handle.as_deref(), Some("h1"));
    // The same person adds to their report, once. Danger comes first from then on.
    let reporting = bed.storage.communities().reporting(grace, &subject).await;
    assert!(reporting.unwrap().already);
    bed.report(grace, &subject, of(ReportReason::Danger, "More."))
        .await
        .unwrap();
    let again = bed
        .report(grace, &subject, of(ReportReason::Danger, "Again."))
        .await;
    assert_eq!(field(again), "text");
    let case = bed.case(moderator, &line.id).await;
    assert_eq!((case.line.reports, case.line.urgent), (2, true));
    let first = &case.reports[0];
    assert_eq!(
        (first.reason, first.text.as_str()),
        (ReportReason::Danger, "More.")
    );
    assert_eq!(bed.changed(), before, "visitors are shown nothing of it");
    let kinds = "SELECT kind FROM event WHERE kind LIKE '%report%' ORDER BY time, id";
    assert_eq!(bed.texts(kinds).await, ["community.report_made"; 3]);
}

async fn a_case_is_closed_once_and_everybody_is_told(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.writer(2, None).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let other = bed.writer(4, Some(Role::Administrator)).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let subject = post(&id, 1);
    for actor in [grace, other] {
        let report = of(ReportReason::Insults, "");
        bed.report(actor, &subject, report).await.unwrap();
    }
    let reports = bed.storage.communities();
    let case = bed.open_cases(moderator).await[0].id.clone();
    let key = submission("a note");
    for _ in 0..2 {
        let note = reports.note_case(moderator, &case, " Ask\nher first. ", &key);
        note.await.unwrap();
    }
    let other_key = submission("empty");
    let empty = reports.note_case(moderator, &case, " ", &other_key);
    assert_eq!(field(empty.await), "text");
    let notes = bed.case(other, &case).await.notes;
    let notes: Vec<_> = notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["Ask\nher first."], "sent twice, it is there once");
    let open = bed.close(moderator, &case, ReportState::Open).await;
    assert_eq!(field(open), "state");
    let silent = reports.close_case(moderator, &case, ReportState::Upheld, " ");
    assert_eq!(field(silent.await), "text");
    bed.close(moderator, &case, ReportState::Upheld)
        .await
        .unwrap();
    let late = bed.close(other, &case, ReportState::NotUpheld).await;
    assert_eq!(late, Err(Error::Conflict));
    let closed = bed.case(other, &case).await;
    assert_eq!(closed.line.state, ReportState::Upheld);
    assert_eq!(closed.closed.unwrap().0.handle.as_deref(), Some("h3"));
    assert!(bed.open_cases(other).await.is_empty());
    let list = reports.cases(other, true, None).await.unwrap();
    assert_eq!(list.cases.len(), 1);

    bed.tell().await;
    for (actor, told) in [
        (grace, true),
        (other, true),
        (ada, false),
        (moderator, false),
    ] {
        let notifications = bed.told(actor).await;
        let expected = [(NotificationKind::Report, NotificationSubject::Reports)];
        let found: Vec<_> = notifications
            .into_iter()
            .map(|one| (one.kind, one.subject))
            .collect();
        assert_eq!(found, expected[..usize::from(told)]);
    }
    assert!(bed.letters().await.is_empty());
    let [own] = bed.own_reports(grace).await.try_into().unwrap();
    assert_eq!(own.state, ReportState::Upheld);
    assert_eq!(own.answer, "We have read it.");
    assert_eq!(own.subject, Some(subject.clone()));
    assert_eq!(bed.own_reports(ada).await, []);
    // What is reported after that is another case.
    bed.report(grace, &subject, of(ReportReason::Spam, ""))
        .await
        .unwrap();
    assert_ne!(bed.open_cases(other).await[0].id, case);
    assert_eq!(bed.own_reports(grace).await.len(), 2);
}

async fn the_queue_begins_with_danger_and_goes_on(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    let grace = bed.writer(2, Some(Role::Moderator)).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    for number in 2..=36 {
        bed.reply(ada, &id, "So.").await.unwrap();
        // Some in the same instant.
        bed.seconds_pass(number % 2);
        let reason = if number % 10 == 0 {
            ReportReason::Danger
        } else {
            ReportReason::Spam
        };
        let report = bed.report(grace, &post(&id, number), of(reason, "")).await;
        report.unwrap();
    }
    let reports = bed.storage.communities();
    let first = reports.cases(moderator, false, None).await.unwrap();
    assert_eq!(first.cases.len(), 30);
    let urgent: Vec<bool> = first.cases.iter().map(|case| case.urgent).collect();
    assert_eq!(urgent[..4], [true, true, true, false]);
    let next = reports.cases(moderator, false, first.next.as_deref()).await;
    let next = next.unwrap();
    assert_eq!((next.cases.len(), &next.next), (5, &None));
    let mut ids: Vec<_> = first.cases.iter().chain(&next.cases).collect();
    assert!(
        ids[3..].is_sorted_by_key(|case| case.opened) && ids[..3].is_sorted_by_key(|c| c.opened)
    );
    ids.sort_by(|a, b| a.id.cmp(&b.id));
    ids.dedup_by(|a, b| a.id == b.id);
    assert_eq!(ids.len(), 35);
    for case in &first.cases {
        bed.seconds_pass(1);
        bed.close(moderator, &case.id, ReportState::NotUpheld)
            .await
            .unwrap();
    }
    let closed = reports.cases(moderator, true, None).await.unwrap();
    assert_eq!((closed.cases.len(), &closed.next), (30, &None));
    assert_eq!(closed.cases[0].id, first.cases[29].id);
    // What was closed since the page before still has its place.
    let after = first.next.as_deref();
    let behind = reports.cases(moderator, false, after).await.unwrap();
    assert_eq!(behind.cases, next.cases);
    for nowhere in ["0000000000", "a\0b"] {
        let list = reports.cases(moderator, false, Some(nowhere)).await;
        assert_eq!(list, Err(Error::NotFound), "{nowhere}");
    }
    let own = reports.own_reports(grace, None).await.unwrap();
    assert_eq!(own.reports.len(), 30);
    let rest = reports.own_reports(grace, own.next.as_deref()).await;
    assert_eq!(rest.unwrap().reports.len(), 5);
    let anothers = reports.own_reports(moderator, own.next.as_deref()).await;
    assert_eq!(anothers, Err(Error::NotFound));
}

async fn everything_that_has_an_address_can_be_reported(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.writer(2, None).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let resource = bed
        .suggest(ada, ALPHA, recommended("A guide", "https://example.org/a"))
        .await
        .unwrap();
    bed.approve(moderator, &resource).await.unwrap();
    let profile = ProfileDraft {
        name: "Person 1".to_owned(),
        name_audience: Audience::Members,
        about: "Buy **this**.".to_owned(),
        about_audience: Audience::OnlyMe,
        listed_audience: Audience::OnlyMe,
        for_search_engines: false,
    };
    bed.storage.profiles().change(ada, profile).await.unwrap();
    bed.save(ALPHA, SectionKind::Cause, "A cause.").await;
    bed.add_tip(ALPHA, "Rest", "Often.").await;
    let tip = bed.page(ALPHA).await.tips[0].id.clone();
    let slug = || ALPHA.to_owned();
    for (subject, title, text) in [
        (
            ReportSubject::Resource { id: resource },
            "A guide",
            "What it is.\nhttps://example.org/a",
        ),
        (
            ReportSubject::Member {
                handle: "h1".to_owned(),
            },
            "Person 1",
            // Which is not for her.
            "",
        ),
        (
            ReportSubject::Section {
                slug: slug(),
                kind: SectionKind::Cause,
            },
            "Cause: Alpha disease",
            "A cause.",
        ),
        (
            ReportSubject::Tip {
                slug: slug(),
                id: tip,
            },
            "Rest",
            "Often.",
        ),
    ] {
        let reporting = bed.storage.communities().reporting(grace, &subject).await;
        let reporting = reporting.unwrap();
        assert_eq!(reporting.title, title);
        assert_eq!(reporting.excerpt, text, "{subject:?}");
        assert!(!reporting.already);
        let report = of(ReportReason::DangerousAdvice, "");
        bed.report(grace, &subject, report).await.unwrap();
        let cases = bed.open_cases(moderator).await;
        let case = cases.iter().find(|case| case.title == title).unwrap();
        let case = bed.case(moderator, &case.id).await;
        assert_eq!(case.subject, Some(subject.clone()));
        assert_eq!(case.copy.as_deref(), Some(text));
        let own = bed.own_reports(grace).await;
        assert!(own.iter().any(|own| own.subject.as_ref() == Some(&subject)));
    }
}

async fn both_sides_have_a_history(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    bed.join(ada, BETA).await;
    let grace = bed.writer(2, None).await;
    let emmy = bed.writer(3, None).await;
    let moderator = bed.writer(4, Some(Role::Moderator)).await;
    let administrator = bed.writer(5, Some(Role::Administrator)).await;
    let mut topics = Vec::new();
    for number in 0..3 {
        let title = format!("Topic {number}");
        let id = bed.start(ada, ALPHA, &title, Everyone).await.unwrap();
        let report = of(ReportReason::Spam, "");
        bed.report(grace, &post(&id, 1), report).await.unwrap();
        topics.push(id);
        bed.seconds_pass(1);
    }
    let member = ReportSubject::Member {
        handle: "h1".to_owned(),
    };
    let report = of(ReportReason::Spam, "");
    bed.report(emmy, &member, report).await.unwrap();
    let cases = bed.open_cases(moderator).await;
    for (place, state) in [(0, ReportState::Upheld), (1, ReportState::NotUpheld)] {
        bed.close(moderator, &cases[place].id, state).await.unwrap();
    }
    let accounts = bed.storage.accounts();
    for action in [
        domain::account::ModerationAction::Warn,
        domain::account::ModerationAction::Suspend { days: Some(1) },
        domain::account::ModerationAction::Restore,
    ] {
        let moderate = accounts.moderate(Actor::Operator, "h1", action, "A walk");
        moderate.await.unwrap();
    }
    let case = bed.case(moderator, &cases[2].id).await;
    let person = case.person.unwrap();
    let all = Outcomes {
        upheld: 1,
        not_upheld: 1,
        open: 2,
    };
    assert_eq!(person.about_them, all);
    assert_eq!((person.warnings, person.suspensions), (1, 1));
    assert_eq!(
        person.account.as_deref(),
        Some("h1"),
        "they warn and suspend"
    );
    let by_them = case.reports[0].by_them;
    assert_eq!(by_them, Outcomes { open: 1, ..all });
    let case = bed.case(administrator, &cases[2].id).await;
    assert_eq!(case.person.unwrap().account.as_deref(), Some("h1"));
    // What is deleted still has its author, and who has gone has reported nothing.
    let communities = bed.storage.communities();
    communities
        .delete_post(ada, &topics[2], 1, "")
        .await
        .unwrap();
    let case = bed.case(moderator, &cases[2].id).await;
    assert_eq!(case.person.unwrap().about_them, all);
    bed.run("DELETE FROM account WHERE handle = 'h2'").await;
    assert_eq!(bed.case(moderator, &cases[2].id).await.reports, []);
}

async fn a_copy_is_kept_for_six_months(bed: Bed) {
    bed.with_conditions().await;
    let signed_in = bed.member("ada@example.org").await;
    let ada = bed.actor(&signed_in).await;
    bed.join(ada, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let id = bed.start(ada, ALPHA, "A walk", Community).await.unwrap();
    for number in [1, 2] {
        if number == 2 {
            bed.reply(ada, &id, "So.").await.unwrap();
        }
        let report = of(ReportReason::PrivateData, "");
        bed.report(grace, &post(&id, number), report).await.unwrap();
    }
    // What its author takes back is still there for who decides.
    let accounts = bed.storage.accounts();
    accounts
        .delete(ada, &password(PASSWORD), true)
        .await
        .unwrap();
    let cases = bed.open_cases(moderator).await;
    let copy = async |place: usize| bed.case(moderator, &cases[place].id).await.copy;
    assert_eq!(copy(0).await.as_deref(), Some("The *first* post."));
    bed.close(moderator, &cases[0].id, ReportState::Upheld)
        .await
        .unwrap();
    for (days, kept) in [(181, true), (2, false)] {
        bed.days_pass(days);
        bed.storage.sweep().await.unwrap();
        assert_eq!(copy(0).await.is_some(), kept);
        assert_eq!(copy(1).await.as_deref(), Some("So."));
    }
    assert_eq!(
        bed.number("SELECT count(*) FROM report_case WHERE copy_text LIKE '%first%'")
            .await,
        0
    );
}
