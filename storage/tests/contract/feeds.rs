//! What is new: lines, pages, kinds, visits.

use domain::{
    Error, Result,
    account::{Actor, Role},
    catalogue::Resolved,
    community::{
        CommunityFeed, Discussions, Feed, FeedItem, FeedKind, FeedLine, Feeds, TopicAudience,
    },
    wiki::{Author, Revisions, SectionKind},
};
use sea_orm::ConnectionTrait;

use crate::{
    bed::Bed,
    release::{mondo, obsolete, term},
    resources::recommended,
    writers::{ALPHA, BETA},
};

contract! {
    what_happens_is_a_line_before_and_after_it_is_sealed,
    a_feed_goes_on_to_its_end,
    a_page_reads_no_more_than_so_many_events,
    one_kind_is_shown_alone,
    a_community_has_the_events_of_those_merged_into_it,
    a_visit_lasts_for_ten_minutes,
    a_place_that_is_not_ours_is_not_found,
}

use TopicAudience::{Community, Everyone};

impl Bed {
    pub(crate) async fn community_feed(
        &self,
        actor: Actor,
        slug: &str,
        kind: Option<FeedKind>,
        after: Option<&str>,
    ) -> CommunityFeed {
        match self
            .storage
            .communities()
            .feed(actor, slug, kind, after)
            .await
        {
            Ok(Resolved::Here(feed)) => feed,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn news(&self, actor: Actor, slug: &str) -> Vec<FeedLine> {
        self.community_feed(actor, slug, None, None)
            .await
            .feed
            .lines
    }

    pub(crate) async fn seal(&self) {
        self.storage.events().seal().await.unwrap();
    }

    /// As many more events about the same topic as there are numbers, and their seal.
    pub(crate) async fn repeat_start(&self, times: usize) {
        let connection = self.connection().await;
        let id = match self.kind() {
            storage::DatabaseKind::Sqlite => "randomblob(16)",
            storage::DatabaseKind::Postgres => "gen_random_uuid()",
        };
        let sql = format!(
            "INSERT INTO event (id, time, actor, kind, subject_id, community_id) \
             SELECT {id}, time + 1, actor, kind, subject_id, community_id FROM event \
             WHERE kind = 'community.topic_started' ORDER BY time DESC, id DESC LIMIT 1"
        );
        for _ in 0..times {
            connection.execute_unprepared(&sql).await.unwrap();
        }
        self.seal().await;
    }
}

/// What a line says, in one word each.
pub(crate) fn says(line: &FeedLine) -> String {
    match &line.item {
        FeedItem::Topic(topic) => format!("topic {}", topic.title),
        FeedItem::Replies {
            topic,
            first,
            count,
        } => format!("{count} replies from {first} in {}", topic.title),
        FeedItem::Section { kind, count } => format!("{} {count}", kind.as_str()),
        FeedItem::Review { kind } => format!("review {}", kind.as_str()),
        FeedItem::Resource { title, .. } => format!("resource {title}"),
        FeedItem::Muted { first, count, .. } => format!("{count} muted from {first}"),
    }
}

fn all(lines: &[FeedLine]) -> Vec<String> {
    lines.iter().map(says).collect()
}

async fn what_happens_is_a_line_before_and_after_it_is_sealed(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, Some(Role::Moderator), ALPHA).await;
    let expert = bed.writer(3, Some(Role::Expert)).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.seconds_pass(1);
    bed.reply(grace, &id, "So.").await.unwrap();
    bed.seconds_pass(1);
    let cause = SectionKind::Cause;
    bed.write(grace, ALPHA, cause, "A text.").await.unwrap();
    bed.seconds_pass(1);
    bed.reply(ada, &id, "And so.").await.unwrap();
    bed.write(grace, ALPHA, cause, "Another text.")
        .await
        .unwrap();
    bed.seconds_pass(1);
    bed.add_tip(ALPHA, "Warmth", "A scarf.").await;
    bed.seconds_pass(1);
    let wiki = bed.storage.wiki();
    let history = wiki.history(expert, ALPHA, Some(cause), None).await;
    let Ok(Resolved::Here(history)) = history else {
        panic!("{history:?}");
    };
    let number = history.revisions[0].number;
    wiki.review(expert, ALPHA, number, "None").await.unwrap();
    bed.seconds_pass(1);
    let link = "https://example.org/guide";
    let resource = bed.suggest(ada, ALPHA, recommended("A guide", link));
    let resource = resource.await.unwrap();
    bed.approve(grace, &resource).await.unwrap();
    let expected = [
        "resource A guide",
        "review cause",
        "tips 1",
        "cause 2",
        "2 replies from 2 in A walk",
        "topic A walk",
    ];
    let unsealed = bed.community_feed(ada, ALPHA, None, None).await;
    assert_eq!(all(&unsealed.feed.lines), expected);
    assert_eq!(unsealed.feed.newest, None, "nothing has a number yet");
    bed.seal().await;
    let sealed = bed.community_feed(ada, ALPHA, None, None).await;
    assert_eq!(sealed.feed.lines, unsealed.feed.lines);
    assert!(sealed.feed.newest.is_some() && sealed.feed.next.is_none());
    assert!(sealed.joined && sealed.condition.slug == ALPHA);
    // Who it was, as pages say it: nobody suggested the resource, two have replied.
    let names: Vec<_> = sealed
        .feed
        .lines
        .iter()
        .map(|line| line.author.name.as_deref())
        .collect();
    let (first, second, third) = (Some("Person 1"), Some("Person 2"), Some("Person 3"));
    assert_eq!(names, [None, third, None, second, None, first]);
    for line in bed.news(Actor::Visitor, ALPHA).await {
        assert_eq!(line.author, Author::default(), "names are for members");
    }
    // What is taken back is gone.
    let discussions = bed.storage.communities();
    discussions.delete_post(ada, &id, 3, "").await.unwrap();
    let lines = bed.news(ada, ALPHA).await;
    assert_eq!(says(&lines[4]), "1 replies from 2 in A walk");
    discussions.delete_post(ada, &id, 1, "").await.unwrap();
    domain::community::Resources::remove(&*discussions, grace, &resource, "Gone")
        .await
        .unwrap();
    let expected = [
        "review cause",
        "tips 1",
        "cause 2",
        "1 replies from 2 in Deleted discussion",
    ];
    assert_eq!(all(&bed.news(ada, ALPHA).await), expected);
    assert!(bed.news(ada, BETA).await.is_empty());
}

async fn pages(bed: &Bed, actor: Actor) -> Vec<Feed> {
    let mut pages = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = bed
            .community_feed(actor, ALPHA, None, after.as_deref())
            .await;
        after.clone_from(&page.feed.next);
        pages.push(page.feed);
        if after.is_none() {
            return pages;
        }
        assert!(pages.len() < 50, "it has an end");
    }
}

