use serde::{Deserialize, Serialize};

use crate::{
    Error, FieldError, Result, SafeHtml,
    catalogue::ConditionLink,
    policy::Protection,
    text::{Change, check_one_line},
    time::Timestamp,
};

use super::{
    Collision, DRAFT_LONGEST, DraftLink, Entry, Item, KeptDraft, OtherDraft, Readability,
    SectionKind,
};

/// Longest text of a section, in bytes.
pub const TEXT_LONGEST: usize = 100_000;
/// Most characters of the summary of a change, and of every reason.
pub const SUMMARY_LONGEST: usize = 300;

/// Who wrote, as far as who asks may know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Their public name in addresses, where the name is for who asks.
    pub handle: Option<String>,
    /// The display name, where it is for who asks.
    pub name: Option<String>,
}

/// How a text came to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Written for the starter catalogue.
    Starter,
    /// Taken from a source, by its name.
    Imported(String),
    /// Written by somebody here.
    Person(Author),
}

/// One saved text of a section, without the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Grows with time over all sections; names the revision for ever.
    pub number: i64,
    /// Which section.
    pub kind: SectionKind,
    /// Who or what wrote it.
    pub origin: Origin,
    /// When.
    pub saved: Timestamp,
    /// What the author says about the change.
    pub summary: String,
    /// The earlier revision whose text it has, where one was restored.
    pub restores: Option<i64>,
    /// Whether it is what the page shows.
    pub is_head: bool,
    /// When an expert read it, the last time.
    pub reviewed: Option<Timestamp>,
}

/// A page of a history, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// Whose.
    pub condition: ConditionLink,
    /// When the site got the condition: nothing of it is older.
    pub since: Timestamp,
    /// One section, or all.
    pub kind: Option<SectionKind>,
    /// The revisions.
    pub revisions: Vec<Revision>,
    /// Number before which the next page begins.
    pub next: Option<i64>,
}

/// One revision with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionText {
    /// Of which condition.
    pub condition: ConditionLink,
    /// What is known of it.
    pub revision: Revision,
    /// The revision before it in its section.
    pub before: Option<i64>,
    /// As it was written.
    pub markdown: String,
    /// As it is shown.
    pub html: SafeHtml,
}

/// Two revisions of a section beside each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Of which condition.
    pub condition: ConditionLink,
    /// The one that is compared with.
    pub from: Revision,
    /// The one that is looked at.
    pub to: Revision,
    /// Word by word.
    pub changes: Vec<Change>,
}

/// A text for a section, and what it builds on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Number of the revision that the author had before them; `None` where there was none.
    pub base: Option<i64>,
    /// CommonMark, with `[@key]` for references.
    pub markdown: String,
    /// What was changed, and why. May be empty.
    pub summary: String,
    /// Whether everybody who is named, or their family, has agreed to it. An acknowledgement needs
    /// it.
    pub agreed: bool,
    /// As which draft it is kept while it is not saved.
    pub draft: DraftLink,
}

/// What somebody needs to write a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Editing {
    /// Of which condition.
    pub condition: ConditionLink,
    /// Number of the present revision.
    pub head: Option<i64>,
    /// The present text.
    pub markdown: String,
    /// The draft that they asked for, or else the last that they began and have not saved.
    pub draft: Option<KeptDraft>,
    /// Their other drafts of this section, the last first.
    pub other_drafts: Vec<OtherDraft>,
    /// The draft that a page has on which they edit this.
    pub link: DraftLink,
    /// Who may change it, where not everybody may.
    pub protection: Option<Protected>,
    /// Whether what they save is shown at once, or waits until somebody has looked at it.
    pub publishes: bool,
    /// Keys of references that can be cited.
    pub keys: Vec<String>,
    /// Their proposals that wait for this section.
    pub waiting: Vec<String>,
}

/// That a section is protected, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protected {
    /// From whom.
    pub protection: Protection,
    /// Why, in one line.
    pub reason: String,
    /// Until when.
    pub until: Timestamp,
}

/// What became of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is on the page, as the revision of this number.
    Published(i64),
    /// It waits as the proposal of this id until somebody has looked at it.
    Proposed(String),
    /// It is what stands on the page already.
    Unchanged,
    /// Another text that changed the same words was saved before, so nothing was saved.
    Collided(Box<Collision>),
}

/// How a text would look and read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// As it would be shown.
    pub html: SafeHtml,
    /// How hard it is to read.
    pub readability: Readability,
    /// What it changes in the present text.
    pub changes: Vec<Change>,
}

/// A text that waits for somebody to look at it, or has been looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Ten random characters.
    pub id: String,
    /// Of which condition.
    pub condition: ConditionLink,
    /// Which section.
    pub kind: SectionKind,
    /// Who wrote it.
    pub author: Author,
    /// Whether it is who asks.
    pub own: bool,
    /// What the author says about it.
    pub summary: String,
    /// When.
    pub made: Timestamp,
    /// What became of it.
    pub state: ProposalState,
    /// Why it was declined, or what was said when it was accepted.
    pub reason: String,
}

