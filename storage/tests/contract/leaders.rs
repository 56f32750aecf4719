//! Leaders: invited, shown, at work, and at the end of it.

use domain::{
    Error,
    account::{Actor, Role},
    catalogue::Resolved,
    community::{
        Leader, Leaders, LeadershipObstacle, LeadershipState, Leading, Memberships, OwnLeadership,
        Resources, TopicAudience,
    },
    mail::Letter,
    policy::Audience,
    profile::{ProfileDraft, Profiles},
};

use crate::{
    bed::Bed,
    people::field,
    profiles::draft,
    resources::recommended,
    writers::{ALPHA, BETA, titles},
};

contract! {
    somebody_is_invited_accepts_and_is_shown,
    invitations_say_nothing_of_who_cannot_be_invited,
    leaders_decide_about_resources_of_their_community_alone,
    leaders_write_the_welcome_message,
    three_topics_can_stand_before_all_others,
    two_at_once_do_not_pin_one_too_many,
    the_list_of_all_leaders_goes_on,
}

impl Bed {
    /// Somebody whose membership all members see, and who has a second factor.
    pub(crate) async fn willing(&self, index: u128, slug: &str) -> Actor {
        let actor = self.writer(index, None).await;
        self.secure(index).await;
        self.show_membership(actor, slug, Audience::Members).await;
        actor
    }

    pub(crate) async fn show_membership(&self, actor: Actor, slug: &str, audience: Audience) {
        let memberships = self.storage.communities();
        let shown = memberships.set_membership(actor, slug, audience, false);
        shown.await.unwrap();
    }

    /// Sets a second factor up for who has not gone through the ceremony of joining.
    pub(crate) async fn secure(&self, index: u128) {
        self.run(&format!(
            "INSERT INTO second_factor \
             (account_id, secret, begun_at, set_up_at, last_step, wrong_codes) \
             VALUES ((SELECT id FROM account WHERE handle = 'h{index}'), '', 0, 1, 0, 0)"
        ))
        .await;
    }

    /// Somebody who leads a community, invited by a moderator.
    pub(crate) async fn leader(&self, index: u128, slug: &str, moderator: Actor) -> Actor {
        let actor = self.willing(index, slug).await;
        let leaders = self.storage.communities();
        let handle = format!("h{index}");
        leaders.appoint(moderator, slug, &handle).await.unwrap();
        let id = self.own_leaderships(actor).await[0].id.clone();
        let words = format!("Words of {index}");
        leaders.accept_invitation(actor, &id, &words).await.unwrap();
        actor
    }

    pub(crate) async fn own_leaderships(&self, actor: Actor) -> Vec<OwnLeadership> {
        let leaders = self.storage.communities();
        leaders.own_leaderships(actor).await.unwrap()
    }

    /// Who leads it, as a visitor sees it.
    pub(crate) async fn led_by(&self, slug: &str) -> Vec<Leader> {
        let (leaders, id) = (self.storage.communities(), self.id(slug).await);
        let here = leaders.leaders(Actor::Visitor, id).await.unwrap();
        assert_eq!((here.welcome, here.may_lead), (None, false));
        here.leaders
    }

    pub(crate) async fn leading(&self, actor: Actor, slug: &str) -> Leading {
        match self.storage.communities().leading(actor, slug).await {
            Ok(Resolved::Here(leading)) => leading,
            other => panic!("{other:?}"),
        }
    }
}

pub(crate) fn handles(leaders: &[Leader]) -> Vec<&str> {
    leaders
        .iter()
        .map(|leader| leader.handle.as_str())
        .collect()
}

