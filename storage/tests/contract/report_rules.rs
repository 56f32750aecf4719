//! Who reports what, and who learns of it.

use domain::{
    Error,
    account::{Actor, Member, Role, Standing},
    community::{
        Communities, CommunityRequests, Discussions, ReportReason, ReportState, ReportSubject,
        Reports, TopicAudience,
    },
    policy::Quota,
    wiki::SectionKind,
};

use crate::{
    bed::Bed,
    people::{field, submission},
    reports::{of, post},
    strings,
    writers::ALPHA,
};

contract! {
    only_what_one_reads_and_is_not_ones_own_is_reported,
    who_is_reported_learns_nothing,
    reports_have_a_limit,
    odd_reports_are_answered,
    what_is_reported_is_in_the_list_of_what_waits,
    what_two_report_at_once_is_one_case,
}

use TopicAudience::{Community, Everyone};

fn spam() -> domain::community::ReportDraft {
    of(ReportReason::Spam, "")
}

async fn only_what_one_reads_and_is_not_ones_own_is_reported(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let stranger = bed.writer(2, None).await;
    let hidden = bed.start(ada, ALPHA, "For us", Community).await.unwrap();
    let shown = bed.start(ada, ALPHA, "For all", Everyone).await.unwrap();
    bed.reply(ada, &shown, "So.").await.unwrap();
    let communities = bed.storage.communities();
    communities.delete_post(ada, &shown, 2, "").await.unwrap();
    let suspended = Actor::Member(Member {
        standing: Standing::Suspended,
        ..stranger.member().unwrap()
    });
    for (actor, subject, expected) in [
        (Actor::Visitor, post(&shown, 1), Error::Unauthenticated),
        (Actor::Operator, post(&shown, 1), Error::Unauthenticated),
        (stranger, post(&hidden, 1), Error::NotFound),
        (stranger, post(&shown, 2), Error::NotFound),
        (stranger, post(&shown, 3), Error::NotFound),
        (stranger, post("0000000000", 1), Error::NotFound),
        (
            suspended,
            post(&shown, 1),
            Error::Forbidden {
                reason: "your account is suspended. Your settings say until when, and why."
                    .to_owned(),
            },
        ),
        (
            ada,
            post(&shown, 1),
            Error::Forbidden {
                reason: "this is your own. You can change or delete it yourself.".to_owned(),
            },
        ),
        (
            stranger,
            ReportSubject::Member {
                handle: "h9".to_owned(),
            },
            Error::NotFound,
        ),
        (
            stranger,
            ReportSubject::Section {
                slug: ALPHA.to_owned(),
                kind: SectionKind::Cause,
            },
            Error::NotFound,
        ),
        (
            stranger,
            ReportSubject::Tip {
                slug: ALPHA.to_owned(),
                id: "a%b".to_owned(),
            },
            Error::NotFound,
        ),
        (
            stranger,
            ReportSubject::Resource {
                id: "0000000000".to_owned(),
            },
            Error::NotFound,
        ),
    ] {
        let reporting = communities.reporting(actor, &subject).await;
        assert_eq!(reporting.unwrap_err(), expected, "{subject:?}");
        let report = bed.report(actor, &subject, spam()).await;
        assert_eq!(report, Err(expected), "{subject:?}");
    }
    assert_eq!(bed.number("SELECT count(*) FROM report_case").await, 0);
}

/// Not by the queue, by a case, by its count, by the list of what waits or by closing it.
async fn who_is_reported_learns_nothing(bed: Bed) {
    bed.with_conditions().await;
    let reported = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let other = bed.writer(3, Some(Role::Moderator)).await;
    let id = bed
        .start(reported, ALPHA, "A walk", Everyone)
        .await
        .unwrap();
    bed.reply(grace, &id, "So.").await.unwrap();
    let member = ReportSubject::Member {
        handle: "h1".to_owned(),
    };
    for subject in [post(&id, 1), member] {
        let report = of(ReportReason::Insults, "He insults me.");
        bed.report(grace, &subject, report).await.unwrap();
    }
    let communities = bed.storage.communities();
    let cases = bed.open_cases(other).await;
    assert_eq!(cases.len(), 2);
    assert_eq!(bed.open_cases(reported).await, []);
    let waiting = communities.waiting_everywhere(reported).await.unwrap();
    assert_eq!(waiting.reports, []);
    for line in &cases {
        let case = communities.case(reported, &line.id).await;
        assert_eq!(case, Err(Error::NotFound));
        let key = submission("x");
        let note = communities.note_case(reported, &line.id, "So.", &key);
        assert_eq!(note.await, Err(Error::NotFound));
        let close = bed.close(reported, &line.id, ReportState::NotUpheld).await;
        assert_eq!(close, Err(Error::NotFound));
        let after = communities.cases(reported, false, Some(&line.id)).await;
        assert_eq!(after, Err(Error::NotFound));
    }
    // Nor by deleting it.
    communities.delete_post(reported, &id, 1, "").await.unwrap();
    assert_eq!(bed.open_cases(reported).await, []);
    assert_eq!(bed.open_cases(other).await, cases);
    // What a moderator has written into a section is theirs, too.
    bed.save(ALPHA, SectionKind::Cause, "A cause.").await;
    bed.run(
        "UPDATE revision SET origin = 'person', \
         author_id = (SELECT id FROM account WHERE handle = 'h1')",
    )
    .await;
    let section = ReportSubject::Section {
        slug: ALPHA.to_owned(),
        kind: SectionKind::Cause,
    };
    bed.report(grace, &section, spam()).await.unwrap();
    let sees = async |actor| {
        let cases = bed.open_cases(actor).await;
        cases.iter().any(|case| case.kind == "section")
    };
    assert!(sees(other).await && !sees(reported).await);
    bed.tell().await;
    let told = bed.told(reported).await;
    assert!(told.iter().all(|one| one.kind.as_str() != "report"));
}

