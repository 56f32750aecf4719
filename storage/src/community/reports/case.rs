//! One case: what was reported, by whom, and what is known of both sides.

use domain::{
    Error, Result,
    account::Actor,
    community::{
        CaseNote, Outcomes, Report, ReportCase, ReportReason, ReportState, ReportedPerson,
        TopicKind, TopicLink,
    },
    policy::{Action, Scope, permit},
    time::Timestamp,
    wiki::Author,
};
use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use super::{
    CommunityStore,
    own::{NAMED, NAMES, subject},
    reading::{LINE, OWNED, OWNER, anothers, line},
};
use crate::{
    account::SUSPEND,
    community::discussions::reading::{person, shown_title},
    error::to_domain,
    token::storable,
    wiki::{author, author_columns},
};

/// Reports and notes that are shown of one case.
const MOST: usize = 200;

/// How many warnings there were about posts that show the name of the person in the row `account`.
const WARNINGS_OF_POSTS: &str = "(SELECT count(*) FROM post w JOIN content_moderation d \
     ON d.topic_id = w.topic_id AND d.post_number = w.number \
     WHERE w.account_id = account.id AND d.kind = 'warn')";

/// The keys of a case.
pub(super) struct Keys {
    pub(super) id: Uuid,
    owner: Option<Uuid>,
    closed_by: Option<Uuid>,
}

/// How many cases came out how, of those that SQL says, for the row `account`.
fn outcomes_sql(name: &str, state: ReportState) -> String {
    format!(
        "(SELECT count(*) FROM report y JOIN report_case z ON z.id = y.case_id \
         WHERE y.account_id = account.id AND z.state = '{}') AS {name}",
        state.as_str()
    )
}

fn topic(row: &QueryResult) -> std::result::Result<Option<TopicLink>, DbErr> {
    let Some(id) = row.try_get::<Option<String>>("", "topic_public_id")? else {
        return Ok(None);
    };
    let kind: String = row.try_get("", "topic_kind")?;
    let kind = TopicKind::from_name(&kind);
    let title: String = row.try_get("", "topic_title")?;
    let hidden: Option<i64> = row.try_get("", "topic_hidden_at")?;
    Ok(Some(TopicLink {
        id,
        kind,
        words: kind.words(&title),
        title: shown_title(kind, title, hidden.is_some()),
        condition: domain::catalogue::ConditionLink {
            slug: row.try_get("", "topic_slug")?,
            name: row.try_get("", "topic_name")?,
        },
    }))
}

