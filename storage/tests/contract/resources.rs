//! Resources: suggesting, approving, lists and pages.

use domain::{
    Error, Result,
    account::{Actor, Role},
    catalogue::Resolved,
    community::{
        ResourceDecision, ResourceDraft, ResourceKind, ResourceLanguage, ResourceLine,
        ResourceList, ResourceState, Resources,
    },
    time::PartialDate,
};

use crate::{
    bed::Bed,
    people::{field, submission},
    writers::{ALPHA, BETA},
};

contract! {
    a_resource_is_suggested_amended_and_approved,
    lists_begin_with_what_was_approved_last_and_go_on,
    e_books_and_podcasts_are_gathered,
    a_form_sent_twice_suggests_once,
    one_link_is_there_once,
    two_at_once_do_not_suggest_one_link_twice,
}

impl Bed {
    pub(crate) async fn suggest(
        &self,
        actor: Actor,
        slug: &str,
        draft: ResourceDraft,
    ) -> Result<String> {
        let key = uuid::Uuid::new_v4().to_string();
        let resources = self.storage.communities();
        resources
            .suggest(actor, slug, draft, &submission(&key))
            .await
    }

    pub(crate) async fn resources(&self, actor: Actor, slug: &str) -> ResourceList {
        let resources = self.storage.communities();
        match resources.resources(actor, slug, None, None).await {
            Ok(Resolved::Here(list)) => list,
            other => panic!("{other:?}"),
        }
    }

    /// Puts it into the list as it was suggested.
    pub(crate) async fn approve(&self, actor: Actor, id: &str) -> Result<()> {
        let resources = self.storage.communities();
        let line = resources.resource(actor, id).await?.line;
        let draft = ResourceDraft {
            title: line.title,
            link: line.link,
            description: line.description,
            date: line.date,
            kind: line.kind,
            language: line.language,
        };
        let decision = ResourceDecision::Approve(draft);
        resources.decide(actor, id, decision).await
    }

    pub(crate) async fn decline(&self, actor: Actor, id: &str, reason: &str) -> Result<()> {
        let decision = ResourceDecision::Decline {
            reason: reason.to_owned(),
        };
        self.storage.communities().decide(actor, id, decision).await
    }
}

pub(crate) fn recommended(title: &str, link: &str) -> ResourceDraft {
    ResourceDraft {
        title: title.to_owned(),
        link: link.to_owned(),
        description: "What it is.".to_owned(),
        date: None,
        kind: ResourceKind::Guide,
        language: ResourceLanguage::ENGLISH,
    }
}

fn of_kind(title: &str, kind: ResourceKind) -> ResourceDraft {
    ResourceDraft {
        kind,
        ..recommended(title, &format!("https://example.org/{title}"))
    }
}

pub(crate) fn titles(lines: &[ResourceLine]) -> Vec<&str> {
    lines.iter().map(|line| line.title.as_str()).collect()
}

async fn a_resource_is_suggested_amended_and_approved(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.writer(2, Some(Role::Moderator)).await;
    let resources = bed.storage.communities();
    let draft = ResourceDraft {
        title: " A \n guide ".to_owned(),
        link: "HTTPS://Example.ORG".to_owned(),
        description: "For\r\n\r\nall.".to_owned(),
        date: PartialDate::parse("2025-05"),
        kind: ResourceKind::EBook,
        language: ResourceLanguage::from_code("de").unwrap(),
    };
    let id = bed.suggest(ada, ALPHA, draft).await.unwrap();
    assert_eq!(id.len(), 10);
    let own = resources.resource(ada, &id).await.unwrap();
    assert_eq!(own.state, ResourceState::Waiting);
    assert!(own.own && !own.may_decide && !own.may_remove);
    assert_eq!(own.condition.slug, ALPHA);
    let line = &own.line;
    assert_eq!(line.title, "A guide");
    assert_eq!(line.link, "https://example.org/");
    assert_eq!(line.description, "For all.");
    assert_eq!(line.date, PartialDate::parse("2025-05"));
    assert_eq!(line.language.code(), "de");
    let seen = resources.resource(moderator, &id).await.unwrap();
    assert!(!seen.own && seen.may_decide && !seen.may_remove);
    bed.seconds_pass(60);
    let amended = ResourceDraft {
        title: "The guide".to_owned(),
        link: "https://example.org/guide".to_owned(),
        description: String::new(),
        date: None,
        kind: ResourceKind::Guide,
        language: ResourceLanguage::ENGLISH,
    };
    let approve = ResourceDecision::Approve(amended);
    // Once more is no error, and changes nothing.
    for _ in 0..2 {
        let decide = resources.decide(moderator, &id, approve.clone());
        assert_eq!(decide.await, Ok(()));
    }
    assert_eq!(
        bed.decline(moderator, &id, "Changed my mind").await,
        Err(Error::Conflict)
    );
    let list = bed.resources(Actor::Visitor, ALPHA).await;
    let [line] = list.resources.as_slice() else {
        panic!("{list:?}");
    };
    assert_eq!(line.id, id);
    assert_eq!(line.title, "The guide");
    assert_eq!(line.link, "https://example.org/guide");
    assert_eq!((line.kind, line.date), (ResourceKind::Guide, None));
    assert_eq!(line.since.0 - own.line.since.0, 60_000_000);
    assert_eq!((list.next, list.waiting.len()), (None, 0));
    let listed = resources.resource(moderator, &id).await.unwrap();
    assert!(!listed.may_decide && listed.may_remove);
}

