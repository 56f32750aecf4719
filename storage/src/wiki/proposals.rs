//! Texts that wait until somebody has looked at them.

use std::fmt::Write as _;

use domain::{
    Error, Result,
    account::Actor,
    event::EventKind,
    policy::{Action, Scope, permit},
    time::Timestamp,
    wiki::{
        Decision, Entry, EntryChange, Proposal, ProposalList, ProposalState, ProposalText,
        SectionKind, check_marks, check_middle_marks, check_reason, check_text, merge_lists,
        middle_marks,
    },
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryResult, QuerySelect, Set,
};
use uuid::Uuid;

use super::{
    WikiStore,
    content::{self, Content},
    entity::{proposal, section},
    history::{author, author_columns},
    markdown,
    merge::merge,
    saving::{self, Incoming, tidy},
};
use crate::{
    account::trust,
    diff,
    error::{internal, to_domain},
    profile,
    write::Write,
};

/// Proposals on one page.
const PAGE: usize = 50;

fn sql(scope: Scope) -> String {
    format!(
        "SELECT p.public_id, p.author_id, p.base_number, p.summary, p.created_at, p.state, p.reason, p.markdown, p.entries, \
         s.kind, s.id AS section_id, c.slug, c.name, {} FROM proposal p \
         JOIN section s ON s.id = p.section_id JOIN condition c ON c.id = s.condition_id \
         LEFT JOIN account ON account.id = p.author_id \
         LEFT JOIN profile ON profile.account_id = account.id ",
        author_columns(scope)
    )
}

fn read(row: &QueryResult, actor: Actor) -> Result<Proposal> {
    let text = |column: &str| row.try_get::<String>("", column).map_err(to_domain);
    let by: Option<Uuid> = row.try_get("", "author_id").map_err(to_domain)?;
    let kind = text("kind")?;
    Ok(Proposal {
        id: text("public_id")?,
        condition: domain::catalogue::ConditionLink {
            slug: text("slug")?,
            name: text("name")?,
        },
        kind: SectionKind::parse(&kind).ok_or_else(|| internal(&kind))?,
        author: author(row).map_err(to_domain)?,
        own: by.is_some() && by == actor.member().map(|member| member.account.0),
        summary: text("summary")?,
        made: Timestamp(row.try_get("", "created_at").map_err(to_domain)?),
        state: ProposalState::from_name(&text("state")?),
        reason: text("reason")?,
    })
}

fn decides(actor: Actor) -> bool {
    permit(actor, Action::DecideProposals).is_ok()
}

impl WikiStore {
    pub(super) async fn list_proposals(
        &self,
        actor: Actor,
        after: Option<&str>,
    ) -> Result<ProposalList> {
        let scope = Scope::of(actor);
        let decides = decides(actor);
        let mut values = vec![profile::parameter(scope)];
        // Whoever decides sees what waits; everybody sees what became of their own.
        let mut sql = sql(scope)
            + if decides {
                "WHERE (p.state = 'waiting' OR p.author_id = $1) "
            } else {
                "WHERE p.author_id = $1 "
            };
        if let Some(after) = after {
            values.push(after.replace('\0', "").into());
            // Nothing is told about one that is not theirs to see, its place in time included.
            let own = if decides { "" } else { "AND o.author_id = $1" };
            // Writing to a String cannot fail.
            let _ = write!(
                sql,
                "AND (p.created_at, p.public_id) > (SELECT o.created_at, o.public_id \
                 FROM proposal o WHERE o.public_id = $2 {own}) ",
            );
        }
        // Writing to a String cannot fail.
        let _ = write!(sql, "ORDER BY p.created_at, p.public_id LIMIT {}", PAGE + 1);
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let mut proposals = rows
            .iter()
            .map(|row| read(row, actor))
            .collect::<Result<Vec<_>>>()?;
        let more = proposals.len() > PAGE;
        proposals.truncate(PAGE);
        Ok(ProposalList {
            next: proposals
                .last()
                .filter(|_| more)
                .map(|last| last.id.clone()),
            proposals,
            decides,
        })
    }

