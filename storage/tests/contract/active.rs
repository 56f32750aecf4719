//! The list of communities in which something happens, where much does.

use domain::{
    account::Actor,
    community::{Communities, MOST_COUNTED},
};
use storage::DatabaseKind;

use crate::{
    bed::Bed,
    release::{mondo, term},
};

contract! {
    one_busy_community_hides_no_other,
    communities_that_are_busy_in_turn_come_in_their_order,
}

const COMMUNITIES: usize = 40;
/// On one page.
const PAGE: usize = 30;

fn slug(number: usize) -> String {
    format!("disease-{number:02}")
}

impl Bed {
    async fn with_many_conditions(&self) {
        let terms = (0..COMMUNITIES)
            .map(|number| term(&format!("MONDO:{number}"), &format!("disease {number:02}")));
        self.import(mondo(terms.collect::<Vec<_>>())).await;
    }

    /// Approves 1,600 resources: `condition` says in which community and `decided` when. Both are SQL of
    /// two numbers from 0 to 39, `one` and `other`.
    async fn approve_many(&self, condition: &str, decided: &str) {
        let id = match self.kind() {
            DatabaseKind::Sqlite => "randomblob(16)",
            DatabaseKind::Postgres => "gen_random_uuid()",
        };
        self.run(&format!(
            "INSERT INTO resource (id, public_id, condition_id, state, kind, title, description, \
             link, link_key, language, reason, created_at, decided_at) \
             SELECT {id}, n.link, c.id, 'approved', 'guide', 'A', '', n.link, n.link, 'en', '', 0, \
             {decided} FROM (SELECT one.number AS one, other.number AS other, \
             one.slug || other.slug AS link FROM {NUMBERED} one CROSS JOIN {NUMBERED} other) n \
             JOIN {NUMBERED} c ON c.number = {condition}"
        ))
        .await;
    }

    /// All communities of the list, page by page.
    async fn pages_of_active(&self) -> Vec<Vec<String>> {
        let communities = self.storage.communities();
        let (mut pages, mut after) = (Vec::new(), None::<String>);
        loop {
            let list = communities.active(Actor::Visitor, after.as_deref());
            let list = list.await.unwrap();
            let slugs = list.communities.into_iter().map(|one| one.condition.slug);
            pages.push(slugs.collect());
            after = list.next;
            if after.is_none() {
                return pages;
            }
        }
    }
}

const NUMBERED: &str = "(SELECT id, slug, CAST(substr(slug, 9) AS INTEGER) AS number FROM condition \
     WHERE slug LIKE 'disease-__')";

async fn one_busy_community_hides_no_other(bed: Bed) {
    bed.with_many_conditions().await;
    // All but one resource of each in the first, and later than all others.
    bed.approve_many(
        "CASE WHEN one = 0 THEN other ELSE 0 END",
        "CASE WHEN one = 0 THEN 1 + other ELSE 1000 END",
    )
    .await;
    let newest_first = |numbers: std::ops::Range<usize>| numbers.rev().map(slug);
    let mut expected = vec![slug(0)];
    expected.extend(newest_first(1..COMMUNITIES));
    let rest = expected.split_off(PAGE);
    assert_eq!(bed.pages_of_active().await, [expected, rest]);
    // It is not counted to the end.
    let communities = bed.storage.communities();
    let list = communities.active(Actor::Visitor, None).await.unwrap();
    let counts = list.communities.iter().map(|one| one.resources);
    assert_eq!(counts.take(2).collect::<Vec<_>>(), [MOST_COUNTED + 1, 1]);
}

async fn communities_that_are_busy_in_turn_come_in_their_order(bed: Bed) {
    bed.with_many_conditions().await;
    bed.approve_many("other", "1 + one * 40 + other").await;
    let mut expected: Vec<String> = (0..COMMUNITIES).rev().map(slug).collect();
    let rest = expected.split_off(PAGE);
    assert_eq!(bed.pages_of_active().await, [expected, rest]);
}
