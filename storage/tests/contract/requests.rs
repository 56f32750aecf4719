//! Requests for communities, what becomes of them, and the list of communities.

use domain::{
    Error, Result,
    account::{Accounts, Actor, Role},
    community::{
        Communities, CommunityRequestDraft, CommunityRequests, Leaders, LeadershipState,
        Memberships, RequestDecision, RequestState, TopicAudience,
    },
    mail::Letter,
    policy::Audience,
};

use crate::{
    bed::Bed,
    people::{PASSWORD, field, password, submission},
    release::{mondo, term},
    resources::recommended,
    trials::study,
    writers::{ALPHA, BETA},
};

contract! {
    an_accepted_request_is_a_condition_that_is_found_at_once,
    a_request_is_merged_or_declined_with_words,
    requests_are_seen_by_their_author_and_who_decides,
    an_import_leaves_conditions_of_members_alone,
    what_members_ask_for_takes_no_trial_from_a_source,
    what_was_accepted_can_be_merged_later,
    a_request_sent_twice_is_made_once,
    communities_are_listed_by_what_visitors_see,
    what_waits_is_in_one_list,
}

fn draft(name: &str) -> CommunityRequestDraft {
    CommunityRequestDraft {
        name: name.to_owned(),
        why: "We are nine families.".to_owned(),
        links: "https://example.org/a".to_owned(),
        leads: true,
    }
}

fn accept(name: &str) -> RequestDecision {
    RequestDecision::Accept {
        name: name.to_owned(),
        words: "Welcome".to_owned(),
    }
}

fn merge(slug: &str) -> RequestDecision {
    RequestDecision::Merge {
        slug: slug.to_owned(),
        words: "It is here".to_owned(),
    }
}

impl Bed {
    async fn request(&self, actor: Actor, name: &str) -> Result<String> {
        let key = uuid::Uuid::new_v4().to_string();
        let requests = self.storage.communities();
        requests
            .request(actor, draft(name), &submission(&key))
            .await
    }

    async fn active(&self) -> Vec<(String, i64, i64, i64)> {
        let communities = self.storage.communities();
        let list = communities.active(Actor::Visitor, None).await.unwrap();
        let lines = list.communities.into_iter();
        lines
            .map(|one| (one.condition.slug, one.topics, one.resources, one.leaders))
            .collect()
    }
}

async fn an_accepted_request_is_a_condition_that_is_found_at_once(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.writer(1, None).await;
    bed.secure(1).await;
    let moderator = bed.writer(2, Some(Role::Moderator)).await;
    assert!(bed.found("tatton").await.is_empty());
    let id = bed.request(ada, " tatton  Brown syndrome ").await.unwrap();
    let requests = bed.storage.communities();
    let own = requests.own_request(ada, &id).await.unwrap();
    assert_eq!(own.state, RequestState::Waiting);
    assert_eq!(own.name, "tatton Brown syndrome");
    assert_eq!(own.links, ["https://example.org/a"]);
    assert!(own.leads && own.condition.is_none());
    let before = bed.changed();
    for _ in 0..2 {
        let decide = requests.decide_request(moderator, &id, accept("tatton Brown syndrome"));
        decide.await.unwrap();
    }
    assert_eq!(bed.changed(), (before.0 + 1, before.1 + 1));
    assert_eq!(bed.found("tatton").await, ["Tatton Brown syndrome"]);
    let slug = "tatton-brown-syndrome";
    let condition = bed.condition(slug).await;
    assert_eq!(condition.name, "Tatton Brown syndrome");
    assert_eq!((condition.source, condition.codes.len()), (None, 0));
    let letters = bed.letters().await;
    assert_eq!(
        letters,
        [(
            "p1@example.org".to_owned(),
            Letter::RequestDecided { id: id.clone() }
        )]
    );
    let own = requests.own_request(ada, &id).await.unwrap();
    assert_eq!(own.state, RequestState::Accepted);
    assert_eq!(
        (own.words.as_str(), own.condition.unwrap().slug.as_str()),
        ("Welcome", slug)
    );
    // They would lead: they have joined, for themselves alone, and are invited.
    let here = bed.id(slug).await;
    let membership = requests.membership(ada, here).await;
    assert_eq!(membership, Ok(Some(Audience::OnlyMe)));
    let [invited] = bed.own_leaderships(ada).await.try_into().unwrap();
    assert_eq!(invited.state, LeadershipState::Invited);
    requests
        .accept_invitation(ada, &invited.id, "Hello")
        .await
        .unwrap();
    assert_eq!(bed.led_by(slug).await[0].handle, "h1");
    assert_eq!(bed.active().await, [(slug.to_owned(), 0, 0, 1)]);
    // A second one by this name has another address.
    let twin = bed.request(ada, "Tatton-Brown syndrome").await.unwrap();
    let decide = requests.decide_request(moderator, &twin, accept("Tatton-Brown syndrome"));
    decide.await.unwrap();
    bed.condition("tatton-brown-syndrome-2").await;
    bed.days_pass(1);
    let id = bed.request(ada, "Another one").await.unwrap();
    let decline = RequestDecision::Decline {
        words: " ".to_owned(),
    };
    for (bad, wrong) in [(accept(".."), "name"), (decline, "words")] {
        let decide = requests.decide_request(moderator, &id, bad).await;
        assert_eq!(field(decide), wrong);
    }
}

