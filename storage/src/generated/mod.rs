//! Invented people and posts in any number, for measurements: what there would be if they had come
//! through the services, written at once.
//!
//! Left out is what the services would have made of it for the people alone: notifications. They are
//! told of what happens from then on.

mod participants;
mod plan;
mod random;
mod words;

use domain::{
    Result,
    account::Actor,
    catalogue::{Catalogue, CatalogueImport, Code, ConditionTerm, Progress, Silent, SourceRelease},
    community::{TopicAudience, TopicKind},
    event::EventKind,
    policy::Audience,
    text::fold,
};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set, sea_query::OnConflict};
use uuid::Uuid;

use self::{
    plan::{Plan, SPAN},
    random::Random,
    words::Words,
};
use crate::{
    DatabaseKind, Storage,
    account::entity::account,
    community::entity::{membership, post, topic, topic_follow},
    error::to_domain,
    event::{entity as event, sealing},
    profile::entity::profile,
    search::{self, Document},
    write::Write,
};

pub use plan::Size;

/// Rows of one statement.
const ROWS: usize = 400;
/// People or posts of one transaction.
const BATCH: usize = 20_000;
/// What the addresses of the conditions begin with.
const SLUG: &str = "generated-condition-";

/// What is put in together.
#[derive(Default)]
struct Rows {
    accounts: Vec<account::ActiveModel>,
    profiles: Vec<profile::ActiveModel>,
    memberships: Vec<membership::ActiveModel>,
    topics: Vec<topic::ActiveModel>,
    posts: Vec<post::ActiveModel>,
    follows: Vec<topic_follow::ActiveModel>,
    documents: Vec<Document>,
    events: Vec<event::Model>,
}

impl Storage {
    /// Fills a database without people with invented ones and their posts.
    pub async fn generate(&self, size: Size, progress: &dyn Progress) -> Result<()> {
        let conditions = self.generated_conditions(size.conditions()).await?;
        self.events.seal().await?;
        let plan = Plan::new(size);
        let begin = self.database.now().0 - SPAN;
        let total = (plan.memberships.len() + plan.posts.len()) as u64;
        let mut random = Random::new(size.seed ^ 1);
        let mut people = Vec::with_capacity(plan.memberships.len());
        let step = SPAN / 3 / i64::try_from(plan.memberships.len()).unwrap_or(i64::MAX);
        for batch in plan.memberships.chunks(BATCH) {
            let mut rows = Rows::default();
            for joined in batch {
                let number = people.len();
                let moment = begin + step * i64::try_from(number).unwrap_or_default();
                let id = random.key(moment);
                rows.add_person(&mut random, (id, number), joined, &conditions, moment);
                people.push(id);
            }
            self.put(rows).await?;
            progress.step(people.len() as u64, total);
        }
        let posts = Posts {
            conditions,
            begin: begin + SPAN / 3,
            step: SPAN / 3 * 2 / i64::try_from(plan.posts.len().max(1)).unwrap_or(i64::MAX),
            written: vec![0; plan.topics.len()],
            keys: vec![Uuid::nil(); plan.topics.len()],
            words: Words::new(),
            plan,
            people,
            random,
        };
        self.generate_posts(posts, progress, total).await?;
        self.finish().await
    }

    async fn generate_posts(
        &self,
        mut posts: Posts,
        progress: &dyn Progress,
        total: u64,
    ) -> Result<()> {
        let count = posts.plan.posts.len();
        for begin in (0..count).step_by(BATCH) {
            let end = count.min(begin + BATCH);
            // Words and their stems: work for more than a moment.
            let (rows, back) = tokio::task::spawn_blocking(move || {
                let mut rows = Rows::default();
                for number in begin..end {
                    posts.add(number, &mut rows);
                }
                (rows, posts)
            })
            .await
            .map_err(|error| crate::error::internal(&error))?;
            posts = back;
            self.put(rows).await?;
            progress.step((posts.people.len() + end) as u64, total);
        }
        Ok(())
    }

