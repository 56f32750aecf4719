//! What the invented people do, through the services, as it would be done on a page.

use std::{collections::HashMap, sync::Arc};

use anyhow::{Context, Result, bail};
use domain::{
    account::{Actor, Submission},
    catalogue::Resolved,
    community::{
        CommunityRequestDraft, CommunityRequests, ConditionFollow, Discussions, FirstPostDecision,
        FirstPostDraft, FirstPosts, Leaders, Notifications, PostDraft, QuestionDraft, Questions,
        RequestDecision, ResourceDecision, ResourceDraft, Resources, TopicDraft,
    },
    time::Clock,
    wiki::{Decision, DraftLink, Edit, Entries, EntryChange, Item, Revisions, Saved, SectionKind},
};
use storage::Storage;

use super::{
    cast::{Cast, MINUTE, PlayedClock},
    script::{self, Act, Script},
    studies,
};

/// Plays the script, and what reads the log after each act.
pub(super) struct Play {
    storage: Storage,
    clock: Arc<PlayedClock>,
    pub(super) cast: Cast,
    /// Of topics, questions, resources, requests and proposals, by what they are called.
    ids: HashMap<String, String>,
    /// Forms that were sent.
    sent: u32,
    /// Who has appointed a leader: they read first posts, too.
    reader: Option<String>,
}

impl Play {
    pub(super) fn new(storage: Storage, clock: Arc<PlayedClock>, password: &str) -> Self {
        let cast = Cast::new(storage.clone(), Arc::clone(&clock), password);
        Self {
            storage,
            clock,
            cast,
            ids: HashMap::new(),
            sent: 0,
            reader: None,
        }
    }

    /// All of it, so that it ends at the present.
    pub(super) async fn run(
        &mut self,
        script: &Script,
        present: i64,
        mut step: impl FnMut(usize, usize),
    ) -> Result<()> {
        let acts = script.acts();
        let all = acts.len();
        for (done, (ago, act)) in acts.into_iter().enumerate() {
            // Joining takes some minutes, and time does not go back.
            let moment = (present - ago.0 * MINUTE).max(self.clock.now().0 + MINUTE);
            self.clock.set(moment);
            let tried = self.act(&act).await;
            tried.with_context(|| format!("{} minutes ago, in the demonstration", ago.0))?;
            self.storage.events().seal().await?;
            self.clock.forward(1_000_000);
            self.storage.communities().tell().await?;
            step(done + 1, all);
        }
        self.clock.set(present);
        self.cast.leave().await?;
        self.storage.events().seal().await?;
        self.storage.communities().write_letters().await?;
        // Letters to people whom there are not.
        let outbox = self.storage.outbox();
        while let Some(outgoing) = outbox.take().await? {
            outbox.remove(outgoing.id).await?;
        }
        Ok(())
    }

    fn submission(&mut self) -> Submission {
        self.sent += 1;
        Submission {
            key: format!("demonstration {}", self.sent),
            body: String::new(),
        }
    }

    fn id(&self, name: &str) -> Result<String> {
        let id = self.ids.get(name);
        Ok(id
            .with_context(|| format!("there is no {name} yet"))?
            .clone())
    }

    fn keep(&mut self, name: &str, id: String) -> Result<()> {
        match self.ids.insert(name.to_owned(), id) {
            Some(_) => bail!("{name} is there twice"),
            None => Ok(()),
        }
    }

    /// A text with handles in place of `@{key}`.
    fn mentioning(&self, text: &str) -> Result<String> {
        let mut written = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("@{") {
            let (key, after) = after.split_once('}').context("a mention without an end")?;
            written.push_str(before);
            written.push('@');
            written.push_str(&self.cast.player(key)?.handle);
            rest = after;
        }
        written.push_str(rest);
        Ok(written)
    }

