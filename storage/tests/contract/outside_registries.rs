//! Where communities send people who want to enrol in a registry elsewhere.

use domain::{
    Error,
    account::{Actor, Role},
    community::Leaders,
    registry::OutsideRegistry,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use storage::{community::entity::outside_registry, event::entity as event};

use crate::{
    bed::Bed,
    migration::matches,
    people::field,
    release::{mondo, obsolete, term},
    writers::{ALPHA, BETA},
};

const NAME: &str = "The alpha registry";
const LINK: &str = "https://alpha.example.org/enrol";

contract! {
    its_table_is_what_its_entity_says,
    leaders_say_where_people_of_their_community_enrol,
    each_change_is_one_event_and_seen_by_the_next_visitor,
    a_registry_follows_a_condition_that_is_replaced,
    of_two_registries_that_of_the_replacement_stays,
}

impl Bed {
    async fn sends_elsewhere(&self, actor: Actor, slug: &str, name: &str, link: &str) {
        let leaders = self.storage.communities();
        let set = leaders.set_outside_registry(actor, slug, name, link);
        set.await.unwrap();
    }

    /// As the page of the condition shows it.
    async fn enrols_at(&self, slug: &str) -> Option<(String, String)> {
        let registry = self.condition(slug).await.registry;
        registry.map(|OutsideRegistry { name, link }| (name, link))
    }

    async fn replaces_alpha(&self) {
        self.import(mondo([
            obsolete("MONDO:1", "alpha disease").replaced_by("MONDO:2"),
            term("MONDO:2", "beta disease").synonym("first"),
        ]))
        .await;
    }
}

fn at(name: &str, link: &str) -> (String, String) {
    (name.to_owned(), link.to_owned())
}

async fn its_table_is_what_its_entity_says(bed: Bed) {
    matches(&bed, outside_registry::Entity).await;
}

async fn leaders_say_where_people_of_their_community_enrol(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let leader = bed.leader(2, ALPHA, moderator).await;
    let member = bed.joined(3, None, ALPHA).await;
    assert_eq!(bed.enrols_at(ALPHA).await, None);
    assert_eq!(bed.leading(leader, ALPHA).await.registry, None);

    let link = format!(" {LINK}\n");
    bed.sends_elsewhere(leader, ALPHA, " The alpha  registry", &link)
        .await;
    assert_eq!(bed.enrols_at(ALPHA).await, Some(at(NAME, LINK)));
    assert_eq!(bed.enrols_at(BETA).await, None);
    let led = bed.leading(moderator, ALPHA).await.registry.unwrap();
    assert_eq!((led.name.as_str(), led.link.as_str()), (NAME, LINK));

    let leaders = bed.storage.communities();
    for (actor, slug) in [(member, ALPHA), (leader, BETA)] {
        let refused = leaders.set_outside_registry(actor, slug, "", "").await;
        assert!(
            matches!(refused, Err(Error::Forbidden { .. })),
            "{refused:?}"
        );
    }
    let visitor = leaders.set_outside_registry(Actor::Visitor, ALPHA, NAME, LINK);
    assert_eq!(visitor.await, Err(Error::Unauthenticated));
    for (name, link, wrong) in [
        ("", LINK, OutsideRegistry::NAME),
        (NAME, "", OutsideRegistry::LINK),
        (NAME, "http://alpha.example.org/", OutsideRegistry::LINK),
        (
            NAME,
            "https://ada:secret@example.org/",
            OutsideRegistry::LINK,
        ),
    ] {
        let refused = leaders.set_outside_registry(leader, ALPHA, name, link);
        assert_eq!(field(refused.await), wrong, "{name} {link}");
    }
    let missing = leaders.set_outside_registry(moderator, "gamma-ray", NAME, LINK);
    assert_eq!(missing.await, Err(Error::NotFound));
    assert_eq!(bed.enrols_at(ALPHA).await, Some(at(NAME, LINK)));

    // Moderators put right what leaders have set.
    bed.sends_elsewhere(moderator, ALPHA, " ", "").await;
    assert_eq!(bed.enrols_at(ALPHA).await, None);
    assert_eq!(bed.leading(leader, ALPHA).await.registry, None);
}

async fn each_change_is_one_event_and_seen_by_the_next_visitor(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let (mut changes, catalogue) = bed.changed();
    for (name, link, is_another) in [
        ("", "", false),
        (NAME, LINK, true),
        (NAME, LINK, false),
        ("Another", LINK, true),
        ("Another", "https://example.org/", true),
        ("", "", true),
        ("", "", false),
    ] {
        bed.sends_elsewhere(moderator, ALPHA, name, link).await;
        changes += u64::from(is_another);
        assert_eq!(bed.changed(), (changes, catalogue), "{name} {link}");
    }
    let connection = bed.connection().await;
    let events = event::Entity::find()
        .filter(event::Column::Kind.eq("community.outside_registry_set"))
        .all(&connection)
        .await
        .unwrap();
    assert_eq!(events.len(), 4);
    let alpha = Some(bed.id(ALPHA).await.0);
    for event in events {
        assert_eq!((event.subject_id, event.community_id), (alpha, alpha));
    }
}

async fn a_registry_follows_a_condition_that_is_replaced(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    bed.sends_elsewhere(moderator, ALPHA, NAME, LINK).await;
    bed.replaces_alpha().await;
    assert_eq!(bed.enrols_at(BETA).await, Some(at(NAME, LINK)));
    let left = "SELECT count(*) FROM outside_registry";
    assert_eq!(bed.number(left).await, 1);
}

async fn of_two_registries_that_of_the_replacement_stays(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    bed.sends_elsewhere(moderator, ALPHA, NAME, LINK).await;
    bed.sends_elsewhere(moderator, BETA, "Beta", "https://beta.example.org/")
        .await;
    bed.replaces_alpha().await;
    let stays = Some(at("Beta", "https://beta.example.org/"));
    assert_eq!(bed.enrols_at(BETA).await, stays);
    let left = "SELECT count(*) FROM outside_registry";
    assert_eq!(bed.number(left).await, 1);
}
