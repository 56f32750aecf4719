//! What is discussed, as pages show it.

use domain::{
    account::Submission,
    community::{Discussions, Memberships, TopicAudience, TopicDraft},
};

use crate::Site;

impl Site {
    /// A discussion "A walk" of a community, that everyone reads. Returns its id.
    pub(crate) async fn topic(&self, slug: &str) -> String {
        let cookie = self.member("walker@example.org", "Walker").await;
        self.topic_of(&cookie, slug, TopicAudience::Everyone).await
    }

    /// The same by somebody, for whom they choose.
    pub(crate) async fn topic_of(
        &self,
        cookie: &str,
        slug: &str,
        audience: TopicAudience,
    ) -> String {
        let actor = self.actor(cookie).await;
        let communities = self.storage.communities();
        communities.join(actor, slug).await.unwrap();
        let draft = TopicDraft {
            title: "A walk".to_owned(),
            text: "A canary sings.".to_owned(),
            audience,
        };
        let submission = Submission {
            key: uuid::Uuid::new_v4().to_string(),
            body: String::new(),
        };
        let started = communities.start(actor, slug, draft, &submission);
        started.await.unwrap()
    }
}