    async fn act(&mut self, act: &Act<'_>) -> Result<()> {
        match act {
            Act::Join(person) => self.cast.join(person).await,
            Act::ReadNotifications(person) => {
                let actor = self.cast.actor(&person.key).await?;
                let communities = self.storage.communities();
                Ok(communities.mark_read(actor, self.clock.now()).await?)
            }
            Act::Request(request) => self.ask_for_community(request).await,
            Act::Decide(request) => self.decide_request(request).await,
            Act::Lead(community, leader) => self.lead(community, leader).await,
            Act::Follow(community, follow) => {
                let actor = self.cast.actor(&follow.by).await?;
                let communities = self.storage.communities();
                for what in ConditionFollow::ALL {
                    communities
                        .follow_condition(actor, &community.slug, what)
                        .await?;
                }
                Ok(())
            }
            Act::Start(community, topic) => self.start(community, topic).await,
            Act::Reply(topic, reply) => self.reply(topic, reply).await,
            Act::Pin(community, topic) => {
                let leader = community.leader.as_ref().context("nobody can pin it")?;
                let actor = self.cast.actor(&leader.by).await?;
                let id = self.id(&topic.title)?;
                Ok(self.storage.communities().pin_topic(actor, &id).await?)
            }
            Act::Ask(community, question) => self.ask(community, question).await,
            Act::Answer(question, answer) => self.answer(question, answer).await,
            Act::Decline(question) => {
                let by = question.declined_by.as_deref().context("by nobody")?;
                let actor = self.cast.actor(by).await?;
                let id = self.id(&question.title)?;
                let communities = self.storage.communities();
                Ok(communities.decline(actor, &id, &question.reason).await?)
            }
            Act::Suggest(community, resource) => self.suggest(community, resource).await,
            Act::Approve(resource) => self.approve(resource).await,
            Act::AddTip(community, tip) => self.add_tip(community, tip).await,
            Act::AcceptTip(community, tip) => self.accept_tip(community, tip).await,
            Act::Edit(community, edit) => self.edit(community, edit).await,
            Act::ImportTrials(communities) => {
                studies::import(&self.storage, &self.clock, communities).await
            }
        }
    }

    async fn lead(&mut self, community: &script::Community, leader: &script::Leader) -> Result<()> {
        let communities = self.storage.communities();
        self.reader = Some(leader.appointed_by.clone());
        let appoints = self.cast.actor(&leader.appointed_by).await?;
        let handle = self.cast.player(&leader.by)?.handle.clone();
        communities
            .appoint(appoints, &community.slug, &handle)
            .await?;
        self.clock.forward(30 * MINUTE);
        let actor = self.cast.actor(&leader.by).await?;
        let invited = communities.own_leaderships(actor).await?;
        let invitation = invited.first().context("nobody was invited")?;
        communities
            .accept_invitation(actor, &invitation.id, &leader.words)
            .await?;
        self.cast.set_up_second_factor(&leader.by).await?;
        let actor = self.cast.actor(&leader.by).await?;
        let welcome = community.welcome.trim();
        Ok(communities
            .set_welcome(actor, &community.slug, welcome)
            .await?)
    }

    /// Writes what waits for a leader, who reads it soon after; nothing where it need not wait. Returns
    /// who has read it.
    async fn is_let_through(
        &mut self,
        actor: Actor,
        draft: FirstPostDraft,
    ) -> Result<Option<Actor>> {
        let submission = self.submission();
        let communities = self.storage.communities();
        let Some(slug) = communities.hold(actor, draft, &submission).await? else {
            return Ok(None);
        };
        let reader = self.reader.clone().context("nobody reads it")?;
        let reader = self.cast.actor(&reader).await?;
        self.clock.forward(20 * MINUTE);
        let Resolved::Here(list) = communities.first_posts(reader, &slug).await? else {
            bail!("{slug} has moved");
        };
        for post in list.waiting.unwrap_or_default() {
            let decision = FirstPostDecision::Publish;
            communities
                .decide_first_post(reader, &post.id, decision)
                .await?;
        }
        Ok(Some(reader))
    }

