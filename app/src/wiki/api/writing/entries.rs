//! Sections that are lists, and their entries.

use domain::{
    SafeHtml,
    catalogue::ConditionLink,
    wiki::{EntryList, Item, ListedEntry, SectionKind},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

use super::EditTerms;
#[cfg(feature = "ssr")]
use super::{for_members, proposed, section};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
    wiki::entry_forms::{
        AddCodeFields, AddNameFields, AddReferenceFields, AddTipFields, AmendReferenceFields,
        AmendTipFields, HelpedFields, HideEntryFields, ShowEntryFields,
    },
};
#[cfg(feature = "ssr")]
use crate::{
    context,
    ui::form::{Call, Done},
    wiki::{entry_forms::Helped, paths},
};
#[cfg(feature = "ssr")]
use domain::{
    Error,
    policy::{Action, permit},
    wiki::{EntryChange, Saved},
};

/// What the page of a list shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ListView {
    /// Of which condition.
    pub condition: ConditionLink,
    /// Which section.
    pub kind: SectionKind,
    /// All entries in order, hidden ones included.
    pub entries: Vec<EntryLine>,
    /// What someone has to know who changes it.
    pub terms: EditTerms,
}

/// An entry in its list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EntryLine {
    /// Names it in its list.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The source that gave it, where it is no member's.
    pub source: Option<String>,
    /// Whether texts can cite it by its id.
    pub citable: bool,
    /// Why it is hidden, where it is.
    pub hidden: Option<String>,
}

/// What the page of an entry shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EntryView {
    /// Of which condition.
    pub condition: ConditionLink,
    /// In which section.
    pub kind: SectionKind,
    /// Number of the list's current revision.
    pub base: Option<i64>,
    /// Names it in its list.
    pub id: String,
    /// What it is.
    pub item: Item,
    /// The description of a tip, as it is shown; else empty.
    pub html: SafeHtml,
    /// The source that gave it, where it is no member's.
    pub source: Option<String>,
    /// Why it is hidden, where it is.
    pub hidden: Option<String>,
    /// Whether the reader has said that it helped them; `None` where they cannot say so.
    pub helped: Option<bool>,
    /// What someone has to know who changes it.
    pub terms: EditTerms,
}

/// The entry was changed in between: what it says now.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EntryCollision {
    /// The current version.
    pub theirs: String,
}

impl From<EntryList> for ListView {
    fn from(list: EntryList) -> Self {
        Self {
            terms: EditTerms::of(&list),
            condition: list.condition,
            kind: list.kind,
            entries: list.entries.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<ListedEntry> for EntryLine {
    fn from(listed: ListedEntry) -> Self {
        let entry = listed.entry;
        Self {
            title: entry.item.title(),
            citable: matches!(entry.item, Item::Reference(_)),
            id: entry.id,
            source: listed.source,
            hidden: entry.hidden,
        }
    }
}

impl EditTerms {
    fn of(list: &EntryList) -> Self {
        Self {
            protection: list.protection.clone(),
            publishes: list.publishes,
            waiting: list.waiting,
        }
    }
}

impl EntryView {
    /// One entry of a list, for someone who can say what helped them, or cannot.
    pub fn new(list: EntryList, id: &str, says_what_helped: bool) -> Option<Self> {
        let terms = EditTerms::of(&list);
        let listed = list.entries.into_iter().find(|one| one.entry.id == id)?;
        let entry = listed.entry;
        let is_tip = matches!(entry.item, Item::Tip { .. });
        let helped = is_tip && entry.hidden.is_none() && says_what_helped;
        Some(Self {
            condition: list.condition,
            kind: list.kind,
            base: list.head,
            id: entry.id,
            item: entry.item,
            html: listed.html,
            source: listed.source,
            hidden: entry.hidden,
            helped: helped.then_some(listed.mine),
            terms,
        })
    }
}

#[cfg(feature = "ssr")]
const COLLIDED: &str = "Someone else changed this entry while you were writing. Nothing of yours is lost: it is still in the form below. Read the current version, then send yours again if it should replace it.";

#[cfg(feature = "ssr")]
const COLLIDED_WITH_OWN: &str = "You changed this entry in another tab or window. Nothing is lost: what you sent now is still in the form below. Read the current version, then send yours again if it should replace it.";

/// A list to change.
#[server(input = GetUrl, prefix = "/api", endpoint = "wiki/list")]
pub async fn read_list(slug: String, kind: String) -> Result<Answer<ListView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let kind = match section(&kind) {
        Ok(kind) => kind,
        Err(error) => return Ok(Answer::Refused(error)),
    };
    let asked = services.entries.list(actor, &slug, kind).await;
    let place = (slug.as_str(), |slug: &str| paths::edit(slug, kind));
    Ok(for_members(asked.map(Into::into), &services, actor, place).await)
}

/// An entry to change.
#[server(input = GetUrl, prefix = "/api", endpoint = "wiki/entry")]
pub async fn read_entry(
    slug: String,
    kind: String,
    id: String,
) -> Result<Answer<EntryView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let kind = match section(&kind) {
        Ok(kind) => kind,
        Err(error) => return Ok(Answer::Refused(error)),
    };
    let list = services.entries.list(actor, &slug, kind).await;
    let says_what_helped = permit(actor, Action::SayWhatHelped).is_ok();
    let asked =
        list.and_then(|list| EntryView::new(list, &id, says_what_helped).ok_or(Error::NotFound));
    let place = (slug.as_str(), |slug: &str| paths::entry(slug, kind, &id));
    Ok(for_members(asked, &services, actor, place).await)
}

/// Adds a name.
#[server(prefix = "/api", endpoint = "wiki/add-name", input = Json)]
pub async fn add_name(posted: Posted<AddNameFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| add(&call, &fields.slug, fields.item()).await)
        .await
}

