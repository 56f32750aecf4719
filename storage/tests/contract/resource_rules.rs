//! Who suggests, sees and decides about resources.

use crate::{
    bed::Bed,
    people::field,
    resources::{recommended, titles},
    strings,
    writers::{ALPHA, BETA, not_joined},
};
use domain::{
    Error,
    account::{Actor, Member, Role, Standing, Trust},
    community::{Memberships, ResourceDecision, ResourceDraft, ResourceState, Resources},
    policy::Quota,
    time::PartialDate,
};

contract! {
    suggesting_needs_membership_and_good_standing,
    what_waits_is_for_its_author_and_whoever_decides,
    nobody_decides_about_their_own_but_administrators,
    the_author_reads_why,
    suggestions_have_a_limit,
    odd_input_is_answered,
}

const LINK: &str = "https://example.org/a";

fn suspended(actor: Actor) -> Actor {
    Actor::Member(Member {
        standing: Standing::Suspended,
        ..actor.member().unwrap()
    })
}

pub(crate) fn numbered(number: usize) -> ResourceDraft {
    let link = format!("https://example.org/{number}");
    recommended(&format!("Resource {number}"), &link)
}

async fn suggesting_needs_membership_and_good_standing(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let stranger = bed.joined(2, None, BETA).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let resources = bed.storage.communities();
    for (actor, expected) in [
        (Actor::Visitor, Error::Unauthenticated),
        (Actor::Operator, Error::Unauthenticated),
        (stranger, not_joined()),
        (moderator, not_joined()),
        (
            suspended(ada),
            Error::Forbidden {
                reason: "your account is suspended. Your settings say until when, and why."
                    .to_owned(),
            },
        ),
    ] {
        let suggest = bed.suggest(actor, ALPHA, numbered(1)).await;
        assert_eq!(suggest, Err(expected), "{actor:?}");
        assert!(!bed.resources(actor, ALPHA).await.may_suggest);
    }
    let list = bed.resources(ada, ALPHA).await;
    assert!(list.joined && list.may_suggest && !list.may_decide);
    let unknown = bed.suggest(ada, "gamma", numbered(1)).await;
    assert_eq!(unknown, Err(Error::NotFound));
    let id = bed.suggest(ada, ALPHA, numbered(1)).await.unwrap();
    // Who has left can still take it back.
    resources.leave(ada, ALPHA).await.unwrap();
    assert_eq!(
        bed.suggest(ada, ALPHA, numbered(2)).await,
        Err(not_joined())
    );
    assert_eq!(resources.withdraw(ada, &id).await, Ok(()));
    let gone = resources.resource(ada, &id).await;
    assert_eq!(gone, Err(Error::NotFound));
}

async fn what_waits_is_for_its_author_and_whoever_decides(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let root = bed.writer(4, Some(Role::Administrator)).await;
    let expert = bed.joined(5, Some(Role::Expert), ALPHA).await;
    let former = suspended(bed.writer(6, Some(Role::Moderator)).await);
    let alpha = bed.id(ALPHA).await;
    let resources = bed.storage.communities();
    let others = [Actor::Visitor, Actor::Operator, grace, expert, former];
    let view = async |actor: Actor| {
        let list = bed.resources(actor, ALPHA).await;
        let latest = resources.latest(actor, alpha).await;
        let gathered = resources.gathered(actor, None, None).await;
        format!("{list:?} {latest:?} {gathered:?}")
    };
    let mut before = Vec::new();
    for actor in others {
        before.push(view(actor).await);
    }
    let id = bed.suggest(ada, ALPHA, numbered(1)).await.unwrap();
    for (actor, before) in others.iter().zip(before) {
        assert_eq!(view(*actor).await, before, "{actor:?}");
        // By its id it is as what there is not.
        for which in [&id, "0000000000"] {
            let one = resources.resource(*actor, which).await;
            let expected = match actor {
                Actor::Visitor | Actor::Operator => Err(Error::Unauthenticated),
                _ if *actor == former => Err(Error::Forbidden {
                    reason: "your account is suspended. Your settings say until when, and why."
                        .to_owned(),
                }),
                Actor::Member(_) => Err(Error::NotFound),
            };
            assert_eq!(one, expected, "{actor:?}");
        }
        assert!(bed.decline(*actor, &id, "No").await.is_err());
        assert!(resources.remove(*actor, &id, "No").await.is_err());
        let _ = resources.withdraw(*actor, &id).await;
    }
    for (actor, own, may_decide) in [
        (ada, true, false),
        (moderator, false, true),
        (root, false, true),
    ] {
        let list = bed.resources(actor, ALPHA).await;
        let [waiting] = list.waiting.as_slice() else {
            panic!("{list:?}");
        };
        assert_eq!(waiting.line.id, id);
        assert_eq!((waiting.own, waiting.may_decide), (own, may_decide));
        assert_eq!(list.may_decide, may_decide);
        assert_eq!(list.resources, []);
    }
    // Once it is in the list, its page is for whoever may remove it.
    bed.approve(moderator, &id).await.unwrap();
    let refused = resources.resource(grace, &id).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    assert!(!resources.resource(ada, &id).await.unwrap().may_remove);
    assert_eq!(resources.withdraw(ada, &id).await, Err(Error::Conflict));
    let list = bed.resources(Actor::Visitor, ALPHA).await;
    assert_eq!(titles(&list.resources), ["Resource 1"]);
}

