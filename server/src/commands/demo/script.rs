//! What the invented people do, and when: `server/demo`, compiled in.

use std::collections::HashSet;

use anyhow::{Context, Result, bail, ensure};
use domain::{
    account::{Country, Relation, Role},
    community::{ResourceKind, ResourceLanguage, TopicAudience},
    policy::Audience,
    wiki::SectionKind,
};
use serde::{Deserialize, Deserializer, de::Error};

use super::studies::{self, Study};

const PEOPLE: &str = include_str!("../../../demo/people.toml");
const REQUESTS: &str = include_str!("../../../demo/requests.toml");
const COMMUNITIES: [&str; 5] = [
    include_str!("../../../demo/communities/multiple-myeloma.toml"),
    include_str!("../../../demo/communities/cystic-fibrosis.toml"),
    include_str!("../../../demo/communities/phelan-mcdermid-syndrome.toml"),
    include_str!("../../../demo/communities/hypermobile-ehlers-danlos-syndrome.toml"),
    include_str!("../../../demo/communities/huntington-disease.toml"),
];

/// How long before the present something happens, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ago(pub(super) i64);

impl Ago {
    /// From "3d 4h", "20m" and the like.
    fn parse(text: &str) -> Option<Self> {
        text.split(' ')
            .map(|part| {
                let unit = part.chars().last()?;
                let number: i64 = part.strip_suffix(unit)?.parse().ok()?;
                match unit {
                    'd' => Some(number * 24 * 60),
                    'h' => Some(number * 60),
                    'm' => Some(number),
                    _ => None,
                }
            })
            .sum::<Option<i64>>()
            .filter(|minutes| *minutes > 0)
            .map(Self)
    }
}

impl<'de> Deserialize<'de> for Ago {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("\"{text}\" is no time")))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) relation: Relation,
    pub(super) country: String,
    pub(super) role: Option<Role>,
    pub(super) ago: Ago,
    pub(super) name_for: Audience,
    pub(super) about_for: Audience,
    pub(super) listed_for: Audience,
    pub(super) about: String,
    pub(super) communities: Vec<Joined>,
    /// When they last looked at their notifications.
    pub(super) read: Option<Ago>,
}

impl Person {
    pub(super) fn email(&self) -> String {
        // No letter can ever reach it (RFC 2606, 2).
        format!("{}@demo.example", self.key)
    }