async fn reports_have_a_limit(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    let grace = bed.writer(2, None).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let most = Quota::Reports.most(grace.member().unwrap());
    for number in 2..=most + 1 {
        bed.reply(ada, &id, "So.").await.unwrap();
        let report = bed.report(grace, &post(&id, number), spam()).await;
        report.unwrap();
    }
    let one_more = bed.report(grace, &post(&id, 1), spam()).await;
    assert_eq!(one_more, Err(Quota::Reports.used_up(most)));
    bed.days_pass(1);
    bed.report(grace, &post(&id, 1), spam()).await.unwrap();
}

async fn odd_reports_are_answered(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    let grace = bed.writer(2, Some(Role::Moderator)).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let nothing = bed
        .report(grace, &post(&id, 1), of(ReportReason::Other, "\u{200b}"))
        .await;
    assert_eq!(field(nothing), "text");
    let long = of(ReportReason::Spam, &"a".repeat(2_001));
    assert_eq!(field(bed.report(grace, &post(&id, 1), long).await), "text");
    for (number, odd) in strings::odd().into_iter().enumerate() {
        bed.reply(ada, &id, "So.").await.unwrap();
        let number = i64::try_from(number).unwrap() + 2;
        // Whatever it is, nothing breaks.
        let reported = bed
            .report(grace, &post(&id, number), of(ReportReason::Spam, &odd))
            .await;
        assert!(!matches!(reported, Err(Error::Internal { .. })), "{odd:?}");
        for subject in [
            post(&odd, 1),
            ReportSubject::Member {
                handle: odd.clone(),
            },
            ReportSubject::Resource { id: odd.clone() },
            ReportSubject::Section {
                slug: odd.clone(),
                kind: SectionKind::Cause,
            },
            ReportSubject::Tip {
                slug: ALPHA.to_owned(),
                id: odd.clone(),
            },
        ] {
            let refused = bed.report(grace, &subject, spam()).await;
            assert_eq!(refused, Err(Error::NotFound), "{odd:?}");
        }
        let communities = bed.storage.communities();
        let case = communities.case(moderator, &odd).await;
        assert_eq!(case, Err(Error::NotFound), "{odd:?}");
    }
    for case in bed.open_cases(moderator).await {
        bed.case(moderator, &case.id).await;
    }
    let list = bed.storage.communities().active(Actor::Visitor, None).await;
    assert!(list.is_ok());
}

async fn what_is_reported_is_in_the_list_of_what_waits(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.writer(2, None).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.report(grace, &post(&id, 1), spam()).await.unwrap();
    let communities = bed.storage.communities();
    let waiting = communities.waiting_everywhere(moderator).await.unwrap();
    assert_eq!(waiting.reports, bed.open_cases(moderator).await);
    assert_eq!(waiting.reports[0].title, "A walk");
}

async fn what_two_report_at_once_is_one_case(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.writer(9, Some(Role::Moderator)).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let subject = post(&id, 1);
    let mut people = Vec::new();
    for number in 2..6 {
        people.push(bed.writer(number, None).await);
    }
    let [a, b, c, d] = people.try_into().unwrap();
    let report = |actor| bed.report(actor, &subject, spam());
    let (a, b, c, d) = tokio::join!(report(a), report(b), report(c), report(d));
    assert_eq!([a, b, c, d], [Ok(()), Ok(()), Ok(()), Ok(())]);
    let [case] = bed.open_cases(moderator).await.try_into().unwrap();
    assert_eq!(case.reports, 4);
    // Two moderators, of whom one is first.
    let close = |state| bed.close(moderator, &case.id, state);
    let (first, second) = tokio::join!(close(ReportState::Upheld), close(ReportState::NotUpheld));
    let late = [first, second].into_iter().filter(Result::is_err).count();
    assert_eq!(late, 1);
}
