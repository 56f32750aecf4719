//! Sections that are lists: every change of an entry is a revision of its list.

use std::fmt::Write as _;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{Actor, Submission},
    event::EventKind,
    policy::{Action, Quota, permit, publishes},
    text::fold,
    wiki::{
        Collision, Entries, Entry, EntryChange, EntryList, Item, ListedEntry, Saved, SectionKind,
        check_line, merge_lists,
    },
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect, Set,
};
use uuid::Uuid;

use super::{
    WikiStore,
    content::{self, Content, Stored},
    entity::{proposal, revision, section},
    revise,
    saving::{self, Incoming},
};
use crate::{
    catalogue::{address::Present, names},
    error::to_domain,
    quota, token,
    write::Write,
};

#[async_trait]
impl Entries for WikiStore {
    async fn list(&self, actor: Actor, slug: &str, kind: SectionKind) -> Result<EntryList> {
        permit(actor, Action::WriteSection)?;
        self.whole_list(actor, slug, kind).await
    }

    async fn change(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        base: Option<i64>,
        change: EntryChange,
        submission: &Submission,
    ) -> Result<Saved> {
        permit(actor, Action::WriteSection)?;
        self.change_list(actor, (slug, kind), base, change, submission)
            .await
    }

    async fn say_helped(&self, actor: Actor, slug: &str, tip: &str, helped: bool) -> Result<()> {
        permit(actor, Action::SayWhatHelped)?;
        let member = actor.member().ok_or(Error::Unauthenticated)?;
        self.put_helped(actor, slug, tip, member.account.0, helped)
            .await
    }
}

fn is_list(kind: SectionKind) -> Result<()> {
    if kind.is_text() {
        return Err(Error::NotFound);
    }
    Ok(())
}

/// What sources gave, as entries: their ids follow from what they say.
fn given_entry((item, source): (Item, String)) -> (Entry, String) {
    let kind = match &item {
        Item::Code(_) => "code",
        _ => "name",
    };
    let id = named_id(kind, &item.key());
    let entry = Entry {
        id,
        item,
        hidden: None,
    };
    (entry, source)
}

/// The id of a name or code: the same whoever gives it.
fn named_id(kind: &str, key: &str) -> String {
    let mut id = String::with_capacity(10);
    for byte in token::hash_of(&[kind, key]).into_iter().take(5) {
        // Writing to a String cannot fail.
        let _ = write!(id, "{byte:02x}");
    }
    id
}

impl WikiStore {
    async fn given<C: ConnectionTrait>(
        &self,
        on: &C,
        condition: Uuid,
        kind: SectionKind,
    ) -> Result<Vec<(Entry, String)>> {
        if kind != SectionKind::Synonyms {
            return Ok(Vec::new());
        }
        let given = names::given(on, condition).await?;
        Ok(given.into_iter().map(given_entry).collect())
    }

    async fn whole_list(&self, actor: Actor, slug: &str, kind: SectionKind) -> Result<EntryList> {
        is_list(kind)?;
        let condition = self.present(slug).await?;
        let readers = self.database.readers();
        let section = revise::find(readers, condition.id, kind).await?;
        let head = match &section {
            Some(section) => saving::head(readers, section).await?,
            None => None,
        };
        let stored = content::read(head.as_ref().and_then(|head| head.entries.as_deref()))?;
        let given = self.given(readers, condition.id, kind).await?;
        let account = actor.member().map(|member| member.account.0);
        let mine = self.helped_tips(condition.id, kind, account).await?;
        let source_of = |id: &str| {
            let found = given.iter().find(|(entry, _)| entry.id == id);
            found.map(|(_, source)| source.clone())
        };
        let untouched = given
            .iter()
            .filter(|(entry, _)| stored.iter().all(|own| own.entry.id != entry.id))
            .map(|(entry, _)| Stored {
                entry: entry.clone(),
                html: String::new(),
            });
        let entries = untouched
            .chain(stored.iter().cloned())
            .map(|Stored { entry, html }| ListedEntry {
                source: source_of(&entry.id),
                mine: mine.contains(&entry.id),
                html: super::markdown::stored(html),
                entry,
            })
            .collect();
        let now = self.database.now().0;
        let protection = section
            .as_ref()
            .and_then(|section| saving::protection(section, now));
        let waiting = match (&section, account) {
            (Some(section), Some(account)) => {
                proposal::Entity::find()
                    .filter(proposal::Column::SectionId.eq(section.id))
                    .filter(proposal::Column::State.eq("waiting"))
                    .filter(proposal::Column::AuthorId.eq(account))
                    .count(readers)
                    .await
                    .map_err(to_domain)?
                    > 0
            }
            _ => false,
        };
        Ok(EntryList {
            condition: condition.link,
            kind,
            head: head.map(|head| head.number),
            entries,
            publishes: publishes(actor, protection),
            protection: section.and_then(|section| saving::protected(&section, now)),
            waiting,
        })
    }