    /// Conditions without texts, through the import that all come by; their keys in order.
    async fn generated_conditions(&self, count: usize) -> Result<Vec<Uuid>> {
        let terms = (0..count).filter_map(term).collect();
        let import = CatalogueImport {
            source: SourceRelease {
                name: "Generated for measurements".to_owned(),
                release: "1".to_owned(),
                licence: "CC0 1.0".to_owned(),
                attribution: "Invented for measurements.".to_owned(),
                url: "https://example.org/".to_owned(),
            },
            read: count as u64,
            terms,
            display_names: std::collections::BTreeMap::new(),
            everyday_names: std::collections::BTreeMap::new(),
            refused: Vec::new(),
            complete: false,
        };
        self.catalogue
            .import(Actor::Operator, import, &Silent)
            .await?;
        let sql = "SELECT condition_id FROM condition_slug WHERE slug LIKE $1 ORDER BY slug";
        let values = vec![format!("{SLUG}%").into()];
        let rows = self.database.query(sql, values).await.map_err(to_domain)?;
        rows.iter()
            .map(|row| row.try_get("", "condition_id").map_err(to_domain))
            .collect()
    }

    async fn put(&self, rows: Rows) -> Result<()> {
        let write = Write::begin(&self.database, Actor::Operator).await?;
        insert(&write, rows.accounts).await?;
        insert(&write, rows.profiles).await?;
        insert(&write, rows.memberships).await?;
        insert(&write, rows.topics).await?;
        insert(&write, rows.posts).await?;
        insert(&write, rows.follows).await?;
        search::put(write.on(), rows.documents).await?;
        sealing::record_sealed(&write, &self.database, rows.events).await?;
        write.commit().await
    }

    /// Whoever reads the log begins behind all of this, and the planner knows how much there is.
    async fn finish(&self) -> Result<()> {
        let write = Write::begin(&self.database, Actor::Operator).await?;
        write
            .on()
            .execute_unprepared("UPDATE reader SET sequence = (SELECT sequence FROM event_head)")
            .await
            .map_err(to_domain)?;
        write.commit().await?;
        if self.database.kind() == DatabaseKind::Postgres {
            // As it does by itself, a minute later.
            let analysed = self.database.writer().execute_unprepared("ANALYZE").await;
            analysed.map_err(to_domain)?;
        }
        self.notice_changes().await
    }
}

/// Inserts all rows; those that are there already stay.
async fn insert<A>(write: &Write<'_>, rows: Vec<A>) -> Result<()>
where
    A: ActiveModelTrait + Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<A> = rows.by_ref().take(ROWS).collect();
        <A::Entity as EntityTrait>::insert_many(some)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
    }
    Ok(())
}

fn term(number: usize) -> Option<ConditionTerm> {
    let curie: Code = format!("MONDO:9{number:06}").parse().ok()?;
    Some(ConditionTerm {
        curie,
        name: format!("generated condition {number:05}"),
        display_name: None,
        slug: None,
        summary: None,
        definition: None,
        synonyms: Vec::new(),
        former_names: Vec::new(),
        codes: Vec::new(),
        parents: Vec::new(),
        is_family: false,
        withdrawn: false,
        replaced_by: None,
        line: number as u64 + 1,
    })
}

impl Rows {
    fn add_person(
        &mut self,
        random: &mut Random,
        (id, number): (Uuid, usize),
        joined: &[usize],
        conditions: &[Uuid],
        moment: i64,
    ) {
        let name = format!("Member {number} (invented)");
        let key = fold(&name);
        let email = format!("member-{number}@demo.example");
        self.accounts.push(account::ActiveModel {
            suspended_until: Set(None),
            id: Set(id),
            handle: Set(random.public_id()),
            email_key: Set(email.clone()),
            email: Set(email),
            name_key: Set(key.clone()),
            display_name: Set(name),
            relation: Set(None),
            country: Set(None),
            // No password has it.
            password_hash: Set(String::new()),
            standing: Set("good".to_owned()),
            generation: Set(0),
            accepted_edits: Set(0),
            accepted_sections: Set(0),
            accepted_days: Set(0),
            accepted_deciders: Set(0),
            created_at: Set(moment),
            updated_at: Set(moment),
        });
        // From one in two people visitors see nothing.
        let audience = |random: &mut Random| {
            let all = [
                Audience::Everyone,
                Audience::Members,
                Audience::Communities,
                Audience::OnlyMe,
            ];
            all[random.below(all.len())].as_str().to_owned()
        };
        let everyone = Audience::Everyone.as_str();
        let [named, about, pictured, listed] = std::array::from_fn(|_| audience(random));
        let found = named == everyone && listed == everyone;
        self.profiles.push(profile::ActiveModel {
            account_id: Set(id),
            name_audience: Set(named),
            about: Set(String::new()),
            about_html: Set(String::new()),
            about_audience: Set(about),
            picture_audience: Set(pictured),
            listed_audience: Set(listed),
            for_search_engines: Set(false),
        });
        for (place, condition) in joined.iter().enumerate() {
            let shown = audience(random);
            self.memberships.push(membership::ActiveModel {
                account_id: Set(id),
                condition_id: Set(conditions[*condition]),
                public: Set(found && shown == everyone),
                audience: Set(shown),
                home: Set(place == 0),
                name_key: Set(key.clone()),
                created_at: Set(moment),
            });
        }
        let about = (EventKind::AccountBegun, id, None);
        self.events.push(happened(random, moment, None, about));
    }
}

