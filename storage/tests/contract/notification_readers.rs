//! How people are told: once, whatever happens, and only of what is for them at that moment.

use domain::{
    Error,
    account::Role,
    community::{Memberships, Notifications, TopicAudience},
};

use crate::{
    bed::Bed,
    notifications::of_post,
    writers::{ALPHA, BETA},
};

contract! {
    nobody_is_told_twice,
    nobody_is_told_of_what_is_not_for_them,
}

use TopicAudience::{Community, Everyone, Members};

async fn nobody_is_told_twice(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, Some(Role::Moderator), ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let second = bed.second().await;
    assert!(bed.tell().await > 0);
    assert_eq!(bed.tell().await, 0);
    let mut expected = 0;
    for round in 0..5 {
        bed.seconds_pass(1);
        for _ in 0..5 {
            let reply = bed.reply_to(grace, &id, "So.", Some(1)).await;
            reply.unwrap();
            expected += 1;
        }
        bed.storage.events().seal().await.unwrap();
        let (here, there) = (bed.storage.communities(), second.storage.communities());
        let (one, two) = tokio::join!(here.tell(), there.tell());
        assert_eq!(one.unwrap() + two.unwrap(), 5, "{round}");
        let rows = bed.number("SELECT count(*) FROM notification").await;
        assert_eq!(rows, expected);
    }
    // A reader that breaks off between the two leaves neither notifications nor a moved cursor: the
    // next one, of another process, makes up for it.
    let before = bed.number("SELECT sequence FROM reader").await;
    bed.reply_to(grace, &id, "Last.", Some(1)).await.unwrap();
    bed.storage.events().seal().await.unwrap();
    bed.run("ALTER TABLE notification RENAME TO elsewhere")
        .await;
    assert!(bed.storage.communities().tell().await.is_err());
    bed.run("ALTER TABLE elsewhere RENAME TO notification")
        .await;
    assert_eq!(bed.number("SELECT sequence FROM reader").await, before);
    assert_eq!(second.storage.communities().tell().await, Ok(1));
    assert_eq!(bed.number("SELECT sequence FROM reader").await, before + 1);
    let rows = bed.number("SELECT count(*) FROM notification").await;
    assert_eq!(rows, expected + 1);
}

async fn nobody_is_told_of_what_is_not_for_them(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let left = bed.joined(2, None, ALPHA).await;
    let stays = bed.joined(3, None, ALPHA).await;
    let moderator = bed.writer(4, Some(Role::Moderator)).await;
    let former = bed.writer(5, Some(Role::Moderator)).await;
    let suspended = bed.joined(6, None, ALPHA).await;
    let communities = bed.storage.communities();
    let mut ids = Vec::new();
    for audience in [Community, Members] {
        let id = bed.start(ada, ALPHA, audience.as_str(), audience).await;
        let id = id.unwrap();
        for follower in [left, stays, moderator, former, suspended] {
            communities.follow(follower, &id).await.unwrap();
        }
        bed.reply(left, &id, "Mine.").await.unwrap();
        ids.push(id);
    }
    bed.tell().await;
    for reader in [ada, stays, moderator, former, suspended] {
        bed.mark_all(reader).await;
    }
    // In the database moderators are who has the role, and the code that it takes.
    for (index, role) in [(4, true), (5, false)] {
        let id = format!("(SELECT id FROM account WHERE handle = 'h{index}')");
        bed.run(&format!(
            "INSERT INTO account_role (account_id, role, granted_at) VALUES ({id}, 'moderator', 0)"
        ))
        .await;
        if role {
            bed.run(&format!(
                "INSERT INTO second_factor \
                 (account_id, secret, begun_at, set_up_at, last_step, wrong_codes) \
                 VALUES ({id}, '', 0, 1, 0, 0)"
            ))
            .await;
        }
    }
    bed.run("UPDATE account SET standing = 'suspended' WHERE handle = 'h6'")
        .await;
    communities.leave(left, ALPHA).await.unwrap();
    bed.join(left, BETA).await;
    bed.seconds_pass(1);
    for id in &ids {
        let reply = bed.reply_to(ada, id, "Who?", Some(2)).await;
        reply.unwrap();
    }
    bed.tell().await;
    let titles = async |actor| {
        let told = bed.told(actor).await;
        let unread = told.into_iter().filter(|one| !one.read);
        unread
            .map(|one| of_post(&one).0.title.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(titles(left).await, ["members"]);
    let rows = "SELECT count(*) FROM notification n JOIN account a ON a.id = n.account_id \
         WHERE n.read_at IS NULL AND a.handle = ";
    for (handle, expected) in [
        ("h1", 0),
        ("h2", 1),
        ("h3", 2),
        ("h4", 2),
        ("h5", 1),
        ("h6", 0),
    ] {
        let told = bed.number(&format!("{rows}'{handle}'")).await;
        assert_eq!(told, expected, "{handle}");
    }
    // What somebody was told of is not shown to them any more once it is not for them.
    assert_eq!(bed.told(stays).await.len(), 4);
    communities.leave(stays, ALPHA).await.unwrap();
    assert_eq!(titles(stays).await, ["members"]);
    assert_eq!(bed.told(stays).await.len(), 2);
    assert_eq!(communities.unread(stays).await, Ok(1));
    // And is no place from which the list goes on.
    let hidden = format!("{}-3", ids[0]);
    let behind = communities.notifications(stays, Some(&hidden)).await;
    assert_eq!(behind, Err(Error::NotFound));
    bed.join(stays, ALPHA).await;
    assert_eq!(communities.unread(stays).await, Ok(2));
    assert!(
        communities
            .notifications(stays, Some(&hidden))
            .await
            .is_ok()
    );
}
