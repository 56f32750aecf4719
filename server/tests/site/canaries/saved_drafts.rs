//! What somebody has begun to write, which nobody reads but them.

use domain::community::{DraftPlace, DraftSaving, DraftText, SavedDrafts};

use super::{
    HERE, Reader,
    world::{World, said},
};

impl World {
    /// Drafts of a discussion, of a reply by somebody who writes there without a name, and of an answer.
    pub(super) async fn leave_drafts(&self) {
        let author = self.actor(Reader::Author).await;
        let hidden = self.actor(Reader::Hidden).await;
        let (open, _) = self.threads.last().unwrap().clone();
        // The question that is for the community.
        let asked = self.threads[3].0.clone();
        for (actor, place, word, note) in [
            (
                author,
                DraftPlace::Discussion(HERE.to_owned()),
                "canarybegunmemory",
                Some("canarybegunnote"),
            ),
            (hidden, DraftPlace::Topic(open), "canarybegunreply", None),
            (author, DraftPlace::Topic(asked), "canarybegunanswer", None),
        ] {
            let content = DraftText {
                title: String::new(),
                text: said(word),
                content_note: note.map(str::to_owned),
                in_reply_to: None,
            };
            let communities = self.site.storage.communities();
            let saving = communities.save_draft(actor, place, None, content).await;
            assert!(matches!(saving, Ok(DraftSaving::Saved(_))), "{saving:?}");
        }
    }
}
