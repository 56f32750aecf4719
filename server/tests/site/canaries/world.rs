//! A site where something unmistakable is said in every place that is not for everyone.

use std::sync::Arc;

use domain::{
    account::{Accounts, Actor, ModerationAction, Role, Submission},
    catalogue::ConditionId,
    community::{
        Aliases, CommunityRequestDraft, CommunityRequests, ContentModeration, Discussions, Leaders,
        Memberships, Moderation, Muting, Notifications, PostDraft, QuestionDraft, Questions,
        ReportDraft, ReportReason, ReportState, ReportSubject, Reports, ResourceDecision,
        ResourceDraft, ResourceKind, ResourceLanguage, Resources, TopicAudience, TopicDraft,
    },
    policy::Audience,
    profile::{ProfileDraft, Profiles},
    wiki::{DraftLink, Edit, Revisions, SectionKind},
};
use server::http::Live;

use super::{HERE, Reader, THERE};
use crate::{Noon, Site, addresses::Places};

/// Where the person who writes is a member whom nobody sees there.
pub(super) const ILLNESS: &str = "canaryillness";

/// A site, and who reads it.
pub(super) struct World {
    pub(super) site: Site,
    /// Everybody's session, empty for visitors.
    pub(super) readers: Vec<(Reader, String)>,
    /// What the tables of addresses leave open.
    pub(super) places: Places<'static>,
    /// How many posts each discussion and question has.
    pub(super) threads: Vec<(String, i64)>,
    /// The discussion that is for the community.
    pub(super) inside: String,
    /// Handle of who shows nobody anything.
    pub(super) hidden: String,
    /// Handle of who writes.
    pub(super) author: String,
}

pub(super) fn submission() -> Submission {
    Submission {
        key: uuid::Uuid::new_v4().to_string(),
        body: String::new(),
    }
}

/// A canary, with a word beside it by which it can be searched for without being said.
pub(super) fn said(canary: &str) -> String {
    format!("{canary} {}", super::bait(canary))
}

fn resource(canary: &str) -> ResourceDraft {
    ResourceDraft {
        title: said(&format!("{canary}title")),
        link: format!("https://www.books.example/{canary}link"),
        description: said(&format!("{canary}text")),
        date: None,
        kind: ResourceKind::EBook,
        language: ResourceLanguage::from_code("de").unwrap(),
    }
}

fn profile(name: &str, named: Audience, about: &str, told: Audience) -> ProfileDraft {
    ProfileDraft {
        name: name.to_owned(),
        name_audience: named,
        about: about.to_owned(),
        about_audience: told,
        listed_audience: named,
        for_search_engines: false,
    }
}

impl Site {
    async fn discusses(
        &self,
        actor: Actor,
        (title, text): (&str, &str),
        audience: TopicAudience,
        note: Option<&str>,
    ) -> String {
        let draft = TopicDraft {
            title: title.to_owned(),
            text: text.to_owned(),
            audience,
            anonymous: false,
            content_note: note.map(str::to_owned),
        };
        let sent = submission();
        let communities = self.storage.communities();
        let started = communities.start(actor, HERE, draft, &sent).await;
        started.unwrap()
    }

    async fn says(&self, actor: Actor, id: &str, text: &str, anonymous: bool) -> i64 {
        let draft = PostDraft {
            text: text.to_owned(),
            in_reply_to: None,
            anonymous,
            content_note: None,
        };
        let sent = submission();
        let communities = self.storage.communities();
        communities.reply(actor, id, draft, &sent).await.unwrap()
    }

    /// Says something, and something else in its place.
    async fn says_at_last(&self, actor: Actor, id: &str, before: &str, text: &str) -> i64 {
        let number = self.says(actor, id, &said(before), false).await;
        let communities = self.storage.communities();
        let text = said(text);
        let edited = communities.edit_post(actor, id, number, 1, &text, None);
        edited.await.unwrap();
        number
    }