async fn somebody_is_invited_accepts_and_is_shown(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let ada = bed.writer(2, None).await;
    bed.show_membership(ada, ALPHA, Audience::Members).await;
    let leaders = bed.storage.communities();
    let before = bed.changed();
    // Once more is no error.
    for _ in 0..2 {
        leaders.appoint(moderator, ALPHA, " @H2 ").await.unwrap();
    }
    assert_eq!(bed.changed(), before);
    let letters = bed.letters().await;
    assert_eq!(
        letters,
        [("p2@example.org".to_owned(), Letter::LeadershipChanged)]
    );
    let [invitation] = bed.own_leaderships(ada).await.try_into().unwrap();
    assert_eq!(invitation.state, LeadershipState::Invited);
    assert_eq!(invitation.condition.slug, ALPHA);
    assert_eq!(invitation.obstacles, [LeadershipObstacle::SecondFactor]);
    assert!(bed.led_by(ALPHA).await.is_empty());
    let tools = bed.leading(moderator, ALPHA).await;
    assert!(tools.may_end && tools.leaders[0].invited && !tools.leaders[0].counts);
    let words = "Here since 2019.";
    let listed = ProfileDraft {
        name: "Person 2".to_owned(),
        listed_audience: Audience::Everyone,
        ..draft(Audience::Members)
    };
    bed.storage.profiles().change(ada, listed).await.unwrap();
    assert!(bed.public_members(ALPHA).await.is_empty());
    for _ in 0..2 {
        let accept = leaders.accept_invitation(ada, &invitation.id, words);
        accept.await.unwrap();
    }
    // What one has a role for without a second factor counts for nothing.
    let [own] = bed.own_leaderships(ada).await.try_into().unwrap();
    assert_eq!(own.state, LeadershipState::Leading);
    assert_eq!(bed.public_members(ALPHA).await, ["h2"], "leading is public");
    assert_eq!(own.obstacles, [LeadershipObstacle::SecondFactor]);
    assert!(bed.led_by(ALPHA).await.is_empty());
    let refused = leaders.leading(ada, ALPHA).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    bed.secure(2).await;
    assert!(bed.own_leaderships(ada).await[0].obstacles.is_empty());
    let [leader] = bed.led_by(ALPHA).await.try_into().unwrap();
    assert_eq!(
        (leader.handle.as_str(), leader.name.as_str()),
        ("h2", "Person 2")
    );
    assert_eq!((leader.words.as_str(), leader.picture), (words, None));
    // It is public, and stays so.
    let membership = leaders.membership(ada, bed.id(ALPHA).await).await;
    assert_eq!(membership, Ok(Some(Audience::Everyone)));
    for audience in [Audience::OnlyMe, Audience::Communities, Audience::Members] {
        let narrower = leaders.set_membership(ada, ALPHA, audience, false).await;
        assert_eq!(field(narrower), "audience");
    }
    bed.show_membership(ada, ALPHA, Audience::Everyone).await;
    let describe = leaders.describe_leader(ada, &own.id, "Other\nwords");
    describe.await.unwrap();
    assert_eq!(bed.led_by(ALPHA).await[0].words, "Other words");
    // Nobody answers for others.
    let other = bed.willing(3, ALPHA).await;
    let answer = leaders.accept_invitation(other, &own.id, "").await;
    assert_eq!(answer, Err(Error::NotFound));
    assert_eq!(leaders.step_down(other, &own.id).await, Ok(()));
    assert_eq!(bed.led_by(ALPHA).await.len(), 1);
    // A leader invites further ones, who may decline.
    leaders.appoint(ada, ALPHA, "h3").await.unwrap();
    let [invited] = bed.own_leaderships(other).await.try_into().unwrap();
    let decline = leaders.decline_invitation(other, &invited.id);
    decline.await.unwrap();
    assert!(bed.own_leaderships(other).await.is_empty());
    let late = leaders.accept_invitation(other, &invited.id, "").await;
    assert_eq!(late, Err(Error::NotFound));
    assert!(!bed.leading(ada, ALPHA).await.may_end);
}