    pub(super) async fn one_proposal(&self, actor: Actor, id: &str) -> Result<ProposalText> {
        let scope = Scope::of(actor);
        let sql = sql(scope) + "WHERE p.public_id = $2";
        let values = vec![profile::parameter(scope), id.replace('\0', "").into()];
        let row = self
            .database
            .query_one(&sql, values)
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let proposal = read(&row, actor)?;
        let decides = decides(actor);
        if !decides && !proposal.own {
            return Err(Error::NotFound);
        }
        let text: String = row.try_get("", "markdown").map_err(to_domain)?;
        let section: Uuid = row.try_get("", "section_id").map_err(to_domain)?;
        let readers = self.database.readers();
        let section = section::Entity::find_by_id(section)
            .one(readers)
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let keys = content::reference_keys(readers, section.condition_id).await?;
        let base: Option<i64> = row.try_get("", "base_number").map_err(to_domain)?;
        let head = saving::head(readers, &section).await?;
        let number = head.as_ref().map(|head| head.number);
        let decides = decides && !proposal.own && proposal.state == ProposalState::Waiting;
        let entries: Option<String> = row.try_get("", "entries").map_err(to_domain)?;
        let mut entry = None;
        let (base, before) = if proposal.kind.is_text() {
            let before = head.map(|head| head.markdown).unwrap_or_default();
            (self.text_of(readers, &section, base).await?, before)
        } else {
            let base = self.entries_of(readers, &section, base).await?;
            let proposed = content::entries(entries.as_deref())?;
            let present = content::entries(head.and_then(|head| head.entries).as_deref())?;
            entry = changed(&base, &proposed).cloned();
            // Once it is decided, what it changes is what it would have changed.
            let waits = proposal.state == ProposalState::Waiting;
            let stood = if waits { &present } else { &base };
            let (before, now) = match &entry {
                Some(entry) => {
                    let same = stood.iter().find(|other| other.id == entry.id);
                    (same.cloned().into_iter().collect(), vec![entry.clone()])
                }
                None => (stood.clone(), merge_lists(&base, &proposed, stood)),
            };
            return Ok(ProposalText {
                html: shown(&content::escaped_listing(&now), &keys, &proposal),
                head: number,
                changes: diff::changes(&content::listing(&before), &content::listing(&now)),
                merged: content::listing(&now),
                markdown: text,
                entry,
                decides,
                proposal,
            });
        };
        tokio::task::spawn_blocking(move || {
            let (Ok(merged) | Err(merged)) = merge(&base, &text, &before);
            ProposalText {
                html: shown(&text, &keys, &proposal),
                entry,
                head: number,
                changes: diff::changes(before.trim_end(), &merged),
                merged,
                proposal,
                markdown: text,
                decides,
            }
        })
        .await
        .map_err(|error| internal(&error))
    }