/// A proposal with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalText {
    /// What is known of it.
    pub proposal: Proposal,
    /// As it was written.
    pub markdown: String,
    /// As it would be shown.
    pub html: SafeHtml,
    /// Number of the present revision.
    pub head: Option<i64>,
    /// The text to accept: with what was saved since it was written, and with marks where both have
    /// changed the same words.
    pub merged: String,
    /// What that changes in the present text.
    pub changes: Vec<Change>,
    /// The entry that it adds or changes, where the section is a list.
    pub entry: Option<Entry>,
    /// Whether who asks may decide.
    pub decides: bool,
}

/// A page of proposals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalList {
    /// The oldest first.
    pub proposals: Vec<Proposal>,
    /// Whether who asks may decide, and sees those of others.
    pub decides: bool,
    /// Id after which the next page begins.
    pub next: Option<String>,
}

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProposalState {
    /// Nobody has decided yet.
    Waiting,
    /// It is a revision now, as it was or amended.
    Accepted,
    /// It is not.
    Declined,
}

impl ProposalState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Accepted, Self::Declined];

    /// The stable name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
        }
    }

    /// From the stable name; anything unknown cannot be decided any more.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == name)
            .unwrap_or(Self::Declined)
    }
}

/// What is decided about a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It becomes a revision, with this text.
    Accept {
        /// Number of the revision that stood on the page when it was decided.
        base: Option<i64>,
        /// As proposed, or amended.
        markdown: String,
    },
    /// It becomes a revision of a list. Other entries may have changed since `base`.
    AcceptEntry {
        /// Number of the revision that stood on the page when it was decided.
        base: Option<i64>,
        /// The entry amended; `None` leaves it as proposed.
        item: Option<Item>,
    },
    /// It does not.
    Decline {
        /// Why. The author sees it.
        reason: String,
    },
}

/// What an expert says who has read a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Who.
    pub reviewer: Author,
    /// When.
    pub reviewed: Timestamp,
    /// When somebody should look again.
    pub due: Timestamp,
    /// What ties the reviewer to products or firms, or that nothing does.
    pub interests: String,
    /// Which text.
    pub revision: i64,
}

/// A section whose review is due, or was missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueReview {
    /// Of which condition.
    pub condition: ConditionLink,
    /// Which section.
    pub kind: SectionKind,
    /// The last review.
    pub review: Review,
}

/// A page of overdue reviews.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueReviewList {
    /// The longest overdue first.
    pub reviews: Vec<DueReview>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// Whether a text can be a section's. `field` is the form's.
pub fn check_text(field: &str, kind: SectionKind, text: &str) -> Result<()> {
    check_length(field, kind, text, TEXT_LONGEST)
}

/// Whether a text can be kept as a draft, or looked at: it may be two texts that collided.
pub fn check_draft(field: &str, kind: SectionKind, text: &str) -> Result<()> {
    check_length(field, kind, text, DRAFT_LONGEST)
}

fn check_length(field: &str, kind: SectionKind, text: &str, longest: usize) -> Result<()> {
    let message = if !kind.is_text() {
        "This section is a list. Add entries to it one by one."
    } else if text.trim().is_empty() {
        "Write something first."
    } else if text.len() > longest {
        "The text is longer than 100,000 bytes. Please shorten it."
    } else {
        return Ok(());
    };
    Err(Error::invalid(field, message))
}

/// Thanks and remembrance name people: they or their families must have agreed.
pub fn check_agreed(kind: SectionKind, agreed: bool) -> Result<()> {
    if kind == SectionKind::Acknowledgement && !agreed {
        return Err(Error::invalid(
            "agreed",
            "Ask the people whom you name, or their family, first. Then set the tick. If nobody is named, set it as well.",
        ));
    }
    Ok(())
}

/// A summary or reason as it is kept: one line. `field` is the form's.
pub fn check_line(field: &str, typed: &str) -> Result<String> {
    check_one_line(field, typed, SUMMARY_LONGEST)
}

/// The same where something has to be said. `ask` says what.
pub fn check_reason(field: &str, typed: &str, ask: &str) -> Result<String> {
    let line = check_line(field, typed)?;
    if line.is_empty() {
        return Err(Error::Invalid {
            fields: vec![FieldError {
                field: field.to_owned(),
                message: ask.to_owned(),
            }],
        });
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_an_end() {
        assert!(check_text("text", SectionKind::Cause, &"a".repeat(TEXT_LONGEST)).is_ok());
        for (kind, text) in [
            (SectionKind::Cause, "a".repeat(TEXT_LONGEST + 1)),
            (SectionKind::Cause, " \n".to_owned()),
            (SectionKind::Tips, "a".to_owned()),
        ] {
            assert!(check_text("text", kind, &text).is_err());
        }
        // Two texts that collided are kept until somebody has combined them.
        let both = "a".repeat(2 * TEXT_LONGEST);
        assert!(check_draft("text", SectionKind::Cause, &both).is_ok());
        let more = "a".repeat(DRAFT_LONGEST + 1);
        assert!(check_draft("text", SectionKind::Cause, &more).is_err());
    }

    #[test]
    fn summaries_are_one_line() {
        assert_eq!(check_line("summary", " a \n b "), Ok("a b".to_owned()));
        assert_eq!(check_line("summary", ""), Ok(String::new()));
        assert!(check_line("summary", "a\u{202e}b").is_err());
        assert!(check_line("summary", &"a".repeat(SUMMARY_LONGEST + 1)).is_err());
        assert!(check_reason("reason", " ", "Say why.").is_err());
    }
}
