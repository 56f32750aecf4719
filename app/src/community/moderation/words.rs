//! What was done, in words.

use domain::community::{AppealState, ContentAction, DecisionKind, TopicKind};

use crate::account::moderation_words;

/// What a decision is called, for the person whom it concerns. The kind is of the topic, where it is
/// known.
pub(super) fn title_of(decision: &DecisionKind, kind: Option<TopicKind>) -> String {
    let topic = kind.map_or("topic", TopicKind::as_str);
    match decision {
        DecisionKind::Content(ContentAction::Hide) => "Your post was hidden".to_owned(),
        DecisionKind::Content(ContentAction::Show) => "Your post is shown again".to_owned(),
        DecisionKind::Content(ContentAction::Lock) => format!("Your {topic} was locked"),
        DecisionKind::Content(ContentAction::Unlock) => format!("Your {topic} was unlocked"),
        DecisionKind::Content(ContentAction::Move) => {
            format!("Your {topic} was moved to another community")
        }
        DecisionKind::Content(ContentAction::Note) => {
            "A content note was added to your post".to_owned()
        }
        DecisionKind::Content(ContentAction::RemoveNote) => {
            "A content note was removed from your post".to_owned()
        }
        DecisionKind::Content(ContentAction::Warn) => "You were warned about your post".to_owned(),
        DecisionKind::Account {
            action,
            role,
            until,
        } => {
            format!("Your account: {}", moderation_words(action, *role, *until))
        }
    }
}

/// What the words of a decision are.
pub(super) fn words_are(decision: &DecisionKind) -> &'static str {
    match decision {
        DecisionKind::Content(action) if action.is_of_note() => "Content note: ",
        _ => "Reason: ",
    }
}

/// Who decides about posts, topics and accounts.
pub(super) fn who_decided(decision: &DecisionKind) -> &'static str {
    match decision {
        DecisionKind::Content(action) if action.is_of_note() => {
            "A moderator or a leader of the community decided this on "
        }
        _ => "A moderator or the operator of this site decided this on ",
    }
}

/// The same as a notification says it.
pub(in crate::community) fn told_of(decision: &DecisionKind) -> &'static str {
    match decision {
        DecisionKind::Content(ContentAction::Hide) => "A moderator hid your post",
        DecisionKind::Content(ContentAction::Show) => "A moderator showed your post again",
        DecisionKind::Content(ContentAction::Lock) => "A moderator locked a topic of yours",
        DecisionKind::Content(ContentAction::Unlock) => "A moderator unlocked a topic of yours",
        DecisionKind::Content(ContentAction::Move) => {
            "A moderator moved a topic of yours to another community"
        }
        DecisionKind::Content(ContentAction::Note) => "A content note was added to your post",
        DecisionKind::Content(ContentAction::RemoveNote) => {
            "A content note was removed from your post"
        }
        DecisionKind::Content(ContentAction::Warn) => "A moderator warned you about your post",
        DecisionKind::Account { action, .. } if action == "warn" => "You have been warned",
        DecisionKind::Account { action, .. } if action == "suspend" => "Your account was suspended",
        DecisionKind::Account { .. } => "There is a decision about your account",
    }
}

/// What was done, for moderators.
#[cfg(feature = "ssr")]
pub(super) fn action_words(decision: &DecisionKind) -> String {
    match decision {
        DecisionKind::Content(ContentAction::Hide) => "Post hidden".to_owned(),
        DecisionKind::Content(ContentAction::Show) => "Post shown again".to_owned(),
        DecisionKind::Content(ContentAction::Lock) => "Topic locked".to_owned(),
        DecisionKind::Content(ContentAction::Unlock) => "Topic unlocked".to_owned(),
        DecisionKind::Content(ContentAction::Move) => "Topic moved".to_owned(),
        DecisionKind::Content(ContentAction::Note) => "Content note added".to_owned(),
        DecisionKind::Content(ContentAction::RemoveNote) => "Content note removed".to_owned(),
        DecisionKind::Content(ContentAction::Warn) => "Author warned".to_owned(),
        DecisionKind::Account {
            action,
            role,
            until,
        } => {
            format!("Account: {}", moderation_words(action, *role, *until))
        }
    }
}

/// What has become of an appeal.
pub(super) fn appeal_words(state: AppealState) -> &'static str {
    match state {
        AppealState::Waiting => "Waiting for review",
        AppealState::Kept => "The decision stays",
        AppealState::Lifted => "The decision was undone",
    }
}
