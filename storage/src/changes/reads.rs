//! What was read to make something.

use std::sync::{Arc, Mutex, PoisonError};

use domain::time::Timestamp;
use uuid::Uuid;

use super::{
    Changes,
    tables::{Owner, place, shown},
};

/// What something was made of: when its making began, and the places of what it read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    pub(super) began: u64,
    pub(super) places: Vec<u16>,
    /// When time alone makes it old.
    pub(super) until: Option<Timestamp>,
    /// Whether it says of itself that nothing changes it.
    constant: bool,
}

impl Reads {
    /// Whether it is known what the thing was made of. What is not known is not kept.
    pub fn are_known(&self) -> bool {
        self.constant || !self.places.is_empty()
    }

    /// How many bytes this takes.
    pub fn size(&self) -> usize {
        size_of::<Self>() + self.places.len() * size_of::<u16>()
    }

    fn add(&mut self, place: u16) {
        if let Err(position) = self.places.binary_search(&place) {
            self.places.insert(position, place);
        }
    }

    fn add_until(&mut self, until: Timestamp) {
        self.until = Some(self.until.map_or(until, |before| before.min(until)));
    }
}

/// What a task is recording.
#[derive(Clone, Debug)]
struct Recorder {
    reads: Arc<Mutex<Reads>>,
    /// To whom the rows belong that are read now, where they do.
    owner: Option<Owner>,
}