async fn a_feed_goes_on_to_its_end(bed: Bed) {
    bed.with_conditions().await;
    let writer = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    for number in 0..65 {
        bed.seconds_pass(1);
        let title = format!("Topic {number:02}");
        bed.start(writer, ALPHA, &title, Everyone).await.unwrap();
    }
    bed.seal().await;
    let pages = pages(&bed, Actor::Visitor).await;
    let sizes: Vec<usize> = pages.iter().map(|page| page.lines.len()).collect();
    assert_eq!(sizes, [30, 30, 5]);
    let found: Vec<String> = pages.iter().flat_map(|page| all(&page.lines)).collect();
    let expected = (0..65)
        .rev()
        .map(|number| format!("topic Topic {number:02}"));
    assert_eq!(found, expected.collect::<Vec<_>>());
}

async fn a_page_reads_no_more_than_so_many_events(bed: Bed) {
    bed.with_conditions().await;
    let writer = bed.joined(1, None, ALPHA).await;
    bed.start(writer, ALPHA, "For all", Everyone).await.unwrap();
    bed.seconds_pass(1);
    bed.start(writer, ALPHA, "For few", Community)
        .await
        .unwrap();
    bed.repeat_start(450).await;
    let pages = pages(&bed, Actor::Visitor).await;
    let sizes: Vec<usize> = pages.iter().map(|page| page.lines.len()).collect();
    // Short, and it says that there are older ones.
    assert_eq!(sizes, [0, 0, 1]);
}

async fn one_kind_is_shown_alone(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply(ada, &id, "So.").await.unwrap();
    bed.save(ALPHA, SectionKind::Cause, "A text.").await;
    let link = "https://example.org/guide";
    let resource = bed.suggest(ada, ALPHA, recommended("A guide", link)).await;
    let administrator = bed.writer(4, Some(Role::Administrator)).await;
    bed.approve(administrator, &resource.unwrap())
        .await
        .unwrap();
    for sealed in [false, true] {
        if sealed {
            bed.seal().await;
        }
        for kind in FeedKind::ALL {
            let feed = bed.community_feed(ada, ALPHA, Some(kind), None).await.feed;
            let kinds: Vec<FeedKind> = feed.lines.iter().map(|line| kind_of(&line.item)).collect();
            assert_eq!(kinds, [kind], "{sealed}");
        }
    }
}