async fn a_request_is_merged_or_declined_with_words(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.writer(1, None).await;
    let moderator = bed.writer(2, Some(Role::Moderator)).await;
    let requests = bed.storage.communities();
    let before = bed.changed();
    let one = bed.request(ada, "The first").await.unwrap();
    let decide = requests.decide_request(moderator, &one, merge("nowhere"));
    assert_eq!(decide.await, Err(Error::NotFound));
    let decide = requests.decide_request(moderator, &one, merge(ALPHA));
    decide.await.unwrap();
    // Another one after that would be lost.
    let other = requests.decide_request(moderator, &one, merge(BETA));
    assert_eq!(other.await, Err(Error::Conflict));
    let own = requests.own_request(ada, &one).await.unwrap();
    assert_eq!(own.state, RequestState::Merged);
    assert_eq!(own.condition.unwrap().slug, ALPHA);
    // Nobody is made to join.
    let membership = requests.membership(ada, bed.id(ALPHA).await).await;
    assert_eq!(membership, Ok(None));
    let two = bed.request(ada, "A cold").await.unwrap();
    let decline = RequestDecision::Decline {
        words: "Not rare".to_owned(),
    };
    for _ in 0..2 {
        let decide = requests.decide_request(moderator, &two, decline.clone());
        decide.await.unwrap();
    }
    let otherwise = requests.decide_request(moderator, &two, accept("A cold"));
    assert_eq!(otherwise.await, Err(Error::Conflict));
    let own = requests.own_request(ada, &two).await.unwrap();
    assert_eq!(
        (own.state, own.words.as_str()),
        (RequestState::Declined, "Not rare")
    );
    assert_eq!(bed.letters().await.len(), 2);
    assert_eq!(bed.changed(), before, "no page of visitors shows it");
    let decided = requests.requests(moderator, true, None).await.unwrap();
    let ids: Vec<_> = decided.requests.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids.len(), 2);
    assert!(ids.contains(&one.as_str()) && ids.contains(&two.as_str()));
    // Nobody about their own, but administrators.
    let mine = bed.request(moderator, "Mine alone").await.unwrap();
    let decide = requests
        .decide_request(moderator, &mine, decline.clone())
        .await;
    assert!(matches!(decide, Err(Error::Forbidden { .. })));
    let root = bed.writer(3, Some(Role::Administrator)).await;
    let mine = bed.request(root, "Mine alone").await.unwrap();
    let decide = requests.decide_request(root, &mine, decline);
    decide.await.unwrap();
}

async fn requests_are_seen_by_their_author_and_who_decides(bed: Bed) {
    bed.with_conditions().await;
    let signed_in = bed.member("ada@example.org").await;
    let ada = bed.actor(&signed_in).await;
    let grace = bed.writer(2, None).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let id = bed.request(ada, "A quiet one").await.unwrap();
    let requests = bed.storage.communities();
    for (actor, id) in [
        (grace, id.as_str()),
        (moderator, &id),
        (ada, "0000000000"),
        (ada, "\0"),
    ] {
        let seen = requests.own_request(actor, id).await;
        assert_eq!(seen, Err(Error::NotFound));
    }
    assert!(requests.own_requests(grace).await.unwrap().is_empty());
    assert_eq!(requests.own_requests(ada).await.unwrap().len(), 1);
    for actor in [grace, ada] {
        let seen = requests.request_to_decide(actor, &id).await;
        assert_eq!(seen, Err(Error::NotFound));
        let decided = requests.decide_request(actor, &id, merge(ALPHA)).await;
        assert_eq!(decided, Err(Error::NotFound));
        assert_eq!(
            requests.requests(actor, false, None).await,
            Err(Error::NotFound)
        );
    }
    let seen = requests.request_to_decide(moderator, &id).await.unwrap();
    assert!(seen.may_decide && !seen.may_merge);
    // The request goes with the account.
    let accounts = bed.storage.accounts();
    accounts
        .delete(ada, &password(PASSWORD), false)
        .await
        .unwrap();
    let seen = requests.request_to_decide(moderator, &id).await;
    assert_eq!(seen, Err(Error::NotFound));
}