impl Recorder {
    fn change(&self, change: impl FnOnce(&mut Reads)) {
        change(&mut self.reads.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

tokio::task_local! {
    static RECORDER: Recorder;
}

/// Makes something, and tells what it was made of. Tasks that it starts are to [`inherit`].
pub async fn recording<T>(changes: &Changes, making: impl Future<Output = T>) -> (T, Reads) {
    // Before the first statement: what changes while it is made makes it old.
    let reads = Arc::new(Mutex::new(Reads {
        began: changes.count(),
        ..Reads::default()
    }));
    let recorder = Recorder {
        reads: Arc::clone(&reads),
        owner: None,
    };
    let made = RECORDER.scope(recorder, making).await;
    let reads = reads.lock().unwrap_or_else(PoisonError::into_inner).clone();
    (made, reads)
}

/// A task that records what the present one records.
pub fn inherit<F: Future>(task: F) -> impl Future<Output = F::Output> {
    let recorder = RECORDER.try_with(Recorder::clone).ok();
    async move {
        match recorder {
            Some(recorder) => RECORDER.scope(recorder, task).await,
            None => task.await,
        }
    }
}

/// Says that what is being made is the same until the program ends, as far as this part of it goes.
pub fn never_changes() {
    let _ = RECORDER.try_with(|recorder| recorder.change(|reads| reads.constant = true));
}

/// What is being made is made of this, too.
pub(crate) fn include(other: &Reads) {
    let _ = RECORDER.try_with(|recorder| {
        recorder.change(|reads| {
            // It may have been read long before.
            reads.began = reads.began.min(other.began);
            other.places.iter().for_each(|place| reads.add(*place));
            if let Some(until) = other.until {
                reads.add_until(until);
            }
            reads.constant |= other.constant;
        });
    });
}

/// What is being made is old from a moment on.
pub fn until(moment: Timestamp) {
    let _ = RECORDER.try_with(|recorder| recorder.change(|reads| reads.add_until(moment)));
}

/// Reads rows of which those that can belong to a condition belong to this one, if it is one.
pub(crate) async fn of_condition<T>(
    condition: impl Into<Option<Uuid>>,
    reading: impl Future<Output = T>,
) -> T {
    match condition.into() {
        Some(condition) => owned(Owner::Condition(condition), reading).await,
        None => reading.await,
    }
}

/// Reads rows of which those that can belong to a topic belong to the one with this public id.
pub(crate) async fn of_topic<T>(id: &str, reading: impl Future<Output = T>) -> T {
    owned(Owner::Topic(id.to_owned()), reading).await
}

async fn owned<T>(owner: Owner, reading: impl Future<Output = T>) -> T {
    match RECORDER.try_with(Recorder::clone) {
        Ok(recorder) => {
            let recorder = Recorder {
                owner: Some(owner),
                ..recorder
            };
            RECORDER.scope(recorder, reading).await
        }
        Err(_) => reading.await,
    }
}

/// Notes which tables a statement reads. Called for each that is carried out.
pub(crate) fn note_statement(sql: &str) {
    let _ = RECORDER.try_with(|recorder| {
        let owner = recorder.owner.as_ref();
        let mut places = Vec::new();
        for table in tables(sql) {
            places.push(match owner.filter(|owner| owner.has(table)) {
                Some(owner) => place(&owner.tag()),
                None => place(table),
            });
        }
        recorder.change(|reads| places.into_iter().for_each(|place| reads.add(place)));
    });
}

/// The tables that a statement names, of which visitors are shown something.
fn tables(sql: &str) -> impl Iterator<Item = &'static str> {
    let mut words = sql
        .split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .filter(|word| !word.is_empty());
    let mut behind = false;
    std::iter::from_fn(move || {
        for word in words.by_ref() {
            if behind && let Some(table) = shown(word) {
                behind = false;
                return Some(table);
            }
            behind = matches!(word, "FROM" | "JOIN");
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(sql: &str) -> Vec<&'static str> {
        tables(sql).collect()
    }

    #[test]
    fn tables_are_found_where_they_are_read() {
        let sql = "SELECT t.code, (SELECT count(*) FROM post p WHERE p.topic_id = t.id) \
                   FROM topic t\n LEFT JOIN \"account\" ON account.id = t.account_id \
                   WHERE EXISTS (SELECT 1 FROM (SELECT 1 FROM membership m) x)";
        assert_eq!(named(sql), ["post", "topic", "account", "membership"]);
        assert_eq!(named("SELECT source, review FROM draft"), [""; 0]);
    }

    #[tokio::test]
    async fn what_is_read_is_recorded_in_tasks_as_well() {
        let changes = Changes::default();
        let making = async {
            note_statement("SELECT 1 FROM section");
            tokio::spawn(inherit(async { note_statement("SELECT 1 FROM source") }))
                .await
                .unwrap();
        };
        let ((), reads) = recording(&changes, making).await;
        assert_eq!(reads.places, [place("section"), place("source")]);
        note_statement("SELECT 1 FROM topic");
    }

    #[tokio::test]
    async fn only_what_was_read_makes_it_old() {
        let changes = Changes::default();
        let now = Timestamp(5);
        let condition = Uuid::from_u128(1);
        let reading = of_condition(condition, async {
            note_statement("SELECT 1 FROM post JOIN topic ON TRUE JOIN profile ON TRUE");
        });
        let ((), reads) = recording(&changes, reading).await;
        let tag = |id| Owner::Condition(Uuid::from_u128(id)).tag();
        for unrelated in ["post".to_owned(), "topic".to_owned(), tag(2)] {
            changes.note(&[unrelated]);
            assert!(changes.is_fresh(&reads, now));
        }
        changes.note(&[tag(1)]);
        assert!(!changes.is_fresh(&reads, now));
        let ((), again) = recording(&changes, async { include(&reads) }).await;
        assert!(!changes.is_fresh(&again, now), "of what is old");
        let ((), anew) = recording(&changes, async { note_statement("FROM profile") }).await;
        assert!(changes.is_fresh(&anew, now));
        changes.note(&["profile".to_owned()]);
        assert!(!changes.is_fresh(&anew, now));
    }

    #[tokio::test]
    async fn time_makes_old_what_says_so() {
        let changes = Changes::default();
        let making = async {
            never_changes();
            until(Timestamp(9));
            until(Timestamp(7));
        };
        let ((), reads) = recording(&changes, making).await;
        assert!(reads.are_known());
        assert!(changes.is_fresh(&reads, Timestamp(6)));
        assert!(!changes.is_fresh(&reads, Timestamp(7)));
        assert!(!Reads::default().are_known());
    }
}