    async fn start(&mut self, community: &script::Community, topic: &script::Topic) -> Result<()> {
        let actor = self.cast.actor(&topic.by).await?;
        let draft = TopicDraft {
            title: topic.title.clone(),
            text: self.mentioning(&topic.text)?,
            audience: topic.audience,
            anonymous: false,
            content_note: None,
        };
        let slug = community.slug.clone();
        let first = FirstPostDraft::Discussion(slug.clone(), draft.clone());
        if let Some(reader) = self.is_let_through(actor, first).await? {
            let communities = self.storage.communities();
            let Resolved::Here(list) = communities.topics(reader, &slug, None).await? else {
                bail!("{slug} has moved");
            };
            let mut lines = list.topics.into_iter();
            let line = lines.find(|line| line.title == topic.title);
            return self.keep(&topic.title, line.context("it is not there")?.id);
        }
        let submission = self.submission();
        let communities = self.storage.communities();
        let id = communities
            .start(actor, &community.slug, draft, &submission)
            .await?;
        self.keep(&topic.title, id)
    }

    async fn reply(&mut self, topic: &script::Topic, reply: &script::Reply) -> Result<()> {
        let actor = self.cast.actor(&reply.by).await?;
        let draft = PostDraft {
            text: self.mentioning(&reply.text)?,
            in_reply_to: reply.to,
            anonymous: reply.anonymous,
            content_note: reply.content_note.clone(),
        };
        let id = self.id(&topic.title)?;
        let first = FirstPostDraft::Reply(id.clone(), draft.clone());
        if self.is_let_through(actor, first).await?.is_some() {
            return Ok(());
        }
        let submission = self.submission();
        let communities = self.storage.communities();
        communities.reply(actor, &id, draft, &submission).await?;
        Ok(())
    }

    async fn ask(
        &mut self,
        community: &script::Community,
        question: &script::Question,
    ) -> Result<()> {
        let actor = self.cast.actor(&question.by).await?;
        let draft = QuestionDraft {
            title: question.title.clone(),
            details: self.mentioning(&question.details)?,
            audience: question.audience,
            anonymous: false,
            content_note: None,
        };
        let slug = community.slug.clone();
        let first = FirstPostDraft::Question(slug.clone(), draft.clone());
        if let Some(reader) = self.is_let_through(actor, first).await? {
            let communities = self.storage.communities();
            let Resolved::Here(list) = communities.questions(reader, &slug, None).await? else {
                bail!("{slug} has moved");
            };
            let mut lines = list.questions.into_iter();
            let line = lines.find(|line| line.title == question.title);
            return self.keep(&question.title, line.context("it is not there")?.id);
        }
        let submission = self.submission();
        let communities = self.storage.communities();
        let id = communities
            .ask(actor, &community.slug, draft, &submission)
            .await?;
        self.keep(&question.title, id)
    }

    async fn answer(&mut self, question: &script::Question, answer: &script::Reply) -> Result<()> {
        let actor = self.cast.actor(&answer.by).await?;
        let text = self.mentioning(&answer.text)?;
        let id = self.id(&question.title)?;
        let draft = PostDraft {
            text: text.clone(),
            in_reply_to: None,
            anonymous: answer.anonymous,
            content_note: answer.content_note.clone(),
        };
        let first = FirstPostDraft::Answer(id.clone(), draft);
        if self.is_let_through(actor, first).await?.is_some() {
            return Ok(());
        }
        let submission = self.submission();
        let communities = self.storage.communities();
        let note = answer.content_note.as_deref();
        communities
            .answer(actor, &id, &text, note, answer.anonymous, &submission)
            .await?;
        Ok(())
    }

    async fn suggest(
        &mut self,
        community: &script::Community,
        resource: &script::Resource,
    ) -> Result<()> {
        let actor = self.cast.actor(&resource.by).await?;
        let (draft, submission) = (draft(resource)?, self.submission());
        let communities = self.storage.communities();
        let id = communities
            .suggest(actor, &community.slug, draft, &submission)
            .await?;
        self.keep(&resource.title, id)
    }

    async fn approve(&mut self, resource: &script::Resource) -> Result<()> {
        let by = resource.approved_by.as_deref().context("by nobody")?;
        let actor = self.cast.actor(by).await?;
        let decision = ResourceDecision::Approve(draft(resource)?);
        let id = self.id(&resource.title)?;
        let communities = self.storage.communities();
        Ok(Resources::decide(&*communities, actor, &id, decision).await?)
    }