async fn nobody_decides_about_their_own_but_administrators(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    let root = bed.joined(2, Some(Role::Administrator), ALPHA).await;
    let ada = bed.joined(3, None, ALPHA).await;
    let resources = bed.storage.communities();
    let id = bed.suggest(moderator, ALPHA, numbered(1)).await.unwrap();
    let own = resources.resource(moderator, &id).await.unwrap();
    assert!(own.own && !own.may_decide);
    for refused in [
        bed.approve(moderator, &id).await,
        bed.decline(moderator, &id, "So").await,
    ] {
        let reason = "someone else decides about what you have suggested.".to_owned();
        assert_eq!(refused, Err(Error::Forbidden { reason }));
    }
    assert_eq!(bed.approve(root, &id).await, Ok(()));
    let id = bed.suggest(root, ALPHA, numbered(2)).await.unwrap();
    assert!(resources.resource(root, &id).await.unwrap().may_decide);
    assert_eq!(bed.approve(root, &id).await, Ok(()));
    let id = bed.suggest(ada, ALPHA, numbered(3)).await.unwrap();
    let refused = bed.approve(ada, &id).await;
    let reason =
        "moderators, and leaders in their community, decide which resources are listed.".to_owned();
    assert_eq!(refused, Err(Error::Forbidden { reason }));
}

async fn the_author_reads_why(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let resources = bed.storage.communities();
    let declined = bed.suggest(ada, ALPHA, numbered(1)).await.unwrap();
    let removed = bed.suggest(ada, ALPHA, numbered(2)).await.unwrap();
    for reason in ["", " \n ", "a\u{202e}b", &"a".repeat(501)] {
        let decline = bed.decline(moderator, &declined, reason).await;
        assert_eq!(field(decline), "reason", "{reason:?}");
    }
    let early = resources.remove(moderator, &declined, "No").await;
    assert_eq!(early, Err(Error::Conflict));
    for _ in 0..2 {
        let decline = bed.decline(moderator, &declined, " An \n ad").await;
        assert_eq!(decline, Ok(()));
    }
    let late = bed.approve(moderator, &declined).await;
    assert_eq!(late, Err(Error::Conflict));
    bed.approve(moderator, &removed).await.unwrap();
    bed.seconds_pass(1);
    for _ in 0..2 {
        let remove = resources.remove(moderator, &removed, "It is gone").await;
        assert_eq!(remove, Ok(()));
    }
    let list = bed.resources(ada, ALPHA).await;
    assert_eq!((list.resources.len(), list.waiting.len()), (0, 0));
    let refused: Vec<_> = list
        .refused
        .iter()
        .map(|one| (one.state, one.reason.as_str(), one.own))
        .collect();
    assert_eq!(
        refused,
        [
            (ResourceState::Removed, "It is gone", true),
            (ResourceState::Declined, "An ad", true),
        ]
    );
    for actor in [Actor::Visitor, grace, moderator] {
        let list = bed.resources(actor, ALPHA).await;
        assert_eq!((list.refused.len(), list.resources.len()), (0, 0));
    }
    for id in [&declined, &removed] {
        assert_eq!(resources.resource(grace, id).await, Err(Error::NotFound));
        assert!(resources.resource(ada, id).await.is_ok());
        assert_eq!(resources.withdraw(ada, id).await, Err(Error::Conflict));
    }
}

