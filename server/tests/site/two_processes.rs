//! Two servers on one PostgreSQL, as a site on two machines has them.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use domain::{
    Error,
    account::Actor,
    community::{Discussions, TopicAudience},
};
use server::{clock::SystemClock, http::Live};

use crate::{
    Site,
    postgres::{EMPTY, with_database},
    running::{Running, wait_until},
};

const SLUG: &str = "wilson-disease";
/// The key of [`Site`], for both.
const KEY: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
const WRITERS: usize = 4;

/// A site with people who have joined a community and a topic there, and no server yet: the sessions of
/// the people, and the topic's id.
async fn site_with_people(url: &str, count: usize) -> (Site, Vec<String>, String) {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::open_on(url, Arc::new(SystemClock), Live::default(), folder).await;
    let mut sessions = Vec::new();
    let mut topic = String::new();
    for number in 0..count {
        let cookie = site.member(&format!("p{number}@example.org"), "Ada").await;
        if number == 0 {
            topic = site.topic_of(&cookie, SLUG, TopicAudience::Everyone).await;
        } else {
            let actor = site.actor(&cookie).await;
            let communities = site.storage.communities();
            domain::community::Memberships::join(&*communities, actor, SLUG)
                .await
                .unwrap();
        }
        let (_, session) = cookie.split_once('=').unwrap();
        sessions.push(session.to_owned());
    }
    (site, sessions, topic)
}

fn start(site: &Site, url: &str, name: &str) -> Running {
    let folder = site.folder.path().join(name);
    std::fs::create_dir(&folder).unwrap();
    Running::start(&folder, &["--database-url", url, "--master-key", KEY])
}

fn reply(topic: &str, key: &str, text: &str) -> String {
    format!("form=community/reply&key={key}&id={topic}&words=a-walk&in_reply_to=&text={text}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_through_one_process_is_heard_and_read_through_the_other() {
    with_database(EMPTY, |url| async move {
        let (site, sessions, topic) = site_with_people(&url, 1).await;
        let [one, other] = ["one", "other"].map(|name| start(&site, &url, name));
        let path = format!("/topics/{topic}/a-walk");
        // The second time from what the process keeps.
        for _ in 0..2 {
            let page = other.get(&path);
            assert_eq!(page.status, 200);
            assert!(!page.text.contains("Swallows."));
        }
        let mut news = other.listen(&format!("/live?topic={topic}"));
        assert_eq!(news.next().unwrap(), r#"{"new":0,"total":1}"#);
        let sent = one.send(
            &format!("{path}/reply"),
            &sessions[0],
            &reply(&topic, "one", "Swallows."),
        );
        sent.unwrap().leads_to(&format!("{path}#post-2"));
        let begun = Instant::now();
        assert_eq!(news.next().unwrap(), r#"{"new":0,"total":2}"#);
        let heard = begun.elapsed();
        // Read at once where it was written, and soon elsewhere.
        assert!(one.get(&path).text.contains("Swallows."));
        wait_until(|| other.get(&path).text.contains("Swallows."));
        let read = begun.elapsed();
        println!("heard after {heard:?}, read after {read:?}");
        // It is a second on a machine that has nothing else to do.
        assert!(
            heard.max(read) < Duration::from_secs(10),
            "{heard:?} {read:?}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_killed_loses_nothing_that_it_has_acknowledged() {
    with_database(EMPTY, |url| async move {
        let (site, sessions, topic) = site_with_people(&url, WRITERS).await;
        let (one, other) = (start(&site, &url, "one"), start(&site, &url, "other"));
        let path = format!("/topics/{topic}/a-walk/reply");
        let acknowledged = Arc::new(Mutex::new(Vec::new()));
        let sent = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for (writer, session) in sessions.iter().enumerate() {
                let (one, path, topic, sent) = (&one, &path, &topic, &sent);
                let acknowledged = Arc::clone(&acknowledged);
                scope.spawn(move || {
                    // As many as one may write in an hour.
                    for number in 0..20 {
                        let text = format!("Swallow {writer} {number}.");
                        sent.fetch_add(1, Ordering::Relaxed);
                        let body = reply(topic, &format!("{writer}-{number}"), &text);
                        match one.send(path, session, &body) {
                            Some(heard) => {
                                heard.leads_to(&format!("/topics/{topic}/a-walk"));
                                acknowledged.lock().unwrap().push(text);
                            }
                            None => return,
                        }
                    }
                });
            }
            wait_until(|| acknowledged.lock().unwrap().len() >= 20);
            one.kill();
        });
        let acknowledged = acknowledged.lock().unwrap().clone();
        let sent = sent.into_inner();
        assert!(acknowledged.len() < WRITERS * 20, "it was killed too late");
        // What is there is without gaps, and all that was acknowledged is there.
        let communities = site.storage.communities();
        let mut texts = Vec::new();
        let mut after = None;
        loop {
            let page = communities.topic(Actor::Visitor, &topic, after).await;
            // Behind the last post there is no page.
            if after.is_some() && page == Err(Error::NotFound) {
                break;
            }
            let page = page.unwrap();
            after = page.posts.last().map(|last| last.number);
            texts.extend(page.posts.into_iter().map(|post| (post.number, post.html)));
        }
        let numbers: Vec<i64> = texts.iter().map(|(number, _)| *number).collect();
        let count = i64::try_from(texts.len()).unwrap();
        assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
        assert!(texts.len() - 1 <= sent);
        for text in &acknowledged {
            let there = texts.iter().any(|(_, html)| html.as_str().contains(text));
            assert!(there, "{text} was acknowledged");
        }
        // The other goes on: it takes replies, and seals what the dead one has left.
        let body = reply(&topic, "after", "Still here.");
        let path = format!("/topics/{topic}/a-walk/reply");
        // By somebody who has not used up what one may write.
        let goes_on = sessions.iter().any(|session| {
            other
                .send(&path, session, &body)
                .is_some_and(|heard| heard.text.contains("#post-"))
        });
        assert!(goes_on);
        let mut news = other.listen(&format!("/live?topic={topic}"));
        assert!(news.next().is_some());
        let page = format!("/topics/{topic}/a-walk?after={}", count / 20 * 20);
        wait_until(|| other.get(&page).text.contains("Still here."));
        site.storage.events().seal().await.unwrap();
        let verified = site.storage.events().verify(None).await.unwrap();
        assert_eq!((verified.broken, verified.waiting), (None, 0));
    })
    .await;
}
