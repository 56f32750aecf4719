//! What the server puts into the context of every request.

use std::sync::{Arc, Mutex, PoisonError};

use domain::{
    account::{Accounts, Actor, Client, SecondFactors, SignedIn, Suspension, Token},
    catalogue::Catalogue,
    community::{
        Aliases, Communities, CommunityRequests, Discussions, Feeds, FirstPosts, Leaders,
        Memberships, Moderation, Muting, Notifications, Questions, Reactions, Reports, Resources,
        SavedDrafts,
    },
    profile::Profiles,
    registry::{Registry, RegistryDesk, RegistryRequests},
    search::TextSearch,
    site::Site,
    trials::Trials,
    wiki::{Entries, HeldTexts, Revisions, Wiki},
};
use leptos::prelude::*;

/// The services, behind their traits.
#[derive(Clone)]
pub struct Services {
    /// People.
    pub accounts: Arc<dyn Accounts>,
    /// What signing in takes besides a password.
    pub second_factors: Arc<dyn SecondFactors>,
    /// Conditions, families, search.
    pub catalogue: Arc<dyn Catalogue>,
    /// Who is in which community.
    pub memberships: Arc<dyn Memberships>,
    /// What members of a community write to each other.
    pub discussions: Arc<dyn Discussions>,
    /// Under which names they write who do not show theirs.
    pub aliases: Arc<dyn Aliases>,
    /// What they ask experts.
    pub questions: Arc<dyn Questions>,
    /// What they say to posts in one press.
    pub reactions: Arc<dyn Reactions>,
    /// What new people write and a leader reads first.
    pub first_posts: Arc<dyn FirstPosts>,
    /// What people have begun to write.
    pub saved_drafts: Arc<dyn SavedDrafts>,
    /// Whose posts they do not want to read.
    pub muting: Arc<dyn Muting>,
    /// What people are told of.
    pub notifications: Arc<dyn Notifications>,
    /// What is new in communities.
    pub feeds: Arc<dyn Feeds>,
    /// Who leads communities.
    pub leaders: Arc<dyn Leaders>,
    /// Communities in which something has happened.
    pub communities: Arc<dyn Communities>,
    /// Requests for communities.
    pub requests: Arc<dyn CommunityRequests>,
    /// What moderators do with posts and topics, and appeals.
    pub moderation: Arc<dyn Moderation>,
    /// What should not be here, and what moderators do about it.
    pub reports: Arc<dyn Reports>,
    /// What members of a community recommend to each other.
    pub resources: Arc<dyn Resources>,
    /// Clinical trials.
    pub trials: Arc<dyn Trials>,
    /// Who takes part in research, and on what terms.
    pub registry: Arc<dyn Registry>,
    /// What the registry's staff see of them.
    pub registry_desk: Arc<dyn RegistryDesk>,
    /// What researchers ask of it.
    pub registry_requests: Arc<dyn RegistryRequests>,
    /// What people show of themselves.
    pub profiles: Arc<dyn Profiles>,
    /// Searching what is written.
    pub texts: Arc<dyn TextSearch>,
    /// Sections, as they are shown.
    pub wiki: Arc<dyn Wiki>,
    /// Sections, as they are written.
    pub revisions: Arc<dyn Revisions>,
    /// Sections that are lists, as they are written.
    pub entries: Arc<dyn Entries>,
    /// Texts of sources that are held back.
    pub held_texts: Arc<dyn HeldTexts>,
    /// The site's own texts.
    pub site: Arc<dyn Site>,
}

impl std::fmt::Debug for Services {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Services").finish_non_exhaustive()
    }
}

/// The services of this request. To be called before the first `.await`.
pub fn services() -> Services {
    expect_context::<Services>()
}

/// One request: who asks, from where, and what becomes of their session.
#[derive(Clone, Debug)]
pub struct RequestContext {
    /// Who asks.
    pub actor: Actor,
    /// Their display name, where they are signed in.
    pub name: Option<String>,
    /// Until when and why they may not write, if so.
    pub suspension: Option<Suspension>,
    /// How many of their notifications are unread.
    pub unread: u64,
    /// From where.
    pub client: Client,
    /// A form that waits for its person to sign in again.
    pub kept: Option<PendingForm>,
    /// A random key for the forms that this request shows.
    pub key: String,
    /// What the browser is told to keep.
    pub session: SessionSlot,
}

/// A form that waits for its person to sign in again.
#[derive(Clone, PartialEq, Eq)]
pub struct PendingForm {
    /// The page that it belongs to.
    pub path: String,
    /// What was filled in, as `application/x-www-form-urlencoded`.
    pub body: String,
}

impl std::fmt::Debug for PendingForm {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PendingForm(…)")
    }
}

/// Where a form leaves what the browser is to keep or to forget; the HTTP stack writes the cookies.
#[derive(Clone, Debug, Default)]
pub struct SessionSlot(Arc<Mutex<Option<SessionChange>>>);

/// What becomes of the session.
#[derive(Clone, Debug)]
pub enum SessionChange {
    /// A new one.
    Opened(SignedIn),
    /// None any more.
    Closed,
}

impl SessionSlot {
    /// Leaves a change; the last one counts.
    pub fn put(&self, change: SessionChange) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(change);
    }

    /// The token of the session that was opened, if the change is that one was.
    pub fn opened(&self) -> Option<Token> {
        let slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*slot {
            Some(SessionChange::Opened(signed_in)) => Some(signed_in.session.clone()),
            _ => None,
        }
    }

    /// Takes the change out.
    pub fn take(&self) -> Option<SessionChange> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// This request. To be called before the first `.await`.
pub fn request_context() -> RequestContext {
    expect_context::<RequestContext>()
}

/// Who asks.
pub fn actor() -> Actor {
    use_context::<RequestContext>().map_or(Actor::Visitor, |request_context| request_context.actor)
}
