//! Content notes that moderators and leaders put before what others have written.

use domain::{
    Error, Result,
    account::Actor,
    community::{ContentAction, Noting, TopicLink, check_content_note},
};

use super::{acting::event_of, changing::Change};
use crate::{
    community::{CommunityStore, forbidden},
    write::Write,
};

/// About one's own posts.
const OWN: &str = "you wrote this post: edit it to change its content note.";

impl CommunityStore {
    pub(super) async fn to_note(&self, actor: Actor, id: &str, number: i64) -> Result<Noting> {
        let topic = self.readable(actor, id).await?;
        let before = number.saturating_sub(1);
        let (posts, _) = self.posts(actor, topic.id, before, 1).await?;
        let post = posts.into_iter().find(|post| post.number == number);
        let post = post.filter(domain::community::Post::is_shown);
        let post = post.ok_or(Error::NotFound)?;
        if post.own {
            return Err(forbidden(OWN));
        }
        Ok(Noting {
            topic: topic.link(),
            post,
        })
    }

    pub(super) async fn note(
        &self,
        actor: Actor,
        (id, number): (&str, i64),
        note: &str,
    ) -> Result<TopicLink> {
        let topic = self.readable(actor, id).await?;
        let post = self.post(topic.id, number).await?;
        if let Some(member) = actor.member()
            && self.is_by(&post, member).await?
        {
            return Err(forbidden(OWN));
        }
        if post.deleted_at.is_some() || post.hidden_at.is_some() {
            return Err(forbidden("this post is deleted or hidden."));
        }
        let note = check_content_note("content_note", Some(note))?;
        let (action, words) = match (&note, &post.set_note) {
            (None, None) => {
                return Err(Error::invalid(
                    "content_note",
                    "Say in a few words what the post is about, for example “mentions death”.",
                ));
            }
            (Some(note), Some(present)) if note == present => return Ok(topic.link()),
            (Some(note), _) => (ContentAction::Note, note.clone()),
            (None, Some(present)) => (ContentAction::RemoveNote, present.clone()),
        };
        let write = Write::begin(&self.database, actor).await?;
        let change = Change {
            write: &write,
            database: &self.database,
        };
        let changed = match &note {
            Some(note) => change.set_note(post.id, note).await?,
            None => change.remove_note(post.id).await?,
        };
        // Deleted, hidden or taken off at this moment.
        if !changed {
            return Ok(topic.link());
        }
        // A note takes the place of the one before.
        let before = ContentAction::Note.as_str();
        change.end(topic.id, number, before).await?;
        let place = (topic.id, number);
        let done = change.decide(actor, place, (action, words), None).await?;
        write
            .record(event_of(action), Some(done), Some(topic.condition_id))
            .await?;
        write.commit().await?;
        Ok(topic.link())
    }
}