async fn lists_begin_with_what_was_approved_last_and_go_on(bed: Bed) {
    bed.with_conditions().await;
    let root = bed.joined(1, Some(Role::Administrator), ALPHA).await;
    bed.join(root, BETA).await;
    let mut ids = Vec::new();
    for number in 0..65 {
        let title = format!("Resource {number:02}");
        let kind = if number % 2 == 0 {
            ResourceKind::Guide
        } else {
            ResourceKind::Video
        };
        let link = format!("https://example.org/{number}");
        let draft = ResourceDraft {
            kind,
            ..recommended(&title, &link)
        };
        ids.push(bed.suggest(root, ALPHA, draft).await.unwrap());
    }
    for (number, id) in ids.iter().enumerate() {
        // Some in the same instant.
        bed.seconds_pass(i64::from(number % 2 == 0));
        bed.approve(root, id).await.unwrap();
    }
    let elsewhere = recommended("Elsewhere", "https://example.org/0");
    let elsewhere = bed.suggest(root, BETA, elsewhere).await.unwrap();
    bed.approve(root, &elsewhere).await.unwrap();
    let waits = recommended("Waits", "https://example.org/waits");
    let waits = bed.suggest(root, ALPHA, waits).await.unwrap();
    let resources = bed.storage.communities();
    for (kind, pages) in [
        (None, 3),
        (Some(ResourceKind::Guide), 2),
        (Some(ResourceKind::Podcast), 1),
    ] {
        let mut found = Vec::new();
        let mut after: Option<String> = None;
        let mut read = 0;
        loop {
            let list = resources.resources(Actor::Visitor, ALPHA, kind, after.as_deref());
            let Ok(Resolved::Here(list)) = list.await else {
                panic!("{kind:?} {after:?}");
            };
            read += 1;
            assert_eq!(list.kind, kind);
            found.extend(list.resources);
            after = list.next;
            if after.is_none() {
                break;
            }
        }
        let expected: Vec<String> = (0..65)
            .rev()
            .filter(|number| match kind {
                None => true,
                Some(ResourceKind::Guide) => number % 2 == 0,
                Some(_) => false,
            })
            .map(|number| format!("Resource {number:02}"))
            .collect();
        assert_eq!(titles(&found), expected, "{kind:?}");
        assert_eq!(read, pages, "{kind:?}");
    }
    let latest = resources.latest(Actor::Visitor, bed.id(ALPHA).await).await;
    assert_eq!(
        titles(&latest.unwrap()),
        ["Resource 64", "Resource 63", "Resource 62"]
    );
    // What is not in a list has no place in it, whoever asks.
    for actor in [Actor::Visitor, root] {
        for after in [&elsewhere, &waits, "0000000000", "a\0b", ""] {
            let behind = resources.resources(actor, ALPHA, None, Some(after)).await;
            assert_eq!(behind, Err(Error::NotFound), "{after:?}");
        }
        let guides = Some(ResourceKind::Guide);
        let video = resources
            .resources(actor, ALPHA, guides, Some(&ids[1]))
            .await;
        assert_eq!(video, Err(Error::NotFound));
        let unknown = resources.resources(actor, "gamma", None, None).await;
        assert_eq!(unknown, Err(Error::NotFound));
    }
}