    pub(super) fn country(&self) -> Option<Country> {
        Country::from_code(&self.country)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Joined {
    pub(super) slug: String,
    pub(super) audience: Audience,
    pub(super) home: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    pub(super) by: String,
    pub(super) ago: Ago,
    pub(super) name: String,
    pub(super) why: String,
    #[serde(default)]
    pub(super) links: String,
    pub(super) leads: bool,
    pub(super) decided_by: Option<String>,
    pub(super) decided_ago: Option<Ago>,
    /// What is said to who asked.
    #[serde(default)]
    pub(super) accepted: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Community {
    pub(super) slug: String,
    #[serde(default)]
    pub(super) welcome: String,
    pub(super) leader: Option<Leader>,
    #[serde(default)]
    pub(super) follow: Vec<Follow>,
    #[serde(default)]
    pub(super) topic: Vec<Topic>,
    #[serde(default)]
    pub(super) question: Vec<Question>,
    #[serde(default)]
    pub(super) resource: Vec<Resource>,
    #[serde(default)]
    pub(super) tip: Vec<Tip>,
    #[serde(default)]
    pub(super) edit: Vec<Edit>,
    #[serde(default)]
    pub(super) trial: Vec<Study>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Leader {
    pub(super) by: String,
    pub(super) appointed_by: String,
    pub(super) ago: Ago,
    pub(super) words: String,
}

/// That somebody wants to know what is new in a community.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Follow {
    pub(super) by: String,
    pub(super) ago: Ago,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Topic {
    pub(super) by: String,
    pub(super) ago: Ago,
    pub(super) audience: TopicAudience,
    pub(super) pinned: Option<Ago>,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) reply: Vec<Reply>,
}

/// A reply or an answer. `@{key}` in it mentions a person.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reply {
    pub(super) by: String,
    pub(super) ago: Ago,
    pub(super) to: Option<i64>,
    /// Under an alias.
    #[serde(default)]
    pub(super) anonymous: bool,
    /// What readers are warned of before it.
    pub(super) content_note: Option<String>,
    pub(super) text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    pub(super) by: String,
    pub(super) ago: Ago,
    pub(super) audience: TopicAudience,
    pub(super) title: String,
    pub(super) details: String,
    #[serde(default)]
    pub(super) answer: Vec<Reply>,
    pub(super) declined_by: Option<String>,
    pub(super) declined_ago: Option<Ago>,
    #[serde(default)]
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Resource {
    pub(super) by: String,
    pub(super) ago: Ago,
    pub(super) title: String,
    pub(super) link: String,
    pub(super) description: String,
    pub(super) kind: String,
    pub(super) language: String,
    pub(super) approved_by: Option<String>,
    pub(super) approved_ago: Option<Ago>,
}

impl Resource {
    pub(super) fn kind(&self) -> Option<ResourceKind> {
        ResourceKind::from_name(&self.kind)
    }

    pub(super) fn language(&self) -> Option<ResourceLanguage> {
        ResourceLanguage::from_code(&self.language)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tip {
    pub(super) by: String,
    pub(super) ago: Ago,
    pub(super) name: String,
    pub(super) text: String,
    pub(super) decided_by: Option<String>,
    pub(super) decided_ago: Option<Ago>,
    /// Whom it has helped.
    #[serde(default)]
    pub(super) helped: Vec<String>,
}

/// A paragraph more in a section.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Edit {
    pub(super) by: String,
    pub(super) ago: Ago,
    pub(super) section: SectionKind,
    pub(super) summary: String,
    pub(super) append: String,
}

/// All of it.
pub(super) struct Script {
    pub(super) people: Vec<Person>,
    pub(super) communities: Vec<Community>,
    pub(super) requests: Vec<Request>,
}

impl Script {
    pub(super) fn read() -> Result<Self> {
        #[derive(Deserialize)]
        struct People {
            person: Vec<Person>,
        }
        #[derive(Deserialize)]
        struct Requests {
            request: Vec<Request>,
        }
        let people: People =
            toml::from_str(PEOPLE).context("in the people of the demonstration")?;
        let requests: Requests =
            toml::from_str(REQUESTS).context("in the requests of the demonstration")?;
        let communities = COMMUNITIES
            .iter()
            .map(|text| {
                let name = text.lines().nth(1).unwrap_or_default();
                toml::from_str(text).with_context(|| format!("in the demonstration, {name}"))
            })
            .collect::<Result<_>>()?;
        let script = Self {
            people: people.person,
            communities,
            requests: requests.request,
        };
        script.check()?;
        Ok(script)
    }

    /// That nobody can take one of the people for a real one, and that all are different.
    fn check(&self) -> Result<()> {
        let mut keys = HashSet::new();
        for person in &self.people {
            ensure!(
                person.name.ends_with("(invented)"),
                "{} may be taken for a real person",
                person.name
            );
            if person.country().is_none() || !keys.insert(&person.key) {
                bail!("{} has no country, or a key that is taken", person.name);
            }
        }
        for study in self.communities.iter().flat_map(|one| &one.trial) {
            study.check()?;
        }
        Ok(())
    }

    /// Everything that happens, in its order.
    pub(super) fn acts(&self) -> Vec<(Ago, Act<'_>)> {
        let mut acts = Vec::new();
        for person in &self.people {
            acts.push((person.ago, Act::Join(person)));
            acts.extend(person.read.map(|ago| (ago, Act::ReadNotifications(person))));
        }
        for request in &self.requests {
            acts.push((request.ago, Act::Request(request)));
            acts.extend(request.decided_ago.map(|ago| (ago, Act::Decide(request))));
        }
        for community in &self.communities {
            community.add_to(&mut acts);
        }
        acts.push((studies::IMPORTED, Act::ImportTrials(&self.communities)));
        // A stable sort: what happens at the same time stays in its order.
        acts.sort_by_key(|(ago, _)| std::cmp::Reverse(*ago));
        acts
    }
}

impl Community {
    fn add_to<'a>(&'a self, acts: &mut Vec<(Ago, Act<'a>)>) {
        let here = self;
        acts.extend(here.leader.iter().map(|it| (it.ago, Act::Lead(here, it))));
        acts.extend(here.follow.iter().map(|it| (it.ago, Act::Follow(here, it))));
        for topic in &here.topic {
            acts.push((topic.ago, Act::Start(here, topic)));
            let replies = topic.reply.iter();
            acts.extend(replies.map(|reply| (reply.ago, Act::Reply(topic, reply))));
            acts.extend(topic.pinned.map(|ago| (ago, Act::Pin(here, topic))));
        }
        for question in &here.question {
            acts.push((question.ago, Act::Ask(here, question)));
            let answers = question.answer.iter();
            acts.extend(answers.map(|answer| (answer.ago, Act::Answer(question, answer))));
            acts.extend(
                question
                    .declined_ago
                    .map(|ago| (ago, Act::Decline(question))),
            );
        }
        for resource in &here.resource {
            acts.push((resource.ago, Act::Suggest(here, resource)));
            acts.extend(
                resource
                    .approved_ago
                    .map(|ago| (ago, Act::Approve(resource))),
            );
        }
        for tip in &here.tip {
            acts.push((tip.ago, Act::AddTip(here, tip)));
            acts.extend(tip.decided_ago.map(|ago| (ago, Act::AcceptTip(here, tip))));
        }
        acts.extend(here.edit.iter().map(|it| (it.ago, Act::Edit(here, it))));
    }
}

/// One thing that somebody does.
pub(super) enum Act<'a> {
    Join(&'a Person),
    ReadNotifications(&'a Person),
    Request(&'a Request),
    Decide(&'a Request),
    Lead(&'a Community, &'a Leader),
    Follow(&'a Community, &'a Follow),
    Start(&'a Community, &'a Topic),
    Reply(&'a Topic, &'a Reply),
    Pin(&'a Community, &'a Topic),
    Ask(&'a Community, &'a Question),
    Answer(&'a Question, &'a Reply),
    Decline(&'a Question),
    Suggest(&'a Community, &'a Resource),
    Approve(&'a Resource),
    AddTip(&'a Community, &'a Tip),
    AcceptTip(&'a Community, &'a Tip),
    Edit(&'a Community, &'a Edit),
    ImportTrials(&'a [Community]),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(Ago::parse("3d 4h"), Some(Ago(76 * 60)));
        assert_eq!(Ago::parse("20m"), Some(Ago(20)));
        for bad in ["", "3", "d", "4x", "3d  4h", "-1d", "0m"] {
            assert_eq!(Ago::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn everything_happens_in_an_order_that_can_be() {
        let script = Script::read().unwrap();
        let acts = script.acts();
        assert!(acts.len() > 130, "{}", acts.len());
        for community in &script.communities {
            for topic in &community.topic {
                assert!((2..=8).contains(&topic.reply.len()), "{}", topic.title);
                let times: Vec<Ago> = topic.reply.iter().map(|reply| reply.ago).collect();
                assert!(times.is_sorted_by(|a, b| a > b), "{}", topic.title);
                assert!(topic.ago > times[0], "{}", topic.title);
                for (number, reply) in (2_i64..).zip(&topic.reply) {
                    assert!(reply.to.unwrap_or(1) < number, "{}", topic.title);
                }
            }
            for resource in &community.resource {
                assert!(resource.kind().is_some() && resource.language().is_some());
            }
        }
    }
}