    /// The text of a section that somebody saves, or the draft that they leave.
    async fn changes(&self, actor: Actor, kind: SectionKind, canary: &str, keeps: bool) {
        let wiki = self.storage.wiki();
        let editing = wiki.editing(actor, HERE, kind, None).await.unwrap();
        let edit = Edit {
            base: editing.head,
            markdown: said(&format!("{canary}text")),
            summary: format!("{canary}summary"),
            agreed: true,
            draft: DraftLink::default(),
        };
        if keeps {
            wiki.keep_draft(actor, HERE, kind, &edit).await.unwrap();
        } else {
            let saved = wiki.save(actor, HERE, kind, edit, &submission()).await;
            saved.unwrap();
        }
    }

    async fn has_condition(&self, name: &str) -> ConditionId {
        self.bare_condition(name, "MONDO:9999991").await
    }
}

/// Those who read, before anything is said: roles clear the outbox.
async fn people(site: &Site) -> Vec<(Reader, String)> {
    let mut people = vec![(Reader::Visitor, String::new())];
    for (reader, name) in [
        (Reader::Stranger, "Stranger"),
        (Reader::Neighbour, "Neighbour"),
        (Reader::Member, "Grace"),
        (Reader::Leader, "Lea"),
        (Reader::Moderator, "Marple"),
        (Reader::Administrator, "Root"),
        (Reader::Author, "Ada canaryname"),
        (Reader::Hidden, "Nell canaryalias"),
        (Reader::Newcomer, "Newt"),
    ] {
        let address = reader.address();
        let cookie = site.member(&address, name).await;
        let role = match reader {
            Reader::Moderator => Some(Role::Moderator),
            Reader::Administrator => Some(Role::Administrator),
            _ => None,
        };
        if let Some(role) = role {
            site.grant(&address, &cookie, role, "Test").await;
        }
        people.push((reader, cookie));
    }
    people
}

impl World {
    pub(super) async fn open(url: &str, folder: tempfile::TempDir) -> Self {
        let site = Site::open_on(url, Arc::new(Noon), Live::default(), folder).await;
        let readers = people(&site).await;
        let places = Places::of(&site, "0000000000").await;
        let mut world = Self {
            hidden: site.handle(&Reader::Hidden.address()).await,
            author: site.handle(&Reader::Author.address()).await,
            site,
            readers,
            places,
            threads: Vec::new(),
            inside: String::new(),
        };
        world.show_little().await;
        // Before anybody leads, so that nothing of this waits.
        world.discuss().await;
        world.lead().await;
        world.begin().await;
        world.suggest().await;
        world.leave_drafts().await;
        world.keep_order().await;
        world
    }

    pub(super) fn cookie(&self, reader: Reader) -> &str {
        let found = self.readers.iter().find(|(other, _)| *other == reader);
        &found.unwrap().1
    }

    pub(super) async fn actor(&self, reader: Reader) -> Actor {
        self.site.actor(self.cookie(reader)).await
    }

    /// Names, profiles and memberships.
    async fn show_little(&self) {
        use Audience::{Communities, Members, OnlyMe};
        let profiles = self.site.storage.profiles();
        let communities = self.site.storage.communities();
        let author = self.actor(Reader::Author).await;
        let draft = profile("Ada canaryname", Communities, &said("canaryabout"), Members);
        profiles.change(author, draft).await.unwrap();
        self.site.has_condition(ILLNESS).await;
        for (slug, audience) in [(HERE, Communities), (ILLNESS, OnlyMe)] {
            let set = communities.set_membership(author, slug, audience, slug == HERE);
            set.await.unwrap();
        }
        let hidden = self.actor(Reader::Hidden).await;
        let draft = profile("Nell canaryalias", OnlyMe, &said("canarysilence"), OnlyMe);
        profiles.change(hidden, draft).await.unwrap();
        let set = communities.set_membership(hidden, HERE, OnlyMe, true);
        set.await.unwrap();
        let member = self.actor(Reader::Member).await;
        let set = communities.set_membership(member, HERE, Communities, true);
        set.await.unwrap();
        for (reader, slug) in [
            (Reader::Leader, HERE),
            (Reader::Newcomer, HERE),
            // Whom nobody shall know to have been there; they leave.
            (Reader::Neighbour, HERE),
            (Reader::Neighbour, THERE),
        ] {
            let actor = self.actor(reader).await;
            communities.join(actor, slug).await.unwrap();
        }
    }

