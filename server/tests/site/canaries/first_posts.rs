//! What somebody new writes, which nobody reads but them and who decides.

use domain::{
    catalogue::Resolved,
    community::{
        FirstPostDecision, FirstPostDraft, FirstPosts, PostDraft, TopicAudience, TopicDraft,
    },
};

use super::{
    HERE, Reader,
    world::{World, said, submission},
};

impl World {
    /// What somebody new writes: it waits, or is declined.
    pub(super) async fn begin(&self) {
        let communities = self.site.storage.communities();
        let newcomer = self.actor(Reader::Newcomer).await;
        let leader = self.actor(Reader::Leader).await;
        let topic = |title: &str, text: &str| {
            let draft = TopicDraft {
                title: said(title),
                text: said(text),
                audience: TopicAudience::Everyone,
                anonymous: false,
                content_note: None,
            };
            FirstPostDraft::Discussion(HERE.to_owned(), draft)
        };
        let refused = topic("A refused title", "canaryrefusedtext");
        let held = communities.hold(newcomer, refused, &submission()).await;
        assert!(held.unwrap().is_some(), "it waits");
        let list = communities.first_posts(leader, HERE).await.unwrap();
        let Resolved::Here(list) = list else {
            panic!("{list:?}");
        };
        let decision = FirstPostDecision::Decline {
            reason: said("canaryrefusedreason"),
        };
        let id = &list.waiting.unwrap()[0].id;
        let declined = communities.decide_first_post(leader, id, decision).await;
        declined.unwrap();
        let first = topic("canaryfirsttitle", "canaryfirsttext");
        let reply = PostDraft {
            text: said("canaryfirstreply"),
            in_reply_to: None,
            anonymous: false,
            content_note: None,
        };
        let reply = FirstPostDraft::Reply(self.inside.clone(), reply);
        for draft in [first, reply] {
            let held = communities.hold(newcomer, draft, &submission()).await;
            assert!(held.unwrap().is_some(), "it waits");
        }
        self.site.tell().await;
    }
}