async fn invitations_say_nothing_of_who_cannot_be_invited(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let ada = bed.leader(2, ALPHA, moderator).await;
    let hidden = bed.joined(3, None, ALPHA).await;
    bed.joined(4, None, BETA).await;
    let suspended = bed.willing(5, ALPHA).await;
    bed.run("UPDATE account SET standing = 'suspended' WHERE handle = 'h5'")
        .await;
    bed.letters().await;
    let leaders = bed.storage.communities();
    let mut answers = Vec::new();
    for handle in ["h3", "h4", "h5", "nobody"] {
        for actor in [ada, moderator] {
            answers.push(leaders.appoint(actor, ALPHA, handle).await);
        }
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(field(answers.remove(0)), "handle");
    for actor in [hidden, suspended] {
        assert!(bed.own_leaderships(actor).await.is_empty());
    }
    assert_eq!(bed.leading(ada, ALPHA).await.leaders.len(), 1);
    assert!(bed.letters().await.is_empty());
    // What was asked for in vain counts.
    for number in 0..6 {
        let asked = leaders.appoint(ada, ALPHA, &format!("n{number}")).await;
        assert_eq!(field(asked), "handle");
    }
    let last = leaders.appoint(ada, ALPHA, "h3").await;
    assert!(matches!(last, Err(Error::LimitReached { .. })), "{last:?}");
}

async fn leaders_decide_about_resources_of_their_community_alone(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let leader = bed.leader(2, ALPHA, moderator).await;
    bed.join(leader, BETA).await;
    let grace = bed.joined(3, None, ALPHA).await;
    bed.join(grace, BETA).await;
    let resources = bed.storage.communities();
    let suggested = |number: u32| {
        recommended(
            &format!("Resource {number}"),
            &format!("https://example.org/{number}"),
        )
    };
    let here = bed.suggest(grace, ALPHA, suggested(1)).await.unwrap();
    let there = bed.suggest(grace, BETA, suggested(2)).await.unwrap();
    let own = bed.suggest(leader, ALPHA, suggested(3)).await.unwrap();
    let list = bed.resources(leader, ALPHA).await;
    assert!(list.may_decide);
    assert_eq!(list.waiting.len(), 2);
    let elsewhere = bed.resources(leader, BETA).await;
    assert!(!elsewhere.may_decide && elsewhere.waiting.is_empty());
    let seen = resources.resource(leader, &here).await.unwrap();
    assert!(seen.may_decide && !seen.own);
    let hidden = resources.resource(leader, &there).await;
    assert_eq!(hidden, Err(Error::NotFound));
    for id in [&there, &own, &"0000000000".to_owned()] {
        let decided = bed.decline(leader, id, "No").await;
        assert!(
            matches!(decided, Err(Error::Forbidden { .. })),
            "{decided:?}"
        );
    }
    bed.approve(leader, &here).await.unwrap();
    assert!(resources.resource(leader, &here).await.unwrap().may_remove);
    bed.approve(moderator, &there).await.unwrap();
    let removed = resources.remove(leader, &there, "No").await;
    assert!(matches!(removed, Err(Error::Forbidden { .. })));
    resources.remove(leader, &here, "It is gone").await.unwrap();
    assert!(
        bed.resources(Actor::Visitor, ALPHA)
            .await
            .resources
            .is_empty()
    );
    // Suspended leaders do nothing, and are not shown.
    bed.run("UPDATE account SET standing = 'suspended' WHERE handle = 'h2'")
        .await;
    let again = bed.suggest(grace, ALPHA, suggested(4)).await.unwrap();
    let decided = bed.decline(leader, &again, "No").await;
    assert!(decided.is_err(), "{decided:?}");
    assert!(bed.led_by(ALPHA).await.is_empty());
    bed.run("UPDATE account SET standing = 'good' WHERE handle = 'h2'")
        .await;
    assert_eq!(bed.decline(leader, &again, "No").await, Ok(()));
}

async fn leaders_write_the_welcome_message(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let leader = bed.leader(2, ALPHA, moderator).await;
    let member = bed.joined(3, None, ALPHA).await;
    let other = bed.joined(4, None, BETA).await;
    let leaders = bed.storage.communities();
    let before = bed.changed();
    let text = "**Hello!** <script>x</script>";
    leaders.set_welcome(leader, ALPHA, text).await.unwrap();
    assert_eq!(bed.changed(), before);
    let welcome = async |actor| {
        let here = leaders.leaders(actor, bed.id(ALPHA).await).await.unwrap();
        here.welcome.map(|html| html.as_str().to_owned())
    };
    let shown = welcome(member).await.unwrap();
    assert!(shown.contains("<strong>Hello!</strong>"), "{shown}");
    assert!(!shown.contains("<script"), "{shown}");
    for stranger in [other, Actor::Visitor, moderator] {
        assert_eq!(welcome(stranger).await, None);
    }
    assert_eq!(bed.leading(moderator, ALPHA).await.welcome, text);
    let long = "a".repeat(2_001);
    assert_eq!(
        field(leaders.set_welcome(leader, ALPHA, &long).await),
        "text"
    );
    for (actor, slug) in [(member, ALPHA), (leader, BETA)] {
        let refused = leaders.set_welcome(actor, slug, "Mine").await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })));
    }
    leaders.set_welcome(leader, ALPHA, " \n").await.unwrap();
    assert_eq!(welcome(member).await, None);
}

