//! A page of a feed: so many events by their numbers, joined with what they are about, of which those
//! are kept that are for who asks.

use domain::{
    Error, Result,
    account::Actor,
    catalogue::ConditionLink,
    community::{Feed, FeedItem, FeedKind, FeedLine, FeedTopic, TopicKind, TopicScope},
    event::EventKind,
    policy::Scope,
    time::Timestamp,
    wiki::{Author, SectionKind},
};
use sea_orm::{DbErr, QueryResult, Value};
use uuid::Uuid;

use super::CommunityStore;
use crate::{
    community::{
        aliases::{author_or_alias, is_by},
        discussions::reading::{admits, person, shown_title},
        muting::{Writer, muted_by},
    },
    error::to_domain,
    wiki::author_columns,
};

/// Lines on one page.
const PAGE: usize = 30;
/// Events that are read for one page, however few of them are for who asks.
pub(super) const SCANNED: i64 = 200;
/// So many are mostly enough for one, and are read first.
const MOSTLY: i64 = 100;
/// Events that have no number yet are read as well, up to here: they get one in a moment.
const WAITING: i64 = 50;

/// What feeds show. Others are passed over.
const SHOWN: [EventKind; 5] = [
    EventKind::TopicStarted,
    EventKind::PostWritten,
    EventKind::SectionSaved,
    EventKind::SectionReviewed,
    EventKind::ResourceApproved,
];

fn kind_of(shown: EventKind) -> FeedKind {
    match shown {
        EventKind::TopicStarted => FeedKind::Topics,
        EventKind::PostWritten => FeedKind::Replies,
        EventKind::ResourceApproved => FeedKind::Resources,
        _ => FeedKind::Sections,
    }
}

/// An event that is for who asks.
pub(super) struct Seen {
    /// Empty until it is sealed.
    sequence: Option<i64>,
    pub(super) line: FeedLine,
}

/// What was read of the log.
pub(super) struct Scan {
    pub(super) seen: Vec<Seen>,
    /// How many events with a number were read, for who asks or not.
    pub(super) read: i64,
    /// The lowest and the highest number of them.
    pub(super) lowest: Option<i64>,
    pub(super) highest: Option<i64>,
}

/// Which part of the log is read.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// The newest events, also those that have no number yet.
    Newest,
    /// The newest of those before a number.
    Before(i64),
    /// The oldest of those after a number.
    After(i64),
}

/// The names of the events that a page is of; none of them needs quoting.
fn names(kinds: &[FeedKind]) -> String {
    let names: Vec<_> = SHOWN
        .iter()
        .filter(|shown| kinds.contains(&kind_of(**shown)))
        .map(|shown| format!("'{}'", shown.as_str()))
        .collect();
    names.join(", ")
}

