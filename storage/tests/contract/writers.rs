//! People who write in communities.

use domain::{
    Error, Result,
    account::{AccountId, Actor, Member, Role, Roles, SessionId, Standing, Trust},
    catalogue::Resolved,
    community::{
        Discussions, Memberships, Post, PostDraft, TopicAudience, TopicDraft, TopicLine, TopicList,
        TopicPage,
    },
    policy::Audience,
};
use sea_orm::{EntityTrait, Set};
use storage::{account::entity::account, profile::entity::profile};
use uuid::Uuid;

use crate::{
    bed::Bed,
    people::{account_row, submission},
};

pub(crate) const ALPHA: &str = "alpha-disease";
pub(crate) const BETA: &str = "beta-disease";

impl Bed {
    /// Somebody whose name is for members, without the ceremony of joining.
    pub(crate) async fn writer(&self, index: u128, role: Option<Role>) -> Actor {
        let connection = self.connection().await;
        let id = Uuid::from_u128(index);
        let nobody = || Set(Audience::OnlyMe.as_str().to_owned());
        let row = account_row(
            id,
            format!("h{index}"),
            format!("p{index}@example.org"),
            &format!("Person {index}"),
        );
        let shown = profile::ActiveModel {
            account_id: Set(id),
            name_audience: Set(Audience::Members.as_str().to_owned()),
            about: Set(String::new()),
            about_html: Set(String::new()),
            about_audience: nobody(),
            picture_audience: nobody(),
            listed_audience: nobody(),
            for_search_engines: Set(false),
        };
        account::Entity::insert(row)
            .exec_without_returning(&connection)
            .await
            .unwrap();
        profile::Entity::insert(shown)
            .exec_without_returning(&connection)
            .await
            .unwrap();
        Actor::Member(Member {
            account: AccountId(id),
            session: SessionId(Uuid::nil()),
            roles: Roles::from_iter(role),
            standing: Standing::Good,
            trust: Trust::New,
            awaits_second_factor: false,
        })
    }

    /// Somebody who has joined a community and shows that to nobody.
    pub(crate) async fn joined(&self, index: u128, role: Option<Role>, slug: &str) -> Actor {
        let actor = self.writer(index, role).await;
        self.join(actor, slug).await;
        actor
    }

    pub(crate) async fn join(&self, actor: Actor, slug: &str) {
        self.storage
            .communities()
            .set_membership(actor, slug, Audience::OnlyMe, false)
            .await
            .unwrap();
    }

    pub(crate) async fn start(
        &self,
        actor: Actor,
        slug: &str,
        title: &str,
        audience: TopicAudience,
    ) -> Result<String> {
        let key = Uuid::new_v4().to_string();
        self.storage
            .communities()
            .start(actor, slug, draft(title, audience), &submission(&key))
            .await
    }

    pub(crate) async fn reply(&self, actor: Actor, id: &str, text: &str) -> Result<i64> {
        self.reply_to(actor, id, text, None).await
    }

    pub(crate) async fn reply_to(
        &self,
        actor: Actor,
        id: &str,
        text: &str,
        in_reply_to: Option<i64>,
    ) -> Result<i64> {
        let draft = PostDraft {
            text: text.to_owned(),
            in_reply_to,
            anonymous: false,
            content_note: None,
        };
        let key = Uuid::new_v4().to_string();
        self.storage
            .communities()
            .reply(actor, id, draft, &submission(&key))
            .await
    }

    pub(crate) async fn topic(&self, actor: Actor, id: &str) -> TopicPage {
        let discussions = self.storage.communities();
        discussions.topic(actor, id, None).await.unwrap()
    }

    pub(crate) async fn post(&self, actor: Actor, id: &str, number: i64) -> Post {
        let posts = self.topic(actor, id).await.posts;
        let post = posts.into_iter().find(|post| post.number == number);
        post.unwrap()
    }

    pub(crate) async fn topics(&self, actor: Actor, slug: &str, after: Option<&str>) -> TopicList {
        match self.storage.communities().topics(actor, slug, after).await {
            Ok(Resolved::Here(list)) => list,
            other => panic!("{other:?}"),
        }
    }
}

pub(crate) fn draft(title: &str, audience: TopicAudience) -> TopicDraft {
    TopicDraft {
        title: title.to_owned(),
        text: "The *first* post.".to_owned(),
        audience,
        anonymous: false,
        content_note: None,
    }
}

pub(crate) fn titles(lines: &[TopicLine]) -> Vec<&str> {
    lines.iter().map(|line| line.title.as_str()).collect()
}

pub(crate) fn not_joined() -> Error {
    Error::Forbidden {
        reason: "join this community first.".to_owned(),
    }
}