async fn a_community_has_the_events_of_those_merged_into_it(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, BETA).await;
    bed.start(ada, ALPHA, "First", Everyone).await.unwrap();
    bed.save(ALPHA, SectionKind::Cause, "A text.").await;
    bed.seconds_pass(1);
    bed.start(grace, BETA, "Second", Community).await.unwrap();
    bed.seal().await;
    bed.import(mondo([
        obsolete("MONDO:1", "alpha disease").replaced_by("MONDO:2"),
        term("MONDO:2", "beta disease").synonym("first"),
    ]))
    .await;
    let moved = bed.storage.communities().feed(ada, ALPHA, None, None).await;
    assert!(matches!(moved, Ok(Resolved::Moved { slug }) if slug == BETA));
    // The texts of the old one are not shown any more.
    let lines = bed.news(ada, BETA).await;
    assert_eq!(all(&lines), ["topic Second", "topic First"]);
    assert!(lines.iter().all(|line| line.condition.slug == BETA));
    let feeds = bed.storage.communities();
    let own = feeds.own_feed(ada, None, false, None);
    assert_eq!(own.await.unwrap().feed.lines, lines);
}

async fn a_visit_lasts_for_ten_minutes(bed: Bed) {
    bed.with_conditions().await;
    let feeds = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, BETA).await;
    bed.join(ada, BETA).await;
    bed.start(grace, BETA, "Before", Everyone).await.unwrap();
    bed.seal().await;
    let new = async |only_new: bool| {
        let own = feeds.own_feed(ada, None, only_new, None).await.unwrap();
        assert!(own.joined);
        let lines = own.feed.lines.iter().map(|line| (says(line), line.new));
        (own.last_visit, lines.collect::<Vec<_>>())
    };
    let before = ("topic Before".to_owned(), false);
    assert_eq!(new(false).await, (None, vec![before.clone()]));
    assert_eq!(new(true).await, (None, Vec::new()));
    feeds.visit_feed(ada).await.unwrap();
    let first = bed.storage.database().now();
    bed.seconds_pass(3600);
    bed.start(grace, BETA, "Since", Everyone).await.unwrap();
    let expected = vec![("topic Since".to_owned(), true), before];
    assert_eq!(new(false).await, (Some(first), expected.clone()));
    // The same while the visit lasts, however often the feed is opened.
    for _ in 0..3 {
        feeds.visit_feed(ada).await.unwrap();
        bed.seconds_pass(60);
        assert_eq!(new(false).await, (Some(first), expected.clone()));
    }
    let writes = bed.number("SELECT count(*) FROM feed_visit WHERE before_at IS NOT NULL");
    assert_eq!(writes.await, 1);
    assert_eq!(new(true).await.1, expected[..1]);
    bed.seconds_pass(600);
    assert_eq!(new(true).await.1, []);
    // Nobody else's.
    let other = feeds.own_feed(grace, None, false, None).await.unwrap();
    assert_eq!(other.last_visit, None);
    let nobody = bed.writer(5, None).await;
    let none = feeds.own_feed(nobody, None, false, None).await.unwrap();
    assert!(!none.joined && none.feed == Feed::default());
}

async fn a_place_that_is_not_ours_is_not_found(bed: Bed) {
    bed.with_conditions().await;
    let feeds = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    for after in ["", "1", "\0", "AAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let feed = feeds.feed(ada, ALPHA, None, Some(after)).await;
        assert_eq!(feed, Err(Error::NotFound), "{after:?}");
        bed.join(ada, BETA).await;
        let own = feeds.own_feed(ada, None, false, Some(after)).await;
        assert_eq!(own, Err(Error::NotFound), "{after:?}");
    }
}

fn kind_of(item: &FeedItem) -> FeedKind {
    match item {
        FeedItem::Topic(_) => FeedKind::Topics,
        FeedItem::Replies { .. } | FeedItem::Muted { .. } => FeedKind::Replies,
        FeedItem::Section { .. } | FeedItem::Review { .. } => FeedKind::Sections,
        FeedItem::Resource { .. } => FeedKind::Resources,
    }
}

/// Asks a method of [`Feeds`], for the walk through all of them.
pub(crate) async fn ask(bed: &Bed, method: &str, actor: Actor) -> Result<()> {
    let feeds = bed.storage.communities();
    match method {
        "feeds.feed" => Feeds::feed(&*feeds, actor, "alpha", None, None)
            .await
            .map(drop),
        "feeds.own_feed" => feeds.own_feed(actor, None, false, None).await.map(drop),
        "feeds.visit_feed" => feeds.visit_feed(actor).await,
        other => panic!("{other} is not asked"),
    }
}
