use crate::{Error, Result, text::slug};

use super::{Entry, Item, check_reason};

/// Most entries of one list.
pub const LIST_LONGEST: usize = 500;

/// What somebody does to a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryChange {
    /// A new entry.
    Add(Item),
    /// Other words for an entry.
    Amend {
        /// Which one.
        id: String,
        /// What it becomes. A reference keeps its key.
        item: Item,
    },
    /// Takes an entry off the page, not out of the list.
    Hide {
        /// Which one.
        id: String,
        /// Why. Everybody can read it.
        reason: String,
    },
    /// Puts a hidden entry back.
    Show {
        /// Which one.
        id: String,
    },
}

impl EntryChange {
    /// The entry that is changed, where there is one already.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Add(_) => None,
            Self::Amend { id, .. } | Self::Hide { id, .. } | Self::Show { id } => Some(id),
        }
    }

    /// The list with the change made, and a line about it for the history. `id` names a new entry.
    /// [`Error::NotFound`] where there is no such entry, [`Error::Invalid`] about what is wrong with
    /// the item or the `reason`.
    pub fn apply(self, list: &[Entry], id: String) -> Result<(Vec<Entry>, String)> {
        let mut list = list.to_vec();
        let find = |list: &[Entry], id: &str| {
            let found = list.iter().position(|entry| entry.id == id);
            found.ok_or(Error::NotFound)
        };
        let about = match self {
            Self::Add(item) => {
                let item = keyed(item.check()?, &list);
                refuse_twice(&list, &item, None)?;
                if list.len() >= LIST_LONGEST {
                    return Err(Error::invalid(
                        "name",
                        "The list is full. Hide what is no longer of use, and ask a moderator.",
                    ));
                }
                let about = format!("Added: {}", item.title());
                let id = match &item {
                    Item::Reference(reference) => reference.key.clone(),
                    _ => id,
                };
                list.push(Entry {
                    id,
                    item,
                    hidden: None,
                });
                about
            }
            Self::Amend { id, item } => {
                let at = find(&list, &id)?;
                let mut item = item.check()?;
                match (&mut item, &list[at].item) {
                    // Texts name it by the key.
                    (Item::Reference(new), Item::Reference(old)) => new.key.clone_from(&old.key),
                    (Item::Tip { .. }, Item::Tip { .. }) => {}
                    _ => return Err(Error::NotFound),
                }
                refuse_twice(&list, &item, Some(at))?;
                let about = format!("Changed: {}", item.title());
                list[at].item = item;
                about
            }
            Self::Hide { id, reason } => {
                let at = find(&list, &id)?;
                let reason = check_reason("reason", &reason, "Say why. Everybody can read it.")?;
                let about = format!("Hidden: {}. {reason}", list[at].item.title());
                list[at].hidden = Some(reason);
                about
            }
            Self::Show { id } => {
                let at = find(&list, &id)?;
                list[at].hidden = None;
                format!("Shown again: {}", list[at].item.title())
            }
        };
        Ok((list, about))
    }
}

/// A reference without a key gets one from its title and year.
fn keyed(item: Item, list: &[Entry]) -> Item {
    let Item::Reference(mut reference) = item else {
        return item;
    };
    if reference.key.is_empty() {
        let title = slug(&reference.title);
        // Short words tell little, unless there are no others.
        let long = title.split('-').filter(|word| word.len() > 3).take(2);
        let mut key = long.collect::<Vec<_>>().join("-");
        if key.is_empty() {
            key.clone_from(&title);
        }
        if key.is_empty() || !key.is_ascii() {
            "source".clone_into(&mut key);
        }
        key.truncate(40);
        if let Some(year) = reference.year {
            key = format!("{key}-{year}");
        }
        let taken = |key: &str| list.iter().any(|entry| entry.id == key);
        reference.key = (1..=LIST_LONGEST + 1)
            .map(|n| {
                if n == 1 {
                    key.clone()
                } else {
                    format!("{key}-{n}")
                }
            })
            .find(|key| !taken(key))
            .unwrap_or(key);
    }
    Item::Reference(reference)
}

fn refuse_twice(list: &[Entry], item: &Item, except: Option<usize>) -> Result<()> {
    let key = item.key();
    let same = |(at, entry): &(usize, &Entry)| {
        let alike = match (&entry.item, item) {
            (Item::Reference(old), Item::Reference(new)) => old.is_same_work(new),
            _ => false,
        };
        let equal = entry.item.key() == key
            && std::mem::discriminant(&entry.item) == std::mem::discriminant(item);
        Some(*at) != except && (alike || equal)
    };
    let Some((_, other)) = list.iter().enumerate().find(same) else {
        return Ok(());
    };
    let field = match item {
        Item::Name(_) | Item::Tip { .. } => "name",
        Item::Code(_) => "code",
        Item::Reference(_) => "title",
    };
    let message = if other.hidden.is_some() {
        "This is in the list already, and hidden. You can show it again instead."
    } else {
        "This is in the list already."
    };
    Err(Error::invalid(field, message))
}