impl CommunityStore {
    /// A case that is for who asks.
    pub(super) async fn found_case(&self, actor: Actor, id: &str) -> Result<(Keys, ReportCase)> {
        let sql = format!(
            "SELECT k.id, k.copy_text, k.answer, k.closed_at, k.closed_by, {OWNER} AS owner, \
             {LINE}, {NAMES}, \
             t.kind AS topic_kind, t.title AS topic_title, t.hidden_at AS topic_hidden_at, \
             h.slug AS topic_slug, h.name AS topic_name, g.slug AS resource_slug \
             FROM report_case k {OWNED} {NAMED} \
             LEFT JOIN condition h ON h.id = t.condition_id \
             LEFT JOIN condition g ON g.id = r.condition_id \
             WHERE k.public_id = $2 AND {}",
            anothers()
        );
        let values = vec![person(actor), storable(id)?.into()];
        let row = self.database.query_one(&sql, values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        let read = || -> std::result::Result<_, DbErr> {
            let keys = Keys {
                id: row.try_get("", "id")?,
                owner: row.try_get("", "owner")?,
                closed_by: row.try_get("", "closed_by")?,
            };
            let line = line(&row)?;
            let copy: String = row.try_get("", "copy_text")?;
            let closed: Option<i64> = row.try_get("", "closed_at")?;
            let case = ReportCase {
                copy: Some(copy).filter(|_| !line.title.is_empty()),
                subject: subject(&row)?,
                topic: topic(&row)?,
                community: row.try_get("", "resource_slug")?,
                person: None,
                reports: Vec::new(),
                notes: Vec::new(),
                answer: row.try_get("", "answer")?,
                closed: closed.map(|at| (Author::default(), Timestamp(at))),
                line,
            };
            Ok((keys, case))
        };
        read().map_err(to_domain)
    }

    pub(super) async fn whole_case(&self, actor: Actor, id: &str) -> Result<ReportCase> {
        let (keys, mut case) = self.found_case(actor, id).await?;
        if let Some(owner) = keys.owner {
            case.person = self.reported_person(actor, owner).await?;
        }
        case.reports = self.reports_in(actor, keys.id).await?;
        case.notes = self.notes_in(actor, keys.id).await?;
        if let (Some(closed), Some(by)) = (&mut case.closed, keys.closed_by) {
            closed.0 = self.named_author(actor, by).await?;
        }
        Ok(case)
    }

    async fn named_author(&self, actor: Actor, account: Uuid) -> Result<Author> {
        let sql = format!(
            "SELECT {} FROM account LEFT JOIN profile ON profile.account_id = account.id \
             WHERE account.id = $2",
            author_columns(Scope::of(actor))
        );
        let values = vec![person(actor), account.into()];
        let row = self.database.query_one(&sql, values).await;
        match row.map_err(to_domain)? {
            Some(row) => author(&row).map_err(to_domain),
            None => Ok(Author::default()),
        }
    }

    async fn reported_person(&self, actor: Actor, account: Uuid) -> Result<Option<ReportedPerson>> {
        let decided = |kind: &str| {
            format!(
                "(SELECT count(*) FROM moderation_action d WHERE d.account_id = account.id \
                 AND d.kind = '{kind}')"
            )
        };
        let sql = format!(
            "SELECT account.handle, {} + {WARNINGS_OF_POSTS} AS warnings, {} AS suspensions, {} FROM account \
             LEFT JOIN profile ON profile.account_id = account.id WHERE account.id = $2",
            decided("warn"),
            decided(SUSPEND),
            author_columns(Scope::of(actor))
        );
        let values = vec![person(actor), account.into()];
        let row = self.database.query_one(&sql, values).await;
        let Some(row) = row.map_err(to_domain)? else {
            return Ok(None);
        };
        let about_them = self.outcomes_about(account).await?;
        let moderates = permit(actor, Action::ModerateMembers).is_ok();
        let read = || -> std::result::Result<_, DbErr> {
            let handle: String = row.try_get("", "handle")?;
            Ok(ReportedPerson {
                author: author(&row)?,
                account: moderates.then_some(handle),
                about_them,
                warnings: row.try_get("", "warnings")?,
                suspensions: row.try_get("", "suspensions")?,
            })
        };
        read().map(Some).map_err(to_domain)
    }

    /// What became of reports about somebody.
    async fn outcomes_about(&self, account: Uuid) -> Result<Outcomes> {
        // Each through its own index.
        let sql = "SELECT z.state, count(*) AS cases FROM (\
             SELECT k.id, k.state FROM report_case k WHERE k.member_id = $1 \
             UNION SELECT k.id, k.state FROM report_case k \
             JOIN post p ON p.topic_id = k.topic_id AND p.number = k.post_number \
             WHERE p.account_id = $1 \
             UNION SELECT k.id, k.state FROM report_case k JOIN resource q ON q.id = k.resource_id \
             WHERE q.account_id = $1 \
             UNION SELECT k.id, k.state FROM report_case k \
             JOIN revision v ON v.number = k.revision_number WHERE v.author_id = $1) z \
             GROUP BY z.state";
        let rows = self.database.query(sql, vec![account.into()]).await;
        let mut outcomes = Outcomes::default();
        for row in rows.map_err(to_domain)? {
            let state: String = row.try_get("", "state").map_err(to_domain)?;
            let cases: i64 = row.try_get("", "cases").map_err(to_domain)?;
            match ReportState::from_name(&state) {
                ReportState::Open => outcomes.open = cases,
                ReportState::Upheld => outcomes.upheld = cases,
                ReportState::NotUpheld => outcomes.not_upheld = cases,
            }
        }
        Ok(outcomes)
    }

    async fn reports_in(&self, actor: Actor, case: Uuid) -> Result<Vec<Report>> {
        let sql = format!(
            "SELECT x.reason, x.text, x.made_at, {}, {}, {}, {} FROM report x \
             JOIN account ON account.id = x.account_id \
             LEFT JOIN profile ON profile.account_id = account.id \
             WHERE x.case_id = $2 ORDER BY x.made_at, x.id LIMIT {MOST}",
            outcomes_sql("upheld", ReportState::Upheld),
            outcomes_sql("not_upheld", ReportState::NotUpheld),
            outcomes_sql("open", ReportState::Open),
            author_columns(Scope::of(actor))
        );
        let values = vec![person(actor), case.into()];
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let reports = rows.iter().map(|row| {
            let reason: String = row.try_get("", "reason")?;
            Ok(Report {
                by: author(row)?,
                reason: ReportReason::from_name(&reason),
                text: row.try_get("", "text")?,
                made: Timestamp(row.try_get("", "made_at")?),
                by_them: Outcomes {
                    upheld: row.try_get("", "upheld")?,
                    not_upheld: row.try_get("", "not_upheld")?,
                    open: row.try_get("", "open")?,
                },
            })
        });
        let reports: std::result::Result<Vec<_>, DbErr> = reports.collect();
        reports.map_err(to_domain)
    }

    async fn notes_in(&self, actor: Actor, case: Uuid) -> Result<Vec<CaseNote>> {
        let sql = format!(
            "SELECT n.text, n.written_at, {} FROM report_note n \
             LEFT JOIN account ON account.id = n.account_id \
             LEFT JOIN profile ON profile.account_id = account.id \
             WHERE n.case_id = $2 ORDER BY n.written_at, n.id LIMIT {MOST}",
            author_columns(Scope::of(actor))
        );
        let values = vec![person(actor), case.into()];
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let notes = rows.iter().map(|row| {
            Ok(CaseNote {
                by: author(row)?,
                text: row.try_get("", "text")?,
                written: Timestamp(row.try_get("", "written_at")?),
            })
        });
        let notes: std::result::Result<Vec<_>, DbErr> = notes.collect();
        notes.map_err(to_domain)
    }
}