/// An event that a person has caused, or a visitor.
fn happened(
    random: &mut Random,
    moment: i64,
    person: Option<Uuid>,
    (kind, subject, community): (EventKind, Uuid, Option<Uuid>),
) -> event::Model {
    event::Model {
        id: random.key(moment),
        sequence: None,
        time: moment,
        actor: if person.is_some() {
            "member"
        } else {
            "visitor"
        }
        .to_owned(),
        actor_id: person,
        kind: kind.as_str().to_owned(),
        subject_id: Some(subject),
        community_id: community,
        hash: None,
    }
}

/// What is needed to make the posts one after the other.
struct Posts {
    plan: Plan,
    conditions: Vec<Uuid>,
    people: Vec<Uuid>,
    begin: i64,
    step: i64,
    /// How many posts each topic has so far, and its key.
    written: Vec<u32>,
    keys: Vec<Uuid>,
    words: Words,
    random: Random,
}

impl Posts {
    fn moment(&self, number: usize) -> i64 {
        self.begin + self.step * i64::try_from(number).unwrap_or_default()
    }

    fn add(&mut self, number: usize, rows: &mut Rows) {
        let place = self.plan.posts[number] as usize;
        let topic = &self.plan.topics[place];
        let (posts, last) = (topic.posts, self.moment(topic.last));
        let condition = self.conditions[topic.condition];
        let here = &self.plan.people[topic.condition];
        let author = self.people[here[self.random.below(here.len())]];
        let moment = self.moment(number);
        let mut title = String::new();
        if self.written[place] == 0 {
            title = self.words.title(&mut self.random);
            let id = self.random.key(moment);
            self.keys[place] = id;
            let audience = match self.random.below(20) {
                0 => TopicAudience::Community,
                1..4 => TopicAudience::Members,
                _ => TopicAudience::Everyone,
            };
            rows.topics.push(topic::ActiveModel {
                alias: Set(None),
                hidden_at: Set(None),
                lock_reason: Set(None),
                id: Set(id),
                public_id: Set(self.random.public_id()),
                condition_id: Set(condition),
                account_id: Set(Some(author)),
                kind: Set(TopicKind::Discussion.as_str().to_owned()),
                title_words: Set(String::new()),
                title: Set(title.clone()),
                audience: Set(audience.as_str().to_owned()),
                created_at: Set(moment),
                last_post_at: Set(last),
                posts: Set(i64::from(posts)),
                expert_answers: Set(0),
                decline_reason: Set(None),
            });
            let about = (EventKind::TopicStarted, id, Some(condition));
            let event = happened(&mut self.random, moment, Some(author), about);
            rows.events.push(event);
        }
        self.written[place] += 1;
        let within = self.written[place];
        let to = (within > 2 && self.random.one_in(3))
            .then(|| 1 + self.random.below(within as usize - 1))
            .and_then(|to| i64::try_from(to).ok());
        let text = self.words.post(&mut self.random);
        let html = words::html(&text);
        let id = self.random.key(moment);
        rows.documents.push(Document::post(id, &title, &html));
        rows.posts.push(post::ActiveModel {
            alias: Set(None),
            content_note: Set(None),
            set_note: Set(None),
            hidden_at: Set(None),
            hidden_reason: Set(None),
            id: Set(id),
            topic_id: Set(self.keys[place]),
            account_id: Set(Some(author)),
            number: Set(i64::from(within)),
            in_reply_to: Set(to),
            version: Set(1),
            text: Set(text),
            html: Set(html),
            created_at: Set(moment),
            edited_at: Set(None),
            deleted_at: Set(None),
            deleted_by_author: Set(None),
            deletion_reason: Set(None),
            answers_as: Set(None),
        });
        rows.follows.push(topic_follow::ActiveModel {
            account_id: Set(author),
            topic_id: Set(self.keys[place]),
            since: Set(moment),
        });
        if within > 1 {
            let about = (EventKind::PostWritten, id, Some(condition));
            let event = happened(&mut self.random, moment, Some(author), about);
            rows.events.push(event);
        }
    }
}
