//! Names under which people write who do not show theirs, and who looks up whose they are.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::TopicLink;
use crate::{Result, account::Actor, text::check_reason, time::Timestamp, wiki::Author};

/// Most characters of the reason for which somebody looks up who an alias is.
pub const ALIAS_REASON_LONGEST: usize = 500;

/// The name under which somebody writes who does not show theirs. The number is theirs in one topic
/// alone: nobody can see that two names of two topics are one person.
///
/// ```
/// assert_eq!(domain::community::alias_name(2), "Anonymous 2");
/// ```
pub fn alias_name(number: i64) -> String {
    format!("Anonymous {number}")
}

/// An alias, for who may look up whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// In which topic.
    pub topic: TopicLink,
    /// Its number there.
    pub number: i64,
    /// Who has looked up whose it is, the last first.
    pub lookups: Vec<AliasLookup>,
    /// Whose it is: within an hour after who asks has given a reason for which they want to know.
    pub person: Option<Author>,
}

/// That somebody has looked up whose an alias is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AliasLookup {
    /// Who; nobody once the account is deleted.
    pub by: Author,
    /// Why.
    pub reason: String,
    /// When.
    pub time: Timestamp,
}

/// The reason as it is kept: one line. `field` is the form's.
pub fn check_alias_reason(field: &str, typed: &str) -> Result<String> {
    let missing = "Say why you need to know. Other moderators can see this.";
    check_reason(field, typed, ALIAS_REASON_LONGEST, missing)
}

/// Looking up whose aliases are.
///
/// An alias is named by its topic's id and its number; where there is none, and to who may not know, it
/// is [`Error::NotFound`](crate::Error::NotFound).
#[async_trait]
pub trait Aliases: Send + Sync {
    /// An alias.
    async fn alias(&self, actor: Actor, topic: &str, number: i64) -> Result<Alias>;

    /// Looks up whose it is, which is logged. [`Error::Invalid`](crate::Error::Invalid) about `reason`.
    async fn look_up_alias(
        &self,
        actor: Actor,
        topic: &str,
        number: i64,
        reason: &str,
    ) -> Result<()>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_looked_up_without_a_reason() {
        let reason = |typed: &str| check_alias_reason("reason", typed);
        assert_eq!(
            reason(" A threat \n in post 3 "),
            Ok("A threat in post 3".into())
        );
        assert!(reason(" ").is_err());
        assert!(reason(&"a".repeat(ALIAS_REASON_LONGEST + 1)).is_err());
    }
}
