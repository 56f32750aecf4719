//! Sections that are lists: every change of an entry is a revision of its list.

use std::fmt::Write as _;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{Actor, Submission},
    event::EventKind,
    policy::{Action, permit, publishes},
    text::fold,
    time::Timestamp,
    wiki::{
        Collision, Entries, Entry, EntryChange, EntryList, Item, ListedEntry, Protected, Saved,
        SectionKind,
    },
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    LANGUAGE, WikiStore,
    content::{self, Content, Stored},
    entity::{helped, proposal, revision, section},
    revise,
    saving::{self, Incoming},
};
use crate::{
    catalogue::{address::Present, names},
    error::to_domain,
    token,
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
        let section = section::Entity::find()
            .filter(section::Column::ConditionId.eq(condition.id))
            .filter(section::Column::Kind.eq(kind.as_str()))
            .filter(section::Column::Language.eq(LANGUAGE))
            .one(readers)
            .await
            .map_err(to_domain)?;
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
                html: html.into(),
                entry,
            })
            .collect();
        let protection = section
            .as_ref()
            .and_then(|section| saving::protection(section, self.database.now().0));
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
            protection: protection
                .zip(section)
                .map(|(protection, section)| Protected {
                    protection,
                    reason: section.protection_reason.unwrap_or_default(),
                    until: Timestamp(section.protection_ends_at.unwrap_or_default()),
                }),
            waiting,
        })
    }

    async fn helped_tips(
        &self,
        condition: Uuid,
        kind: SectionKind,
        account: Option<Uuid>,
    ) -> Result<Vec<String>> {
        let Some(account) = account.filter(|_| kind == SectionKind::Tips) else {
            return Ok(Vec::new());
        };
        let rows = helped::Entity::find()
            .filter(helped::Column::ConditionId.eq(condition))
            .filter(helped::Column::AccountId.eq(account))
            .all(self.database.readers())
            .await
            .map_err(to_domain)?;
        Ok(rows.into_iter().map(|row| row.tip).collect())
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
        let mut write = Write::begin(&self.database, actor).await?;
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
                return Ok(Saved::Collided(Box::new(Collision {
                    head: number.unwrap_or_default(),
                    theirs: content::listing(&[now]),
                    merged: String::new(),
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
        let author = actor.member().map(|member| member.account.0);
        if !publishes(actor, saving::protection(&section, self.database.now().0)) {
            let content = Content::list(kind, &list, &[], &[])?;
            let incoming = Incoming {
                content,
                summary,
                author,
                restores: None,
            };
            let id = self.propose(&write, &section, number, incoming).await?;
            write.commit_unseen().await?;
            return Ok(Saved::Proposed(id));
        }
        let number = self
            .publish_list(&mut write, &section, &list, (summary, author, None))
            .await?;
        write
            .record(
                EventKind::SectionSaved,
                Some(section.id),
                Some(condition.id),
            )
            .await?;
        if let Some(kind) = hides {
            write
                .record(kind, Some(section.id), Some(condition.id))
                .await?;
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
            write.touch_catalogue();
        }
        let incoming = Incoming {
            content: Content::list(kind, list, &keys, &before)?,
            summary,
            author,
            restores,
        };
        self.publish(write, section, incoming).await
    }

    async fn put_helped(
        &self,
        actor: Actor,
        slug: &str,
        tip: &str,
        account: Uuid,
        helped: bool,
    ) -> Result<()> {
        let condition = self.present(slug).await?;
        let write = Write::begin(&self.database, actor).await?;
        let tips = content::present(write.on(), condition.id, SectionKind::Tips).await?;
        let is_shown = |entry: &Entry| entry.id == tip && entry.hidden.is_none();
        if !tips.iter().any(|stored| is_shown(&stored.entry)) {
            return Err(Error::NotFound);
        }
        let row = helped::ActiveModel {
            condition_id: Set(condition.id),
            tip: Set(tip.to_owned()),
            account_id: Set(account),
            created_at: Set(self.database.now().0),
        };
        if helped {
            helped::Entity::insert(row)
                .on_conflict(OnConflict::new().do_nothing().to_owned())
                .exec_without_returning(write.on())
                .await
                .map_err(to_domain)?;
        } else {
            row.delete(write.on()).await.map_err(to_domain)?;
        }
        // A number on a page: visitors may see it later, and nobody can empty the page cache by it.
        write.commit_unseen().await
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
    let heads: Vec<(revision::Model, Option<section::Model>)> = revision::Entity::find()
        .find_also_related(section::Entity)
        .filter(section::Column::ConditionId.eq(condition))
        .filter(revision::Column::Markdown.contains("[@"))
        .all(on)
        .await
        .map_err(to_domain)?;
    for (row, section) in heads {
        let Some(section) = section.filter(|section| section.head_id == Some(row.id)) else {
            continue;
        };
        let Some(kind) = SectionKind::parse(&section.kind) else {
            continue;
        };
        let content = match content::entries(row.entries.as_deref())? {
            list if kind.is_text() || list.is_empty() => Content::text(kind, &row.markdown, keys),
            list => Content::list(kind, &list, keys, &[])?,
        };
        revision::ActiveModel {
            number: Set(row.number),
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