/// The statement for so many communities, which are the parameters from `$3` on; `$1` is who asks and
/// `$2` the number.
fn sql(actor: Actor, communities: usize, kinds: &[FeedKind], (part, most): (Part, i64)) -> String {
    let (behind, order) = match part {
        Part::Newest | Part::Before(_) => ("<", "DESC"),
        Part::After(_) => (">", "ASC"),
    };
    let ids: Vec<String> = (0..communities)
        .map(|index| format!("${}", index + 3))
        .collect();
    // Along the index for each community: none is read further than a page needs.
    let arms: Vec<String> = ids
        .iter()
        .map(|id| {
            format!(
                "SELECT sequence FROM (SELECT sequence FROM event WHERE community_id = {id} \
                 AND sequence {behind} $2 ORDER BY sequence {order} LIMIT {most}) AS arm"
            )
        })
        .collect();
    let (arms, ids) = (arms.join(" UNION ALL "), ids.join(", "));
    let waiting = if matches!(part, Part::Newest) {
        format!(
            "UNION ALL SELECT id, sequence, time, kind, subject_id FROM (SELECT * FROM event \
             WHERE sequence IS NULL AND community_id IN ({ids}) \
             ORDER BY time DESC, id DESC LIMIT {WAITING}) AS waiting"
        )
    } else {
        String::new()
    };
    // The condition is joined from the left, and asked about inside of a CASE: SQLite, if it knows how many
    // rows there are, would else read the whole table for a Bloom filter.
    let [topic, post, saved, reviewed, approved] = SHOWN.map(EventKind::as_str);
    format!(
        "WITH scanned AS MATERIALIZED (SELECT sequence FROM ({arms}) AS arms \
           ORDER BY sequence {order} LIMIT {most}), \
         found AS MATERIALIZED (SELECT event.id, event.sequence, time, kind, subject_id FROM scanned \
           JOIN event ON event.sequence = scanned.sequence {waiting}) \
         SELECT bounds.*, shown.* FROM (SELECT count(*) AS scanned, min(sequence) AS lowest, \
           max(sequence) AS highest FROM scanned) AS bounds \
         LEFT JOIN (SELECT e.id AS event_id, e.sequence, e.time, e.kind, t.public_id AS topic_id, \
           t.kind AS topic_kind, t.title, t.hidden_at, p.number, s.kind AS section, r.public_id AS resource_id, \
           r.title AS resource_title, c.slug, c.name, \
           CASE e.kind WHEN '{topic}' THEN t.alias WHEN '{post}' THEN p.alias END AS alias, \
           CASE WHEN account.id = $1 OR (e.kind = '{topic}' AND {started}) \
             OR (e.kind = '{post}' AND {written}) THEN 1 ELSE 0 END AS own, \
           CASE WHEN t.id IS NULL THEN 0 ELSE {muted} END AS muted, {author} \
           FROM found e \
           LEFT JOIN post p ON e.kind = '{post}' AND p.id = e.subject_id \
             AND p.deleted_at IS NULL AND p.hidden_at IS NULL \
           LEFT JOIN topic t ON t.id = CASE e.kind WHEN '{topic}' THEN e.subject_id \
             ELSE p.topic_id END \
           LEFT JOIN section s ON e.kind IN ('{saved}', '{reviewed}') AND s.id = e.subject_id \
             AND s.head_id IS NOT NULL \
           LEFT JOIN resource r ON e.kind = '{approved}' AND r.id = e.subject_id \
             AND r.state = 'approved' \
           LEFT JOIN condition c ON c.id = coalesce(t.condition_id, s.condition_id, r.condition_id) \
           LEFT JOIN account ON account.id = CASE e.kind WHEN '{topic}' THEN t.account_id \
             WHEN '{post}' THEN p.account_id \
             WHEN '{saved}' THEN (SELECT v.author_id FROM revision v WHERE v.section_id = s.id \
               AND v.created_at <= e.time ORDER BY v.created_at DESC, v.number DESC LIMIT 1) \
             WHEN '{reviewed}' THEN (SELECT v.reviewer_id FROM review v \
               WHERE v.section_id = s.id AND v.created_at <= e.time \
               ORDER BY v.created_at DESC, v.id DESC LIMIT 1) END \
           LEFT JOIN profile ON profile.account_id = account.id \
           WHERE CASE WHEN c.merged_into IS NULL AND c.id IN ({ids}) THEN 1 ELSE 0 END = 1 \
             AND e.kind IN ({kinds}) AND (e.kind <> '{topic}' OR t.title <> '') \
             AND (t.id IS NULL OR {admitted})) AS shown ON 1 = 1 \
         ORDER BY CASE WHEN shown.sequence IS NULL THEN 0 ELSE 1 END, shown.sequence DESC, \
           shown.time DESC, shown.event_id DESC",
        muted = muted_by(
            actor,
            Writer {
                account: "account.id",
                topic: "t.id",
                alias: &format!(
                    "CASE e.kind WHEN '{topic}' THEN t.alias WHEN '{post}' THEN p.alias END"
                ),
            }
        ),
        author = author_columns(Scope::of(actor)),
        started = is_by("t", "t.id", "$1"),
        written = is_by("p", "p.topic_id", "$1"),
        kinds = names(kinds),
        admitted = admits(TopicScope::of(actor)),
    )
}

fn item(row: &QueryResult) -> std::result::Result<FeedItem, DbErr> {
    let name: String = row.try_get("", "kind")?;
    let shown = SHOWN.into_iter().find(|shown| shown.as_str() == name);
    let topic = || -> std::result::Result<_, DbErr> {
        let title: String = row.try_get("", "title")?;
        let kind: String = row.try_get("", "topic_kind")?;
        let kind = TopicKind::from_name(&kind);
        let hidden: Option<i64> = row.try_get("", "hidden_at")?;
        Ok(FeedTopic {
            kind,
            id: row.try_get("", "topic_id")?,
            words: kind.words(&title),
            title: shown_title(kind, title, hidden.is_some()),
        })
    };
    let section = || -> std::result::Result<_, DbErr> {
        let kind: String = row.try_get("", "section")?;
        SectionKind::parse(&kind).ok_or_else(|| DbErr::Type(format!("no section: {kind}")))
    };
    if row.try_get::<i32>("", "muted")? == 1 {
        let topic = topic()?;
        let first: Option<i64> = row.try_get("", "number")?;
        return Ok(FeedItem::Muted {
            kind: topic.kind,
            id: topic.id,
            first: first.unwrap_or(1),
            count: 1,
        });
    }
    Ok(match shown {
        Some(EventKind::TopicStarted) => FeedItem::Topic(topic()?),
        Some(EventKind::PostWritten) => FeedItem::Replies {
            topic: topic()?,
            first: row.try_get("", "number")?,
            count: 1,
        },
        Some(EventKind::SectionSaved) => FeedItem::Section {
            kind: section()?,
            count: 1,
        },
        Some(EventKind::SectionReviewed) => FeedItem::Review { kind: section()? },
        Some(EventKind::ResourceApproved) => FeedItem::Resource {
            id: row.try_get("", "resource_id")?,
            title: row.try_get("", "resource_title")?,
        },
        _ => return Err(DbErr::Type(format!("feeds do not show {name}"))),
    })
}