/// Both changes of one list: entries are told apart by their ids, and where both have changed the
/// same one it is as in `mine`.
pub fn merge_lists(base: &[Entry], mine: &[Entry], theirs: &[Entry]) -> Vec<Entry> {
    let of = |list: &[Entry], id: &str| list.iter().find(|entry| entry.id == id).cloned();
    let mut merged: Vec<Entry> = theirs
        .iter()
        .map(|entry| match of(mine, &entry.id) {
            Some(own) if of(base, &entry.id).as_ref() != Some(&own) => own,
            _ => entry.clone(),
        })
        .collect();
    for own in mine {
        // Nothing is ever taken out of a list.
        if of(theirs, &own.id).is_none() {
            merged.push(own.clone());
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        catalogue::{Scope, Synonym},
        wiki::{NAME_LONGEST, Reference},
    };

    fn tip(name: &str) -> Item {
        Item::Tip {
            name: name.to_owned(),
            markdown: "Often.".to_owned(),
        }
    }

    fn added(list: &[Entry], item: Item) -> Vec<Entry> {
        let id = format!("id{}", list.len());
        EntryChange::Add(item).apply(list, id).unwrap().0
    }

    #[test]
    fn entries_are_added_amended_hidden_and_shown() {
        let list = added(&[], tip(" Drink \n enough "));
        assert_eq!(list[0].item.title(), "Drink enough");
        let id = || "id0".to_owned();
        let amend = EntryChange::Amend {
            id: id(),
            item: tip("Rest"),
        };
        let (list, about) = amend.apply(&list, String::new()).unwrap();
        assert_eq!(about, "Changed: Rest");
        let reason = "It is advice.".to_owned();
        let hide = EntryChange::Hide { id: id(), reason };
        let (list, about) = hide.apply(&list, String::new()).unwrap();
        assert_eq!(about, "Hidden: Rest. It is advice.");
        assert_eq!(list[0].hidden.as_deref(), Some("It is advice."));
        let again = EntryChange::Add(tip("rest")).apply(&list, "x".to_owned());
        assert!(matches!(again, Err(Error::Invalid { .. })), "{again:?}");
        let (list, _) = EntryChange::Show { id: id() }
            .apply(&list, String::new())
            .unwrap();
        assert_eq!(list[0].hidden, None);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let list = added(&[], tip("Rest"));
        let long = "x".repeat(NAME_LONGEST + 1);
        let hide = |id: &str, reason: &str| EntryChange::Hide {
            id: id.to_owned(),
            reason: reason.to_owned(),
        };
        for change in [
            EntryChange::Add(tip("")),
            EntryChange::Add(tip(&long)),
            EntryChange::Add(tip("a\u{202e}b")),
            hide("id0", " "),
        ] {
            let refused = change.apply(&list, String::new());
            assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
        }
        let name = Item::Name(Synonym {
            name: "Rest".to_owned(),
            scope: Scope::Exact,
        });
        for change in [
            hide("id9", "Why"),
            EntryChange::Show {
                id: "id9".to_owned(),
            },
            EntryChange::Amend {
                id: "id0".to_owned(),
                item: name,
            },
        ] {
            assert_eq!(change.apply(&list, String::new()), Err(Error::NotFound));
        }
    }

    #[test]
    fn references_get_a_key() {
        let work = |title: &str, key: &str| {
            Item::Reference(Reference {
                title: title.to_owned(),
                key: key.to_owned(),
                year: Some(2020),
                ..Reference::default()
            })
        };
        let list = added(&[], work("The treatment of Myeloma", ""));
        assert_eq!(list[0].id, "treatment-myeloma-2020");
        let list = added(&list, work("Treatment: myeloma", ""));
        assert_eq!(list[1].id, "treatment-myeloma-2020-2");
        let list = added(&list, work("Läsion", "own.key"));
        assert_eq!(list[2].id, "own.key");
        for key in ["own.key", "a b", "<b>"] {
            let refused = EntryChange::Add(work("Other", key)).apply(&list, String::new());
            assert!(refused.is_err(), "{key}");
        }
    }

    #[test]
    fn both_changes_of_a_list_stay() {
        let base = added(&added(&[], tip("One")), tip("Two"));
        let mut mine = base.clone();
        mine[0].hidden = Some("Wrong".to_owned());
        let mut theirs = added(&base, tip("Three"));
        theirs[1].item = tip("Two!");
        let merged = merge_lists(&base, &mine, &theirs);
        assert_eq!(merged.len(), 3);
        assert_eq!(merged[0].hidden.as_deref(), Some("Wrong"));
        assert_eq!(merged[1].item.title(), "Two!");
    }

    proptest! {
        #[test]
        fn no_entry_is_lost_in_a_merge(mine in 0_usize..6, theirs in 0_usize..6) {
            let entry = |id: String| Entry { item: tip(&id), id, hidden: None };
            let list = |who: &str, n| (0..n).map(|i| entry(format!("{who}{i}"))).collect::<Vec<_>>();
            let merged = merge_lists(&[], &list("a", mine), &list("b", theirs));
            prop_assert_eq!(merged.len(), mine + theirs);
        }
    }
}
