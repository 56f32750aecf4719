//! Questions to experts. A question is a topic: its first post says more about it, the others are
//! answers. Here is what questions have beyond that.

mod draft;
mod service;
mod similar;

use serde::{Deserialize, Serialize};

pub use draft::{
    DECLINE_REASON_LONGEST, QuestionDraft, check_decline_reason, check_details, check_question,
};
pub use service::Questions;
pub use similar::search_words;

use super::{Post, SavedDraft, TopicAudience, TopicLine, TopicLink};
use crate::{
    account::Actor,
    catalogue::ConditionLink,
    policy::{Action, permit},
    time::Timestamp,
};

/// What has become of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionState {
    /// No expert has answered it.
    Open,
    /// There is an answer from an expert that is neither deleted nor hidden.
    Answered,
    /// It is not for an expert to answer, and a reason says why. Nobody answers it.
    Declined,
}

impl QuestionState {
    /// From what is known of a question.
    pub fn of(declined: bool, expert_answers: i64) -> Self {
        if declined {
            Self::Declined
        } else if expert_answers > 0 {
            Self::Answered
        } else {
            Self::Open
        }
    }
}

/// Whose answer it is. It says what somebody was when they wrote, and does not change with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswersAs {
    /// An expert whose work has been checked.
    Expert,
    /// Who asked, and adds something.
    Asker,
    /// Somebody of the community, from their own experience.
    Member,
}

impl AnswersAs {
    /// As what this person answers a question, which they may have `asked` themselves; nothing where
    /// they may not. Experts need not have joined the community. Nobody is their own expert.
    pub fn of(actor: Actor, joined: bool, asked: bool) -> Option<Self> {
        if !asked && permit(actor, Action::AnswerAsExpert).is_ok() {
            return Some(Self::Expert);
        }
        let writes = joined && permit(actor, Action::WritePosts).is_ok();
        writes.then_some(if asked { Self::Asker } else { Self::Member })
    }

    /// The stable name in the database, which tells experts from all others and no more: whoever asked
    /// is known by the question. Experts stand first, and their name does in the order of the alphabet.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expert => "expert",
            Self::Asker | Self::Member => "member",
        }
    }

    /// From the stable name, and whether the person has asked the question.
    pub fn from_name(name: &str, asked: bool) -> Self {
        match name {
            "expert" => Self::Expert,
            _ if asked => Self::Asker,
            _ => Self::Member,
        }
    }
}

/// A page of the questions of a community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionList {
    /// Whose community.
    pub condition: ConditionLink,
    /// The one with the last answer first.
    pub questions: Vec<TopicLine>,
    /// Id after which the next page begins.
    pub next: Option<String>,
    /// Since when there is the community.
    pub since: Timestamp,
    /// Whether who asks has joined the community.
    pub joined: bool,
}

/// Which page of a question's answers is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswersPage {
    /// The first one.
    First,
    /// The one behind the answer with a number.
    After(i64),
    /// The one with that answer on it; the first one where there is no such answer.
    With(i64),
}

/// A question with a page of its answers.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says of the reader what they may do"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionThread {
    /// What is known of it.
    pub line: TopicLine,
    /// Whose community.
    pub condition: ConditionLink,
    /// Why it was declined, if it was.
    pub declined: Option<String>,
    /// Why nobody but moderators writes here, if it is locked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked: Option<String>,
    /// What the question says beyond its title: the first post.
    pub details: Post,
    /// Those of experts first, then by number.
    pub answers: Vec<Post>,
    /// How many there are that are neither deleted nor hidden, without what its author added.
    pub answer_count: i64,
    /// Number of the answer behind which this page begins.
    pub after: Option<i64>,
    /// Number of the answer behind which the next page begins.
    pub next: Option<i64>,
    /// Whether who asks has joined the community.
    pub joined: bool,
    /// As what who asks may answer.
    pub answers_as: Option<AnswersAs>,
    /// Whether who asks may edit their own posts that are no expert's.
    pub may_write: bool,
    /// Whether who asks may delete the posts of others.
    pub moderates: bool,
    /// Whether who asks may decline it, or open it again.
    pub may_decline: bool,
    /// Whether who asks follows it; nothing for who is not signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub following: Option<bool>,
    /// When who asks saved a draft of an answer, if there is one and they may answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft_saved: Option<Timestamp>,
}

impl QuestionThread {
    /// Whether who asks may edit a post of this page.
    pub fn may_edit(&self, post: &Post) -> bool {
        post.own
            && match post.answers_as {
                Some(AnswersAs::Expert) => self.answers_as == Some(AnswersAs::Expert),
                _ => self.may_write,
            }
    }
}

/// What somebody has to know who answers a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answering {
    /// The question.
    pub topic: TopicLink,
    /// For whom it is.
    pub audience: TopicAudience,
    /// As what they answer; nothing for who has not joined.
    pub answers_as: Option<AnswersAs>,
    /// Whether it was declined, so that nobody answers it.
    pub declined: bool,
    /// Whether what they write waits until a leader has read it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waits: bool,
    /// Why they cannot, if it is locked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked: Option<String>,
    /// What they have begun to write there, and saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<SavedDraft>,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::account::{AccountId, Member, Role, Roles, SessionId, Standing, Trust};

    #[test]
    fn the_states_of_a_question() {
        use QuestionState::{Answered, Declined, Open};
        for (declined, expert_answers, expected) in [
            (false, 0, Open),
            (false, 2, Answered),
            (true, 0, Declined),
            (true, 1, Declined),
        ] {
            assert_eq!(QuestionState::of(declined, expert_answers), expected);
        }
    }

    #[test]
    fn experts_answer_everywhere_and_others_where_they_have_joined() {
        let person = |role, standing, awaits_second_factor| {
            Actor::Member(Member {
                account: AccountId(Uuid::from_u128(1)),
                session: SessionId(Uuid::from_u128(2)),
                roles: Roles::from_iter(role),
                standing,
                trust: Trust::New,
                awaits_second_factor,
            })
        };
        let (expert, moderator) = (Some(Role::Expert), Some(Role::Moderator));
        let (as_expert, as_member) = (Some(AnswersAs::Expert), Some(AnswersAs::Member));
        for (actor, apart, joined) in [
            (Actor::Visitor, None, None),
            (Actor::Operator, None, None),
            (person(None, Standing::Good, false), None, as_member),
            (person(moderator, Standing::Good, false), None, as_member),
            (person(expert, Standing::Good, false), as_expert, as_expert),
            // Without a second factor the role is not there, and nothing else is written either.
            (person(expert, Standing::Good, true), None, None),
            (person(expert, Standing::Suspended, false), None, None),
            (person(None, Standing::Suspended, false), None, None),
        ] {
            assert_eq!(AnswersAs::of(actor, false, false), apart, "{actor:?}");
            assert_eq!(AnswersAs::of(actor, true, false), joined, "{actor:?}");
            let asked = joined.map(|_| AnswersAs::Asker);
            assert_eq!(AnswersAs::of(actor, true, true), asked, "{actor:?}");
            assert_eq!(AnswersAs::of(actor, false, true), None, "{actor:?}");
        }
    }

    #[test]
    fn names_put_experts_first() {
        assert!(AnswersAs::Expert.as_str() < AnswersAs::Member.as_str());
        for (answers_as, asked) in [
            (AnswersAs::Expert, false),
            (AnswersAs::Asker, true),
            (AnswersAs::Member, false),
        ] {
            let name = answers_as.as_str();
            assert_eq!(AnswersAs::from_name(name, asked), answers_as);
        }
    }
}