/// Adds a code.
#[server(prefix = "/api", endpoint = "wiki/add-code", input = Json)]
pub async fn add_code(posted: Posted<AddCodeFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| add(&call, &fields.slug, fields.item()?).await)
        .await
}

/// Adds a tip.
#[server(prefix = "/api", endpoint = "wiki/add-tip", input = Json)]
pub async fn add_tip(posted: Posted<AddTipFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| add(&call, &fields.slug, fields.item()).await)
        .await
}

/// Adds a reference.
#[server(prefix = "/api", endpoint = "wiki/add-reference", input = Json)]
pub async fn add_reference(posted: Posted<AddReferenceFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| add(&call, &fields.slug, fields.item()?).await)
        .await
}

/// Changes what a tip says.
#[server(prefix = "/api", endpoint = "wiki/amend-tip", input = Json)]
pub async fn amend_tip(posted: Posted<AmendTipFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let item = fields.item();
            let AmendTipFields { slug, id, base, .. } = fields;
            let amend = EntryChange::Amend { id, item };
            change(&call, (&slug, SectionKind::Tips), base, amend).await
        })
        .await
}

/// Changes what a reference says.
#[server(prefix = "/api", endpoint = "wiki/amend-reference", input = Json)]
pub async fn amend_reference(
    posted: Posted<AmendReferenceFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let item = fields.item()?;
            let AmendReferenceFields { slug, id, base, .. } = fields;
            let amend = EntryChange::Amend { id, item };
            change(&call, (&slug, SectionKind::References), base, amend).await
        })
        .await
}

/// Takes an entry off the page.
#[server(prefix = "/api", endpoint = "wiki/hide-entry", input = Json)]
pub async fn hide_entry(posted: Posted<HideEntryFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let HideEntryFields {
                slug,
                kind,
                id,
                base,
                reason,
            } = fields;
            let hide = EntryChange::Hide { id, reason };
            change(&call, (&slug, kind), base, hide).await
        })
        .await
}

/// Puts a hidden entry back on the page.
#[server(prefix = "/api", endpoint = "wiki/show-entry", input = Json)]
pub async fn show_entry(posted: Posted<ShowEntryFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let ShowEntryFields {
                slug,
                kind,
                id,
                base,
            } = fields;
            change(&call, (&slug, kind), base, EntryChange::Show { id }).await
        })
        .await
}

/// Says that a tip has helped, or takes that back.
#[server(prefix = "/api", endpoint = "wiki/helped", input = Json)]
pub async fn say_helped(posted: Posted<HelpedFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |HelpedFields { slug, id, helped }, call| {
            let helped = helped == Helped::Yes;
            let entries = &call.services.entries;
            entries.say_helped(call.actor(), &slug, &id, helped).await?;
            Ok(Done::at(paths::tip(&slug, &id)))
        })
        .await
}

#[cfg(feature = "ssr")]
async fn add(call: &Call, slug: &str, item: Item) -> domain::Result<Done> {
    let section = (slug, item.section());
    change(call, section, None, EntryChange::Add(item)).await
}

/// Changes a list; then its page says so.
#[cfg(feature = "ssr")]
async fn change(
    call: &Call,
    (slug, kind): (&str, SectionKind),
    base: Option<i64>,
    change: EntryChange,
) -> domain::Result<Done> {
    let done = match change {
        EntryChange::Hide { .. } => "hidden",
        _ => "saved",
    };
    let submission = call.submission();
    let saved = call
        .services
        .entries
        .change(call.actor(), slug, kind, base, change, &submission)
        .await?;
    match saved {
        Saved::Proposed(id) => Ok(proposed(&id)),
        Saved::Collided(collision) => {
            let replaced = vec![("base", collision.head.to_string())];
            let theirs = collision.theirs;
            let words = if collision.own {
                COLLIDED_WITH_OWN
            } else {
                COLLIDED
            };
            Ok(Done::show(&EntryCollision { theirs })?.in_place(replaced, words))
        }
        Saved::Published(_) | Saved::Unchanged => {
            Ok(Done::at(format!("{}?done={done}", paths::edit(slug, kind))))
        }
    }
}