async fn e_books_and_podcasts_are_gathered(bed: Bed) {
    bed.with_conditions().await;
    let root = bed.joined(1, Some(Role::Administrator), ALPHA).await;
    bed.join(root, BETA).await;
    for (slug, kind) in [
        (ALPHA, ResourceKind::EBook),
        (BETA, ResourceKind::Podcast),
        (BETA, ResourceKind::Guide),
        (BETA, ResourceKind::EBook),
    ] {
        bed.seconds_pass(1);
        let draft = of_kind(&format!("{slug}-{}", kind.as_str()), kind);
        let id = bed.suggest(root, slug, draft).await.unwrap();
        bed.approve(root, &id).await.unwrap();
    }
    let waits = of_kind("waiting", ResourceKind::EBook);
    bed.suggest(root, BETA, waits).await.unwrap();
    let resources = bed.storage.communities();
    for (kind, expected) in [
        (
            None,
            vec![
                "beta-disease-e-book",
                "beta-disease-podcast",
                "alpha-disease-e-book",
            ],
        ),
        (
            Some(ResourceKind::EBook),
            vec!["beta-disease-e-book", "alpha-disease-e-book"],
        ),
        (Some(ResourceKind::Podcast), vec!["beta-disease-podcast"]),
    ] {
        for actor in [Actor::Visitor, root] {
            let gathered = resources.gathered(actor, kind, None).await.unwrap();
            let found: Vec<_> = gathered
                .resources
                .iter()
                .map(|one| one.resource.title.as_str())
                .collect();
            assert_eq!(found, expected, "{kind:?}");
            assert!(
                gathered
                    .resources
                    .iter()
                    .all(|one| one.resource.title.starts_with(&one.condition.slug))
            );
            assert_eq!((gathered.kind, gathered.next), (kind, None));
            let last = &gathered.resources.last().unwrap().resource.id;
            let behind = resources.gathered(actor, kind, Some(last)).await.unwrap();
            assert_eq!(behind.resources, []);
        }
    }
    let guides = resources.gathered(root, Some(ResourceKind::Guide), None);
    assert_eq!(guides.await, Err(Error::NotFound));
}

async fn a_form_sent_twice_suggests_once(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let resources = bed.storage.communities();
    let sent = submission("one");
    let mut ids = Vec::new();
    for _ in 0..2 {
        let draft = recommended("A guide", "https://example.org/a");
        ids.push(resources.suggest(ada, ALPHA, draft, &sent).await.unwrap());
    }
    assert_eq!(ids[0], ids[1]);
    assert_eq!(bed.number("SELECT count(*) FROM resource").await, 1);
    for _ in 0..2 {
        assert_eq!(resources.withdraw(ada, &ids[0]).await, Ok(()));
    }
    assert_eq!(bed.number("SELECT count(*) FROM resource").await, 0);
}

async fn one_link_is_there_once(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    bed.join(grace, BETA).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let resources = bed.storage.communities();
    let link = "https://www.example.org/a/";
    let draft = || recommended("A guide", link);
    let id = bed.suggest(ada, ALPHA, draft()).await.unwrap();
    let again = recommended("Another one", "http://EXAMPLE.org/a");
    for approved in [false, true] {
        if approved {
            bed.approve(moderator, &id).await.unwrap();
        }
        let twice = bed.suggest(grace, ALPHA, again.clone()).await;
        assert_eq!(field(twice), "link");
        // Nothing of it is left: neither row nor one of the day's suggestions.
        assert_eq!(bed.number("SELECT count(*) FROM resource").await, 1);
    }
    // Elsewhere it is another one.
    assert!(bed.suggest(grace, BETA, again.clone()).await.is_ok());
    // An amended link is looked at as well, but not against the one it replaces.
    let other = recommended("Other", "https://example.org/b");
    let other = bed.suggest(grace, ALPHA, other).await.unwrap();
    let decision = ResourceDecision::Approve(again.clone());
    let decide = resources.decide(moderator, &other, decision).await;
    assert_eq!(field(decide), "link");
    assert_eq!(bed.approve(moderator, &other).await, Ok(()));
    // What has been removed can be suggested anew, and so can what was declined.
    resources.remove(moderator, &id, "It moved").await.unwrap();
    let anew = bed.suggest(grace, ALPHA, again.clone()).await.unwrap();
    bed.decline(moderator, &anew, "Still").await.unwrap();
    assert!(bed.suggest(grace, ALPHA, again).await.is_ok());
}

async fn two_at_once_do_not_suggest_one_link_twice(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let tasks = [ada, grace, ada, grace].map(|actor| {
        let resources = bed.storage.communities();
        tokio::spawn(async move {
            let key = submission(&uuid::Uuid::new_v4().to_string());
            let draft = recommended("A guide", "https://example.org/a");
            resources.suggest(actor, ALPHA, draft, &key).await
        })
    });
    let mut suggested = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => suggested += 1,
            refused => assert_eq!(field(refused), "link"),
        }
    }
    assert_eq!(suggested, 1);
    assert_eq!(bed.number("SELECT count(*) FROM resource").await, 1);
}