    async fn ask_for_community(&mut self, request: &script::Request) -> Result<()> {
        let actor = self.cast.actor(&request.by).await?;
        let draft = CommunityRequestDraft {
            name: request.name.clone(),
            why: request.why.clone(),
            links: request.links.clone(),
            leads: request.leads,
        };
        let submission = self.submission();
        let communities = self.storage.communities();
        let id = communities.request(actor, draft, &submission).await?;
        self.keep(&request.name, id)
    }

    async fn decide_request(&mut self, request: &script::Request) -> Result<()> {
        let by = request.decided_by.as_deref().context("by nobody")?;
        let actor = self.cast.actor(by).await?;
        let decision = RequestDecision::Accept {
            name: request.name.clone(),
            words: request.accepted.clone(),
        };
        let id = self.id(&request.name)?;
        let communities = self.storage.communities();
        Ok(communities.decide_request(actor, &id, decision).await?)
    }

    async fn add_tip(&mut self, community: &script::Community, tip: &script::Tip) -> Result<()> {
        let actor = self.cast.actor(&tip.by).await?;
        let wiki = self.storage.wiki();
        let (slug, kind) = (community.slug.as_str(), SectionKind::Tips);
        let base = wiki.list(actor, slug, kind).await?.head;
        let change = EntryChange::Add(Item::Tip {
            name: tip.name.clone(),
            markdown: tip.text.clone(),
        });
        let submission = self.submission();
        let saved = wiki
            .change(actor, slug, kind, base, change, &submission)
            .await?;
        match saved {
            Saved::Proposed(id) => self.keep(&tip.name, id),
            _ => Ok(()),
        }
    }

    async fn accept_tip(&mut self, community: &script::Community, tip: &script::Tip) -> Result<()> {
        let wiki = self.storage.wiki();
        let (slug, kind) = (community.slug.as_str(), SectionKind::Tips);
        // Whoever is known here is not waited for.
        if let Some(id) = self.ids.get(&tip.name).cloned() {
            let by = tip.decided_by.as_deref().context("by nobody")?;
            let actor = self.cast.actor(by).await?;
            let base = wiki.list(actor, slug, kind).await?.head;
            let decision = Decision::AcceptEntry { base, item: None };
            Revisions::decide(&*wiki, actor, &id, decision).await?;
        }
        for key in &tip.helped {
            self.clock.forward(MINUTE);
            let actor = self.cast.actor(key).await?;
            let list = wiki.list(actor, slug, kind).await?;
            let entry = list
                .entries
                .iter()
                .find(|listed| listed.entry.item.title() == tip.name)
                .context("the tip is not there")?;
            wiki.say_helped(actor, slug, &entry.entry.id, true).await?;
        }
        Ok(())
    }

    async fn edit(&mut self, community: &script::Community, edit: &script::Edit) -> Result<()> {
        let actor = self.cast.actor(&edit.by).await?;
        let wiki = self.storage.wiki();
        let slug = community.slug.as_str();
        let editing = wiki.editing(actor, slug, edit.section, None).await?;
        let markdown = format!("{}\n\n{}", editing.markdown, edit.append);
        let change = Edit {
            base: editing.head,
            markdown: markdown.trim().to_owned(),
            summary: edit.summary.clone(),
            agreed: true,
            draft: DraftLink::default(),
        };
        let submission = self.submission();
        wiki.save(actor, slug, edit.section, change, &submission)
            .await?;
        Ok(())
    }
}

fn draft(resource: &script::Resource) -> Result<ResourceDraft> {
    let (Some(kind), Some(language)) = (resource.kind(), resource.language()) else {
        bail!("{} has no kind or language", resource.title);
    };
    Ok(ResourceDraft {
        title: resource.title.clone(),
        link: resource.link.clone(),
        description: resource.description.clone(),
        date: None,
        kind,
        language,
    })
}