async fn an_import_leaves_conditions_of_members_alone(bed: Bed) {
    bed.with_conditions().await;
    let root = bed.writer(1, Some(Role::Administrator)).await;
    let requests = bed.storage.communities();
    let id = bed.request(root, "Gamma disease").await.unwrap();
    let decide = requests.decide_request(root, &id, accept("Gamma disease"));
    decide.await.unwrap();
    let made = bed.id("gamma-disease").await;
    // A whole release, which has the name as well.
    let release = || {
        mondo([
            term("MONDO:1", "alpha disease").synonym("first"),
            term("MONDO:2", "beta disease").synonym("first"),
            term("MONDO:3", "gamma disease"),
        ])
    };
    for (new, unchanged) in [(1, 2), (0, 3)] {
        let report = bed.import(release()).await;
        assert_eq!(
            (report.new, report.unchanged, report.withdrawn),
            (new, unchanged, 0)
        );
        assert!(report.refused.is_empty());
        assert_eq!(bed.id("gamma-disease").await, made);
        assert_ne!(bed.id("gamma-disease-2").await, made);
    }
    let found = bed.found("gamma disease").await;
    assert_eq!(found, ["Gamma disease", "Gamma disease"]);
    let sources = domain::catalogue::Catalogue::sources(&*bed.storage.catalogue(), root).await;
    assert!(
        sources
            .unwrap()
            .iter()
            .all(|source| !source.name.contains("Members"))
    );
}

async fn what_members_ask_for_takes_no_trial_from_a_source(bed: Bed) {
    let alpha = term("MONDO:1", "alpha disease").synonym("tatton");
    bed.import(mondo([alpha])).await;
    let ada = bed.writer(1, None).await;
    let moderator = bed.writer(2, Some(Role::Moderator)).await;
    let id = bed.request(ada, "Tatton").await.unwrap();
    let requests = bed.storage.communities();
    let decided = requests.decide_request(moderator, &id, accept("Tatton"));
    decided.await.unwrap();
    bed.read_trials([study(1, &["Tatton"])]).await;
    let slugs = "SELECT DISTINCT c.slug FROM trial_condition p \
                 JOIN condition c ON c.id = p.condition_id";
    assert_eq!(bed.texts(slugs).await, ["alpha-disease"]);
}

async fn what_was_accepted_can_be_merged_later(bed: Bed) {
    bed.with_conditions().await;
    let root = bed.writer(1, Some(Role::Administrator)).await;
    bed.secure(1).await;
    let requests = bed.storage.communities();
    let id = bed.request(root, "Gamma disease").await.unwrap();
    let decide = requests.decide_request(root, &id, accept("Gamma disease"));
    decide.await.unwrap();
    let invited = bed.own_leaderships(root).await[0].id.clone();
    requests
        .accept_invitation(root, &invited, "")
        .await
        .unwrap();
    let started = bed.start(root, "gamma-disease", "Among us", TopicAudience::Everyone);
    started.await.unwrap();
    let seen = requests.request_to_decide(root, &id).await.unwrap();
    assert!(!seen.may_decide && seen.may_merge);
    let itself = requests.decide_request(root, &id, merge("gamma-disease"));
    assert_eq!(field(itself.await), "condition");
    let decide = requests.decide_request(root, &id, merge(BETA));
    decide.await.unwrap();
    assert_eq!(bed.moved("gamma-disease").await, BETA);
    assert_eq!(bed.topics(Actor::Visitor, BETA, None).await.topics.len(), 1);
    assert_eq!(bed.led_by(BETA).await.len(), 1);
    assert!(bed.found("gamma").await.is_empty());
    let own = requests.own_request(root, &id).await.unwrap();
    assert_eq!(own.state, RequestState::Merged);
    assert_eq!(own.condition.unwrap().slug, BETA);
    // Later imports leave it where it leads.
    bed.import(mondo([
        term("MONDO:1", "alpha disease").synonym("first"),
        term("MONDO:2", "beta disease").synonym("second"),
    ]))
    .await;
    assert_eq!(bed.moved("gamma-disease").await, BETA);
    let again = requests.decide_request(root, &id, merge(BETA)).await;
    assert_eq!(again, Ok(()), "it is merged already");
    let other = requests.decide_request(root, &id, merge(ALPHA)).await;
    assert_eq!(other, Err(Error::Conflict), "with another one");
    assert_eq!(bed.moved("gamma-disease").await, BETA);
}

