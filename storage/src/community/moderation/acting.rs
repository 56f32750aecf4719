//! Hiding, locking, moving.

use domain::{
    Error, Result,
    account::Actor,
    community::{ContentAction, ContentModeration, TopicAudience, check_moderation_reason},
    event::EventKind,
};

use super::changing::Change;
use crate::{
    catalogue::address,
    community::{CommunityStore, forbidden},
    write::Write,
};

/// The event of each.
pub(super) fn event_of(action: ContentAction) -> EventKind {
    match action {
        ContentAction::Hide => EventKind::PostHidden,
        ContentAction::Show => EventKind::PostShown,
        ContentAction::Lock => EventKind::TopicLocked,
        ContentAction::Unlock => EventKind::TopicUnlocked,
        ContentAction::Move => EventKind::TopicMoved,
        ContentAction::Note => EventKind::ContentNoteSet,
        ContentAction::RemoveNote => EventKind::ContentNoteRemoved,
        ContentAction::Warn => EventKind::AuthorWarned,
    }
}

impl CommunityStore {
    pub(super) async fn act(
        &self,
        actor: Actor,
        (id, number): (&str, i64),
        what: ContentModeration,
        reason: &str,
    ) -> Result<()> {
        let topic = self.readable(actor, id).await?;
        let reason = check_moderation_reason("reason", reason)?;
        let action = what.action();
        // Whoever has started a topic is concerned by what is done with it.
        let number = if action.is_of_topic() { 1 } else { number };
        let post = self.post(topic.id, number).await?;
        if let Some(member) = actor.member()
            && self.is_by(&post, member).await?
        {
            return Err(forbidden(
                "someone else decides about what you have written.",
            ));
        }
        if action == ContentAction::Hide && post.deleted_at.is_some() {
            return Err(forbidden("this post is deleted."));
        }
        let target = match &what {
            ContentModeration::Move { .. } if topic.line.audience == TopicAudience::Community => {
                return Err(forbidden(
                    "it was written for the members of this community, and other people read in another one.",
                ));
            }
            ContentModeration::Move { slug } => {
                Some(address::present(&self.database, slug).await?.id)
            }
            _ => None,
        };
        let moved = target.map(|target| (topic.condition_id, target));
        if moved.is_some_and(|(from, to)| from == to) {
            return Ok(());
        }
        let write = Write::begin(&self.database, actor).await?;
        let change = Change {
            write: &write,
            database: &self.database,
        };
        let mut community = topic.condition_id;
        let changed = match (action, moved) {
            (ContentAction::Hide, _) => change.mark_hidden(post.id, &reason).await?,
            (ContentAction::Show, _) => change.show(&post).await?,
            (ContentAction::Lock, _) => change.lock(topic.id, &reason).await?,
            (ContentAction::Unlock, _) => change.unlock(topic.id).await?,
            (ContentAction::Move, Some(moved)) => {
                // Another moderator may have moved it at the same time.
                let now = change.relocate(topic.id, moved).await?;
                community = now.ok_or(Error::Conflict)?;
                true
            }
            // Notes and warnings have ways of their own.
            (ContentAction::Move, None)
            | (ContentAction::Note | ContentAction::RemoveNote | ContentAction::Warn, _) => false,
        };
        if !changed {
            return Ok(());
        }
        let place = (topic.id, number);
        let done = change.decide(actor, place, (action, reason), moved).await?;
        if action == ContentAction::Hide {
            change.put_away(&post, done).await?;
        }
        if let Some(ended) = action.lifts() {
            change.end(topic.id, number, ended.as_str()).await?;
        }
        write
            .record(event_of(action), Some(done), Some(community))
            .await?;
        write.commit().await
    }
}