    async fn change_list(
        &self,
        actor: Actor,
        (slug, kind): (&str, SectionKind),
        base: Option<i64>,
        change: EntryChange,
        submission: &Submission,
    ) -> Result<Saved> {
        is_list(kind)?;
        let id = match &change {
            EntryChange::Add(item) if item.section() != kind => return Err(Error::NotFound),
            EntryChange::Add(Item::Name(name)) => named_id("name", &fold(&name.name)),
            EntryChange::Add(item @ Item::Code(_)) => named_id("code", &item.key()),
            _ => token::public_id()?,
        };
        let condition = self.present(slug).await?;
        let write = Write::begin(&self.database, actor).await?;
        let section = revise::section(write.on(), condition.id, kind).await?;
        let head = saving::head(write.on(), &section).await?;
        let number = head.as_ref().map(|head| head.number);
        if !write.is_first("wiki/entry", submission).await? {
            return Ok(number.map_or(Saved::Unchanged, Saved::Published));
        }
        let present = content::entries(head.as_ref().and_then(|head| head.entries.as_deref()))?;
        if number != base
            && let Some(id) = change.id()
        {
            let before = self.entries_of(write.on(), &section, base).await?;
            let of = |list: &[Entry]| list.iter().find(|entry| entry.id == id).cloned();
            if let Some(now) = of(&present).filter(|now| of(&before).as_ref() != Some(now)) {
                let author = actor.member().map(|member| member.account.0);
                return Ok(Saved::Collided(Box::new(Collision {
                    head: number.unwrap_or_default(),
                    theirs: content::listing(&[now]),
                    merged: String::new(),
                    own: self.is_own(write.on(), &section, base, author).await?,
                })));
            }
        }
        let given = self.given(write.on(), condition.id, kind).await?;
        let hides = match &change {
            EntryChange::Hide { .. } => Some(EventKind::EntryHidden),
            EntryChange::Show { .. } => Some(EventKind::EntryShown),
            _ => None,
        };
        let list = with_given(&condition, present, &change, given)?;
        let (list, summary) = change.apply(&list, id)?;
        let summary: String = summary
            .chars()
            .take(domain::wiki::SUMMARY_LONGEST)
            .collect();
        self.settle(
            actor,
            write,
            (&section, number),
            &list,
            (summary, None),
            hides,
        )
        .await
    }

    /// The entries as they were; those that came later stay.
    pub(super) async fn restore_list(
        &self,
        actor: Actor,
        section: &section::Model,
        row: revision::Model,
        summary: &str,
        submission: &Submission,
    ) -> Result<Saved> {
        let summary = check_line("summary", summary)?;
        let kind = SectionKind::parse(&section.kind).ok_or(Error::NotFound)?;
        let write = Write::begin(&self.database, actor).await?;
        let section = revise::section(write.on(), section.condition_id, kind).await?;
        let head = saving::head(write.on(), &section).await?;
        let number = head.as_ref().map(|head| head.number);
        if !write.is_first("wiki/restore", submission).await? {
            return Ok(number.map_or(Saved::Unchanged, Saved::Published));
        }
        let present = content::entries(head.and_then(|head| head.entries).as_deref())?;
        let list = merge_lists(&[], &content::entries(row.entries.as_deref())?, &present);
        if list == present {
            return Ok(Saved::Unchanged);
        }
        let about = (summary, Some(row.number));
        self.settle(actor, write, (&section, number), &list, about, None)
            .await
    }

    /// Shows a changed list at once, or lets it wait: as the policy says. `about` is the summary and
    /// the revision that is restored; `event` is told besides the saving.
    async fn settle(
        &self,
        actor: Actor,
        mut write: Write<'_>,
        (section, head): (&section::Model, Option<i64>),
        list: &[Entry],
        (summary, restores): (String, Option<i64>),
        event: Option<EventKind>,
    ) -> Result<Saved> {
        let author = actor.member().map(|member| member.account.0);
        if !publishes(actor, saving::protection(section, self.database.now().0)) {
            let kind = SectionKind::parse(&section.kind).ok_or(Error::NotFound)?;
            let incoming = Incoming {
                content: Content::list(kind, list, &[], &[])?,
                summary,
                author,
                restores: None,
            };
            let id = self.propose(&write, section, head, incoming).await?;
            write.commit().await?;
            return Ok(Saved::Proposed(id));
        }
        quota::spend(&write, &self.database, actor, Quota::Edits).await?;
        let about = (summary, author, restores);
        let number = self.publish_list(&mut write, section, list, about).await?;
        for kind in [Some(EventKind::SectionSaved), event].into_iter().flatten() {
            let community = Some(section.condition_id);
            write.record(kind, Some(section.id), community).await?;
        }
        write.commit().await?;
        Ok(Saved::Published(number))
    }

