//! Starter texts, put where nobody has written yet.

use domain::{
    Result,
    account::Actor,
    catalogue::Code,
    event::EventKind,
    wiki::{
        Entry, Item,
        SectionKind::{self, References, Tips},
        WikiDraft,
    },
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::known;
use crate::{
    Database, token,
    wiki::{
        content::{self, Content},
        revise::{self, Origin},
    },
    write::Write,
};

pub(in crate::wiki) async fn fill(
    database: &Database,
    actor: Actor,
    drafts: Vec<(Code, WikiDraft)>,
) -> Result<()> {
    let write = Write::begin(database, actor).await?;
    let on = write.on();
    write.alone().await?;
    let ids = known::conditions(on).await?;
    let now = database.now().0;
    let mut put = false;
    for (curie, draft) in drafts {
        let Some(condition) = ids.get(&curie.to_string()).copied() else {
            continue;
        };
        // References first: the texts cite them.
        let references = draft.references.iter().map(|reference| Entry {
            id: reference.key.clone(),
            item: Item::Reference(reference.clone()),
            hidden: None,
        });
        put |= fill_list(on, condition, References, references.collect(), now).await?;
        let keys = content::reference_keys(on, condition).await?;
        for text in &draft.sections {
            let section = revise::section(on, condition, text.kind).await?;
            if section.head_id.is_none() {
                put = true;
                let content = Content::text(text.kind, &text.markdown, &keys);
                revise::put(on, &section, content, Origin::starter(), now).await?;
            }
        }
        let mut tips = Vec::new();
        for (name, text) in &draft.tips {
            tips.push(Entry {
                id: token::public_id()?,
                item: Item::Tip {
                    name: name.clone(),
                    markdown: text.clone(),
                },
                hidden: None,
            });
        }
        put |= fill_list(on, condition, Tips, tips, now).await?;
    }
    if !put {
        return Ok(());
    }
    write.record(EventKind::StarterFilled, None, None).await?;
    write.commit().await
}

/// Whether the list was empty, and is filled now.
async fn fill_list<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    kind: SectionKind,
    entries: Vec<Entry>,
    now: i64,
) -> Result<bool> {
    if entries.is_empty() {
        return Ok(false);
    }
    let section = revise::section(on, condition, kind).await?;
    if section.head_id.is_some() {
        return Ok(false);
    }
    let keys = content::reference_keys(on, condition).await?;
    let content = Content::list(kind, &entries, &keys, &[])?;
    revise::put(on, &section, content, Origin::starter(), now).await?;
    Ok(true)
}