    async fn lead(&self) {
        let communities = self.site.storage.communities();
        let leader = self.actor(Reader::Leader).await;
        let moderator = self.actor(Reader::Moderator).await;
        let shown = communities.set_membership(leader, HERE, Audience::Members, false);
        shown.await.unwrap();
        let handle = self.site.handle(&Reader::Leader.address()).await;
        communities.appoint(moderator, HERE, &handle).await.unwrap();
        let invited = communities.own_leaderships(leader).await.unwrap();
        let accepted = communities.accept_invitation(leader, &invited[0].id, "Ask me.");
        accepted.await.unwrap();
        self.site.set_up_second_factor(leader).await;
        let leader = self.actor(Reader::Leader).await;
        let welcome = said("canarywelcome");
        let welcomed = communities.set_welcome(leader, HERE, &welcome);
        welcomed.await.unwrap();
    }

    /// Discussions and questions.
    async fn discuss(&mut self) {
        use TopicAudience::{Community, Everyone, Members};
        let site = &self.site;
        let communities = site.storage.communities();
        let (author, member) = (
            self.actor(Reader::Author).await,
            self.actor(Reader::Member).await,
        );
        let hidden = self.actor(Reader::Hidden).await;
        let moderator = self.actor(Reader::Moderator).await;
        let mut threads = Vec::new();
        for (audience, name) in [(Members, "members"), (Community, "inside")] {
            let word = |part: &str| said(&format!("canary{name}{part}"));
            let note = word("note");
            let first = (&*word("title"), &*word("text"));
            let id = site.discusses(author, first, audience, Some(&note)).await;
            let [former, reply] = ["former", "reply"].map(|part| format!("canary{name}{part}"));
            site.says_at_last(member, &id, &former, &reply).await;
            if audience == Community {
                self.inside.clone_from(&id);
                let neighbour = self.site.actor(self.cookie(Reader::Neighbour)).await;
                communities.follow(neighbour, &id).await.unwrap();
            }
            threads.push((id, 2));
            let asked = QuestionDraft {
                title: word("question"),
                details: word("details"),
                audience,
                anonymous: false,
                content_note: None,
            };
            let sent = submission();
            let asked = communities.ask(author, HERE, asked, &sent);
            let asked = asked.await.unwrap();
            let text = word("answer");
            let sent = submission();
            let answered = communities.answer(member, &asked, &text, None, false, &sent);
            answered.await.unwrap();
            threads.push((asked, 1));
        }
        // What everyone reads, with what is hidden, deleted and nobody's by name in it.
        let open = site.discusses(member, ("A walk", "A lark sings."), Everyone, None);
        let open = open.await;
        site.says(hidden, &open, "A wren hides.", true).await;
        for (kind, hide) in [("hidden", true), ("deleted", false)] {
            let [former, text] = ["former", "text"].map(|part| format!("canary{kind}{part}"));
            let number = site.says_at_last(author, &open, &former, &text).await;
            let title = said(&format!("canary{kind}title"));
            let gone = site.discusses(author, (&title, "A text."), Everyone, None);
            let gone = gone.await;
            // All of it is read, found and kept before.
            for (path, shown) in [
                (format!("/topics/{open}/x"), &text),
                (format!("/topics/{open}/x/posts/{number}/history"), &former),
                (format!("/topics/{gone}/x"), &title),
                (format!("/search?q={}", super::bait(&text)), &text),
                (format!("/communities/{HERE}/discussions"), &title),
                (format!("/communities/{HERE}/discussions.atom"), &title),
            ] {
                for _ in 0..2 {
                    let page = site.reads(&path, "").await.text;
                    assert!(page.contains(shown.as_str()), "{shown} is not at {path}");
                }
            }
            for (id, number) in [(&open, number), (&gone, 1)] {
                if hide {
                    let hide = ContentModeration::Hide;
                    let hidden = communities.moderate(moderator, id, number, hide, "Reason");
                    hidden.await.unwrap();
                } else {
                    communities
                        .delete_post(author, id, number, "")
                        .await
                        .unwrap();
                }
            }
            threads.push((gone, 1));
        }
        let looked_up = communities.look_up_alias(moderator, &open, 1, "canarylookup");
        looked_up.await.unwrap();
        let neighbour = self.actor(Reader::Neighbour).await;
        site.tell().await;
        communities.leave(neighbour, HERE).await.unwrap();
        communities.mute(author, &open, 1).await.unwrap();
        threads.push((open, 4));
        self.threads = threads;
    }