async fn a_request_sent_twice_is_made_once(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.writer(1, None).await;
    let requests = bed.storage.communities();
    let sent = submission("once");
    let first = requests.request(ada, draft("One"), &sent).await.unwrap();
    let second = requests.request(ada, draft("One"), &sent).await.unwrap();
    assert_eq!(first, second);
    let wrong = requests.request(ada, draft("x"), &submission("w")).await;
    assert_eq!(field(wrong), "name");
    for number in 0..2 {
        let name = format!("Condition {number}");
        bed.request(ada, &name).await.unwrap();
    }
    let last = bed.request(ada, "One more").await;
    assert!(matches!(last, Err(Error::LimitReached { .. })), "{last:?}");
    assert_eq!(
        bed.number("SELECT count(*) FROM community_request").await,
        3
    );
    bed.days_pass(1);
    bed.request(ada, "One more").await.unwrap();
}

async fn communities_are_listed_by_what_visitors_see(bed: Bed) {
    let terms: Vec<_> = (0..33)
        .map(|number| term(&format!("MONDO:{number}"), &format!("disease {number:02}")))
        .collect();
    bed.import(mondo(terms)).await;
    let root = bed.writer(1, Some(Role::Administrator)).await;
    let slug = |number: u32| format!("disease-{number:02}");
    bed.join(root, &slug(0)).await;
    for audience in [TopicAudience::Members, TopicAudience::Community] {
        bed.start(root, &slug(0), "Among us", audience)
            .await
            .unwrap();
    }
    let draft = recommended("Waits", "https://example.org/a");
    let waits = bed.suggest(root, &slug(0), draft).await.unwrap();
    assert!(bed.active().await.is_empty());
    bed.seconds_pass(1);
    bed.approve(root, &waits).await.unwrap();
    assert_eq!(bed.active().await, [(slug(0), 0, 1, 0)]);
    bed.seconds_pass(1);
    bed.join(root, &slug(1)).await;
    let topic = bed
        .start(root, &slug(1), "For all", TopicAudience::Everyone)
        .await
        .unwrap();
    let expected = [(slug(1), 1, 0, 0), (slug(0), 0, 1, 0)];
    assert_eq!(bed.active().await, expected);
    bed.seconds_pass(1);
    bed.leader(2, &slug(0), root).await;
    let expected = [(slug(0), 0, 1, 1), (slug(1), 1, 0, 0)];
    assert_eq!(bed.active().await, expected);
    bed.seconds_pass(1);
    bed.reply(root, &topic, "Once more.").await.unwrap();
    assert_eq!(bed.active().await[0].0, slug(1));
    // By pages.
    for number in 2..33 {
        bed.run(&format!(
            "INSERT INTO resource (id, public_id, condition_id, state, kind, title, description, \
             link, link_key, language, reason, created_at, decided_at) \
             SELECT c.id, c.slug, c.id, 'approved', 'guide', 'A', '', c.slug, c.slug, 'en', '', 0, {} \
             FROM condition c WHERE c.slug = '{}'",
            number % 2 + 1,
            slug(number)
        ))
        .await;
    }
    let communities = bed.storage.communities();
    let first = communities.active(root, None).await.unwrap();
    let next = first.next.unwrap();
    let rest = communities
        .active(Actor::Visitor, Some(&next))
        .await
        .unwrap();
    assert_eq!((first.communities.len(), rest.communities.len()), (30, 3));
    let mut all: Vec<_> = first
        .communities
        .iter()
        .chain(&rest.communities)
        .map(|one| one.condition.slug.clone())
        .collect();
    assert_eq!(all[2], slug(3));
    assert_eq!(all[32], slug(32));
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 33);
    for nowhere in ["nowhere", "\0"] {
        let none = communities.active(Actor::Visitor, Some(nowhere)).await;
        assert_eq!(none, Err(Error::NotFound));
    }
}

async fn what_waits_is_in_one_list(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    bed.join(ada, BETA).await;
    let moderator = bed.writer(2, Some(Role::Moderator)).await;
    let requests = bed.storage.communities();
    let empty = requests.waiting_everywhere(moderator).await.unwrap();
    assert!(empty.requests.is_empty() && empty.resources.is_empty());
    for slug in [ALPHA, BETA] {
        let draft = recommended(slug, "https://example.org/a");
        bed.suggest(ada, slug, draft).await.unwrap();
        bed.seconds_pass(1);
    }
    bed.request(ada, "One more").await.unwrap();
    let waiting = requests.waiting_everywhere(moderator).await.unwrap();
    let titles: Vec<_> = waiting
        .resources
        .iter()
        .map(|one| one.title.as_str())
        .collect();
    assert_eq!(titles, [ALPHA, BETA]);
    assert_eq!(waiting.requests[0].name, "One more");
    let refused = requests.waiting_everywhere(ada).await;
    assert_eq!(refused, Err(Error::NotFound));
}