    pub(super) async fn decide_proposal(
        &self,
        actor: Actor,
        id: &str,
        decision: Decision,
    ) -> Result<()> {
        let member = actor.member().ok_or(Error::Unauthenticated)?;
        let mut write = Write::begin(&self.database, actor).await?;
        let found = proposal::Entity::find()
            .filter(proposal::Column::PublicId.eq(id.replace('\0', "")))
            .lock_exclusive()
            .one(write.on())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        if found.author_id == Some(member.account.0) {
            return Err(Error::Forbidden {
                reason: "someone else must decide about your proposals.".to_owned(),
            });
        }
        if ProposalState::from_name(&found.state) != ProposalState::Waiting {
            return Err(Error::Conflict);
        }
        let section = section::Entity::find_by_id(found.section_id)
            .lock_exclusive()
            .one(write.on())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let now = self.database.now().0;
        let mut row = proposal::ActiveModel {
            id: Set(found.id),
            decided_by: Set(Some(member.account.0)),
            decided_at: Set(Some(now)),
            ..Default::default()
        };
        let community = Some(section.condition_id);
        match decision {
            Decision::Accept { base, markdown } => {
                let head = saving::head(write.on(), &section).await?;
                // What they decided about is not what it would replace.
                if head.as_ref().map(|head| head.number) != base {
                    return Err(Error::Conflict);
                }
                let present = head.map(|head| head.markdown).unwrap_or_default();
                let markdown = tidy(&markdown);
                check_marks("text", &markdown)?;
                // The text to decide about may come from a collision; both texts are known.
                let known = middle_marks(&found.markdown).max(middle_marks(&present));
                check_middle_marks("text", &markdown, known)?;
                let kind = SectionKind::parse(&section.kind).ok_or(Error::NotFound)?;
                check_text("text", kind, &markdown)?;
                let keys = content::reference_keys(write.on(), section.condition_id).await?;
                let incoming = Incoming {
                    content: Content::text(kind, &markdown, &keys),
                    summary: found.summary,
                    author: found.author_id,
                    restores: None,
                };
                let number = self.publish(&write, &section, incoming).await?;
                self.accepted(write, row, number, (section.id, found.id, community))
                    .await
            }
            Decision::AcceptEntry { base, item } => {
                let head = saving::head(write.on(), &section).await?;
                let before = self
                    .entries_of(write.on(), &section, found.base_number)
                    .await?;
                let proposed = content::entries(found.entries.as_deref())?;
                let present = content::entries(head.and_then(|head| head.entries).as_deref())?;
                let seen = self.entries_of(write.on(), &section, base).await?;
                // What they decided about is not what it would replace. Other entries do not matter.
                let changed_since = match changed(&before, &proposed) {
                    Some(entry) => one(&seen, &entry.id) != one(&present, &entry.id),
                    None => seen != present,
                };
                if changed_since {
                    return Err(Error::Conflict);
                }
                let mut list = merge_lists(&before, &proposed, &present);
                if let (Some(item), Some(entry)) = (item, changed(&before, &proposed)) {
                    let id = entry.id.clone();
                    (list, _) = EntryChange::Amend { id, item }.apply(&list, String::new())?;
                }
                let about = (found.summary, found.author_id, None);
                let number = self
                    .publish_list(&mut write, &section, &list, about)
                    .await?;
                self.accepted(write, row, number, (section.id, found.id, community))
                    .await
            }
            Decision::Decline { reason } => {
                let reason = check_reason("reason", &reason, "Say why. The author sees it.")?;
                row.state = Set(ProposalState::Declined.as_str().to_owned());
                row.reason = Set(reason);
                row.update(write.on()).await.map_err(to_domain)?;
                write
                    .record(EventKind::ProposalDeclined, Some(found.id), community)
                    .await?;
                write.commit().await
            }
        }
    }

    async fn accepted(
        &self,
        write: Write<'_>,
        mut row: proposal::ActiveModel,
        number: i64,
        (section, proposal, community): (Uuid, Uuid, Option<Uuid>),
    ) -> Result<()> {
        row.state = Set(ProposalState::Accepted.as_str().to_owned());
        row.revision_number = Set(Some(number));
        let row = row.update(write.on()).await.map_err(to_domain)?;
        if let Some(author) = row.author_id {
            trust::recount(&write, &self.database, author).await?;
        }
        write
            .record(EventKind::SectionSaved, Some(section), community)
            .await?;
        write
            .record(EventKind::ProposalAccepted, Some(proposal), community)
            .await?;
        write.commit().await
    }
}

fn one<'a>(list: &'a [Entry], id: &str) -> Option<&'a Entry> {
    list.iter().find(|entry| entry.id == id)
}

/// The entry that a proposal for a list adds or changes.
fn changed<'a>(base: &[Entry], proposed: &'a [Entry]) -> Option<&'a Entry> {
    proposed.iter().find(|entry| !base.contains(entry))
}

fn shown(text: &str, keys: &[String], proposal: &Proposal) -> domain::SafeHtml {
    let html = markdown::render(text, keys, proposal.kind.as_str());
    markdown::elsewhere(&html, &proposal.condition.slug)
}