    /// Suggestions, drafts and requests that wait.
    async fn suggest(&self) {
        let communities = self.site.storage.communities();
        let author = self.actor(Reader::Author).await;
        let leader = self.actor(Reader::Leader).await;
        for (name, declined) in [("waiting", false), ("declined", true)] {
            let draft = resource(&format!("canary{name}"));
            let sent = submission();
            let suggested = communities.suggest(author, HERE, draft, &sent);
            let id = suggested.await.unwrap();
            if declined {
                let reason = said("canarydeclinedreason");
                let decision = ResourceDecision::Decline { reason };
                communities.decide(leader, &id, decision).await.unwrap();
            }
        }
        let request = CommunityRequestDraft {
            name: said("canaryrequestname"),
            why: said("canaryrequestwhy"),
            links: String::new(),
            leads: false,
        };
        let sent = submission();
        let requested = communities.request(author, request, &sent);
        requested.await.unwrap();
        let site = &self.site;
        site.changes(author, SectionKind::Cause, "canaryproposal", false)
            .await;
        site.changes(author, SectionKind::Prognosis, "canarydraft", true)
            .await;
    }

    /// Reports, appeals and warnings.
    async fn keep_order(&self) {
        let communities = self.site.storage.communities();
        let author = self.actor(Reader::Author).await;
        let moderator = self.actor(Reader::Moderator).await;
        let (open, _) = self.threads.last().unwrap();
        let subject = ReportSubject::Post {
            topic: open.clone(),
            number: 1,
        };
        let draft = ReportDraft {
            reason: ReportReason::Other,
            text: said("canaryreporttext"),
        };
        let sent = submission();
        let reported = communities.report(author, &subject, draft, &sent);
        reported.await.unwrap();
        let cases = communities.cases(moderator, false, None).await.unwrap();
        let case = &cases.cases[0].id;
        let sent = submission();
        let noted = communities.note_case(moderator, case, "canarynote", &sent);
        noted.await.unwrap();
        let state = ReportState::NotUpheld;
        let closed = communities.close_case(moderator, case, state, "canaryreportanswer");
        closed.await.unwrap();
        let decisions = communities.own_decisions(author, None).await.unwrap();
        let decision = &decisions.decisions[0].id;
        let words = said("canaryappeal");
        let appealed = communities.appeal(author, decision, &words);
        appealed.await.unwrap();
        let accounts = self.site.storage.accounts();
        let warn = ModerationAction::Warn;
        let address = Reader::Author.address();
        let warned = accounts.moderate(Actor::Operator, &address, warn, "canarywarning");
        warned.await.unwrap();
        self.site.tell().await;
    }
}