async fn suggestions_have_a_limit(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let member = ada.member().unwrap();
    assert_eq!(Quota::Suggestions.most(member), 5);
    for number in 0..5 {
        bed.suggest(ada, ALPHA, numbered(number)).await.unwrap();
        // What is refused counts for nothing.
        let twice = bed.suggest(ada, ALPHA, numbered(number)).await;
        assert!(matches!(
            twice,
            Err(Error::Invalid { .. } | Error::LimitReached { .. })
        ));
    }
    let more = bed.suggest(ada, ALPHA, numbered(5)).await;
    assert_eq!(more, Err(Quota::Suggestions.used_up(5)));
    let known = Actor::Member(Member {
        trust: Trust::Known,
        ..member
    });
    assert!(bed.suggest(known, ALPHA, numbered(5)).await.is_ok());
    bed.days_pass(1);
    assert!(bed.suggest(ada, ALPHA, numbered(6)).await.is_ok());
}

async fn odd_input_is_answered(bed: Bed) {
    bed.with_conditions().await;
    let root = bed.joined(1, Some(Role::Administrator), ALPHA).await;
    let resources = bed.storage.communities();
    for (draft, expected) in [
        (recommended("ab", LINK), "title"),
        (
            recommended("A title that turns \u{202e}round", LINK),
            "title",
        ),
        (recommended("A null \0 sign", LINK), "title"),
        (recommended("A guide", "javascript:alert(1)"), "link"),
        (recommended("A guide", "https://a@example.org/"), "link"),
        (recommended("A guide", "https://example.org/\0"), "link"),
        (
            ResourceDraft {
                description: "a".repeat(601),
                ..recommended("A guide", LINK)
            },
            "description",
        ),
        (
            ResourceDraft {
                date: PartialDate::parse("2026-02"),
                ..recommended("A guide", LINK)
            },
            "date",
        ),
    ] {
        let suggest = bed.suggest(root, ALPHA, draft.clone()).await;
        assert_eq!(field(suggest), expected, "{draft:?}");
    }
    let id = bed.suggest(root, ALPHA, numbered(0)).await.unwrap();
    for text in strings::odd() {
        let draft = ResourceDraft {
            description: text.clone(),
            ..recommended(&text, &format!("https://example.org/{text}"))
        };
        for answer in [
            bed.suggest(root, ALPHA, draft.clone()).await.map(drop),
            resources
                .decide(root, &id, ResourceDecision::Approve(draft))
                .await,
            bed.decline(root, &text, &text).await,
            resources.remove(root, &text, &text).await,
            resources.withdraw(root, &text).await,
        ] {
            assert!(
                matches!(
                    answer,
                    Ok(()) | Err(Error::Invalid { .. } | Error::NotFound | Error::Conflict)
                ),
                "{text:?}: {answer:?}"
            );
        }
        // As an id, too.
        let one = resources.resource(root, &text).await;
        assert_eq!(one, Err(Error::NotFound), "{text:?}");
        let behind = resources.gathered(root, None, Some(&text)).await;
        assert_eq!(behind, Err(Error::NotFound), "{text:?}");
    }
    let list = bed.resources(root, ALPHA).await;
    for line in list.waiting.iter().map(|one| &one.line) {
        assert!(!line.title.chars().any(char::is_control), "{line:?}");
        assert!(line.link.starts_with("https://example.org/"), "{line:?}");
        assert!(line.link.is_ascii(), "{line:?}");
    }
}