    /// The entries of a revision of a list; none where it is another section's.
    pub(super) async fn entries_of<C: ConnectionTrait>(
        &self,
        on: &C,
        section: &section::Model,
        number: Option<i64>,
    ) -> Result<Vec<Entry>> {
        let Some(number) = number else {
            return Ok(Vec::new());
        };
        let found = revision::Entity::find_by_id(number)
            .filter(revision::Column::SectionId.eq(section.id))
            .one(on)
            .await
            .map_err(to_domain)?;
        content::entries(found.and_then(|row| row.entries).as_deref())
    }

    /// Makes a list the head of its section, and carries it to where else it is read: names into
    /// the catalogue, numbers of references into the texts that cite them.
    pub(super) async fn publish_list(
        &self,
        write: &mut Write<'_>,
        section: &section::Model,
        list: &[Entry],
        (summary, author, restores): (String, Option<Uuid>, Option<i64>),
    ) -> Result<i64> {
        let kind = SectionKind::parse(&section.kind).ok_or(Error::NotFound)?;
        let condition = section.condition_id;
        let before = content::present(write.on(), condition, kind).await?;
        let mut keys = content::reference_keys(write.on(), condition).await?;
        if kind == SectionKind::References {
            let now: Vec<String> = list.iter().map(|entry| entry.id.clone()).collect();
            if now != keys {
                keys = now;
                cite_anew(write.on(), condition, &keys).await?;
            }
        }
        if kind == SectionKind::Synonyms {
            names::place(write.on(), condition, list, self.database.now().0).await?;
        }
        let incoming = Incoming {
            content: Content::list(kind, list, &keys, &before)?,
            summary,
            author,
            restores,
        };
        self.publish(write, section, incoming).await
    }
}

/// The list of a condition with the entry of a source that is changed, or that is added once more.
fn with_given(
    condition: &Present,
    mut list: Vec<Entry>,
    change: &EntryChange,
    given: Vec<(Entry, String)>,
) -> Result<Vec<Entry>> {
    let twice = |field: &str| Err(Error::invalid(field, "This is in the list already."));
    match change {
        EntryChange::Add(item) => {
            let same = |(entry, _): &(Entry, String)| {
                entry.item.key() == item.key()
                    && matches!(entry.item, Item::Code(_)) == matches!(item, Item::Code(_))
                    && list.iter().all(|own| own.id != entry.id)
            };
            if given.iter().any(same) {
                return twice(if matches!(item, Item::Code(_)) {
                    "code"
                } else {
                    "name"
                });
            }
            if let Item::Name(name) = item
                && fold(&name.name) == fold(&condition.link.name)
            {
                return Err(Error::invalid("name", "This is the name of the page."));
            }
        }
        EntryChange::Hide { id, .. } if list.iter().all(|entry| entry.id != *id) => {
            list.extend(
                given
                    .into_iter()
                    .map(|(entry, _)| entry)
                    .filter(|entry| entry.id == *id),
            );
        }
        _ => {}
    }
    Ok(list)
}

/// Renders the texts of a condition again that cite, or try to.
async fn cite_anew<C: ConnectionTrait>(on: &C, condition: Uuid, keys: &[String]) -> Result<()> {
    let heads: Vec<(i64, String, String, Option<String>)> = content::heads(condition)
        .select_only()
        .column(revision::Column::Number)
        .column(section::Column::Kind)
        .column(revision::Column::Markdown)
        .column(revision::Column::Entries)
        .filter(revision::Column::Markdown.contains("[@"))
        .into_tuple()
        .all(on)
        .await
        .map_err(to_domain)?;
    for (number, kind, markdown, json) in heads {
        let Some(kind) = SectionKind::parse(&kind) else {
            continue;
        };
        let content = if kind.is_text() {
            Content::text(kind, &markdown, keys)
        } else {
            Content::list(kind, &content::entries(json.as_deref())?, keys, &[])?
        };
        revision::ActiveModel {
            number: Set(number),
            html: Set(content.html),
            entries: Set(content.entries),
            ..Default::default()
        }
        .update(on)
        .await
        .map_err(to_domain)?;
    }
    Ok(())
}