fn seen(row: &QueryResult) -> std::result::Result<(bool, Seen), DbErr> {
    let item = item(row)?;
    let line = FeedLine {
        author: if item.is_muted() {
            Author::default()
        } else {
            author_or_alias(row)?
        },
        item,
        condition: ConditionLink {
            slug: row.try_get("", "slug")?,
            name: row.try_get("", "name")?,
        },
        time: Timestamp(row.try_get("", "time")?),
        new: false,
    };
    let own = row.try_get::<i32>("", "own")? == 1;
    let sequence = row.try_get("", "sequence")?;
    Ok((own, Seen { sequence, line }))
}

/// What is shown of a scan.
struct Page {
    lines: Vec<FeedLine>,
    /// The number of the newest event on it.
    newest: Option<i64>,
    /// The number behind which the next page begins.
    next: Option<i64>,
    /// Whether it would be the same if more of the log had been read.
    is_ended: bool,
}

impl Page {
    /// Of a scan of so many events at most; what is new since a visit is marked, or shown alone.
    fn of(scan: Scan, most: i64, (last_visit, only_new): (Option<Timestamp>, bool)) -> Self {
        let goes_on = scan.read == most;
        let mut page = Self {
            lines: Vec::new(),
            // Behind one that has no number yet nobody can go on: it would be told once more.
            newest: scan.seen.first().and_then(|seen| seen.sequence),
            next: goes_on.then_some(scan.lowest).flatten(),
            is_ended: !goes_on,
        };
        let mut last = i64::MAX;
        for Seen { sequence, mut line } in scan.seen {
            line.new = last_visit.is_some_and(|visit| line.time > visit);
            if only_new && !line.new {
                page.next = None;
                page.is_ended = true;
                break;
            }
            if !page.lines.iter_mut().any(|other| other.absorb(&line)) {
                if page.lines.len() == PAGE {
                    page.next = Some(last);
                    page.is_ended = true;
                    break;
                }
                page.lines.push(line);
            }
            last = sequence.unwrap_or(last);
        }
        page
    }
}

impl CommunityStore {
    /// Events of some communities that are for who asks, of so many at most, the newest first; without
    /// their own, if that is asked for.
    pub(super) async fn scan(
        &self,
        actor: Actor,
        communities: &[Uuid],
        kinds: &[FeedKind],
        (part, most): (Part, i64),
        with_own: bool,
    ) -> Result<Scan> {
        let mut scan = Scan {
            seen: Vec::new(),
            read: 0,
            lowest: None,
            highest: None,
        };
        if communities.is_empty() {
            return Ok(scan);
        }
        let number = match part {
            Part::Newest => i64::MAX,
            Part::Before(number) | Part::After(number) => number,
        };
        let mut values: Vec<Value> = vec![person(actor), number.into()];
        values.extend(communities.iter().map(|id| Value::from(*id)));
        let sql = sql(actor, communities.len(), kinds, (part, most));
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        for row in &rows {
            let read = || -> std::result::Result<_, DbErr> {
                let bounds = (
                    row.try_get("", "scanned")?,
                    row.try_get("", "lowest")?,
                    row.try_get("", "highest")?,
                );
                let event: Option<Uuid> = row.try_get("", "event_id")?;
                Ok((bounds, event.map(|_| seen(row)).transpose()?))
            };
            let (bounds, event) = read().map_err(to_domain)?;
            (scan.read, scan.lowest, scan.highest) = bounds;
            scan.seen.extend(
                event
                    .filter(|(own, _)| with_own || !own)
                    .map(|(_, one)| one),
            );
        }
        Ok(scan)
    }

    /// A page of the feed of some communities, after a place in the log.
    pub(super) async fn feed_page(
        &self,
        actor: Actor,
        communities: &[Uuid],
        kind: Option<FeedKind>,
        since: (Option<Timestamp>, bool),
        after: Option<&str>,
    ) -> Result<Feed> {
        let part = match after {
            None => Part::Newest,
            Some(after) => Part::Before(self.cursors.open(after).ok_or(Error::NotFound)?),
        };
        let kinds = kind.map_or(FeedKind::ALL.to_vec(), |kind| vec![kind]);
        let scan = self.scan(actor, communities, &kinds, (part, MOSTLY), true);
        let mut page = Page::of(scan.await?, MOSTLY, since);
        if !page.is_ended {
            let scan = self.scan(actor, communities, &kinds, (part, SCANNED), true);
            page = Page::of(scan.await?, SCANNED, since);
        }
        Ok(Feed {
            lines: page.lines,
            next: page.next.map(|number| self.cursors.seal(number)),
            newest: page.newest.map(|number| self.cursors.seal(number)),
        })
    }
}