async fn three_topics_can_stand_before_all_others(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let member = bed.joined(3, None, ALPHA).await;
    let leaders = bed.storage.communities();
    let mut ids = Vec::new();
    for (number, audience) in [
        TopicAudience::Everyone,
        TopicAudience::Community,
        TopicAudience::Everyone,
        TopicAudience::Everyone,
    ]
    .into_iter()
    .enumerate()
    {
        bed.seconds_pass(1);
        let title = format!("Topic {number}");
        ids.push(bed.start(member, ALPHA, &title, audience).await.unwrap());
    }
    let leader = bed.leader(2, ALPHA, moderator).await;
    assert_eq!(bed.topic(member, &ids[0]).await.pinned, None);
    assert_eq!(bed.topic(leader, &ids[0]).await.pinned, Some(false));
    let mut epoch = bed.changed().0;
    for (id, moved) in [(&ids[0], 1), (&ids[1], 0), (&ids[2], 1)] {
        bed.seconds_pass(1);
        for _ in 0..2 {
            leaders.pin_topic(leader, id).await.unwrap();
        }
        epoch += moved;
        assert_eq!(bed.changed().0, epoch, "{id}");
    }
    assert_eq!(field(leaders.pin_topic(leader, &ids[3]).await), "id");
    assert_eq!(bed.topic(leader, &ids[0]).await.pinned, Some(true));
    for (actor, pinned) in [
        (Actor::Visitor, vec!["Topic 0", "Topic 2"]),
        (member, vec!["Topic 0", "Topic 1", "Topic 2"]),
    ] {
        let list = bed.topics(actor, ALPHA, None).await;
        assert_eq!(titles(&list.pinned), pinned);
        assert_eq!(titles(&list.topics), ["Topic 3"]);
        // Where a page begins does not depend on what is pinned.
        let list = bed.topics(actor, ALPHA, Some(&ids[2])).await;
        assert_eq!((list.pinned.len(), list.topics.len()), (0, 0));
    }
    let newest = bed.storage.communities();
    let newest = domain::community::Discussions::newest(&*newest, leader, bed.id(ALPHA).await);
    assert_eq!(titles(&newest.await.unwrap().discussions)[0], "Topic 3");
    let refused = leaders.pin_topic(member, &ids[3]).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    bed.join(leader, BETA).await;
    let elsewhere = bed.start(leader, BETA, "Elsewhere", TopicAudience::Everyone);
    let elsewhere = elsewhere.await.unwrap();
    let refused = leaders.pin_topic(leader, &elsewhere).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    leaders.unpin_topic(moderator, &ids[0]).await.unwrap();
    leaders.unpin_topic(leader, &ids[0]).await.unwrap();
    leaders.pin_topic(leader, &ids[3]).await.unwrap();
    // What is deleted does not stand before all others.
    let discussions = bed.storage.communities();
    let delete = domain::community::Discussions::delete_post(&*discussions, member, &ids[3], 1, "");
    delete.await.unwrap();
    assert_eq!(bed.number("SELECT count(*) FROM pinned_topic").await, 2);
}

async fn two_at_once_do_not_pin_one_too_many(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let member = bed.joined(2, None, ALPHA).await;
    let mut ids = Vec::new();
    for number in 0..4 {
        let title = format!("Topic {number}");
        let topic = bed.start(member, ALPHA, &title, TopicAudience::Everyone);
        ids.push(topic.await.unwrap());
    }
    let leaders = bed.storage.communities();
    for id in &ids[..2] {
        leaders.pin_topic(moderator, id).await.unwrap();
    }
    let other = bed.second().await.storage.communities();
    let (one, two) = tokio::join!(
        leaders.pin_topic(moderator, &ids[2]),
        other.pin_topic(moderator, &ids[3])
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    assert_eq!(bed.number("SELECT count(*) FROM pinned_topic").await, 3);
}

async fn the_list_of_all_leaders_goes_on(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Administrator)).await;
    for index in 2..34_u128 {
        bed.seconds_pass(i64::from(index % 2 == 0));
        let slug = if index % 2 == 0 { BETA } else { ALPHA };
        // One person invites so many a day.
        bed.days_pass(i64::from(index % 8 == 0));
        bed.leader(index, slug, moderator).await;
    }
    // Who hides their name is not shown.
    bed.run("UPDATE profile SET name_audience = 'members' WHERE account_id = (SELECT id FROM account WHERE handle = 'h7')")
        .await;
    let leaders = bed.storage.communities();
    let first = leaders
        .leaders_everywhere(Actor::Visitor, None)
        .await
        .unwrap();
    let next = first.next.unwrap();
    let rest = leaders
        .leaders_everywhere(Actor::Visitor, Some(&next))
        .await;
    let rest = rest.unwrap();
    assert_eq!((first.leaders.len(), rest.leaders.len()), (30, 1));
    assert_eq!(rest.next, None);
    let mut found: Vec<_> = first
        .leaders
        .iter()
        .chain(&rest.leaders)
        .map(|one| one.leader.handle.clone())
        .collect();
    assert_eq!(found[0], "h33");
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), 31);
    assert!(!found.contains(&"h7".to_owned()));
    assert!(!handles(&bed.led_by(ALPHA).await).contains(&"h7"));
    let nowhere = leaders.leaders_everywhere(Actor::Visitor, Some("0000000000"));
    assert_eq!(nowhere.await, Err(Error::NotFound));
}
