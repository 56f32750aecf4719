//! Who is where, and which post is in which topic, before anything is written: a topic says how many
//! posts it has.

use std::collections::VecDeque;

use super::random::Random;

/// On average a topic has so many posts.
const POSTS_OF_TOPIC: usize = 10;
/// Replies go where others were lately: one of the last so many posts.
const LATELY: usize = 20_000;
/// No topic has more.
const LONGEST: u32 = 2_000;
/// Time of the whole, in microseconds: three years. Within the first, people join.
pub(super) const SPAN: i64 = 3 * 365 * 86_400 * 1_000_000;

/// How much there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Posts, first ones of topics included.
    pub posts: usize,
    /// Chooses which; the same number gives the same data.
    pub seed: u64,
}

impl Size {
    /// Communities, between 100 and 10,000.
    pub fn conditions(self) -> usize {
        (self.posts / 100).clamp(100, 10_000)
    }

    /// People, at least one in each community.
    pub fn members(self) -> usize {
        (self.posts / 10).max(self.conditions())
    }
}

pub(super) struct PlannedTopic {
    pub(super) condition: usize,
    pub(super) posts: u32,
    /// Number of its last post among all.
    pub(super) last: usize,
}

pub(super) struct Plan {
    /// The communities of each person, the home first.
    pub(super) memberships: Vec<Vec<usize>>,
    /// The people of each community.
    pub(super) people: Vec<Vec<usize>>,
    pub(super) topics: Vec<PlannedTopic>,
    /// The topic of each post.
    pub(super) posts: Vec<u32>,
}

impl Plan {
    pub(super) fn new(size: Size) -> Self {
        let mut random = Random::new(size.seed);
        let conditions = size.conditions();
        let mut people = vec![Vec::new(); conditions];
        let memberships: Vec<Vec<usize>> = (0..size.members())
            .map(|person| {
                // So that none is empty.
                let home = if person < conditions {
                    person
                } else {
                    random.skewed_below(conditions)
                };
                let mut joined = vec![home];
                while random.one_in(4) && joined.len() < 5 {
                    let other = random.skewed_below(conditions);
                    if !joined.contains(&other) {
                        joined.push(other);
                    }
                }
                for condition in &joined {
                    people[*condition].push(person);
                }
                joined
            })
            .collect();
        let mut topics: Vec<PlannedTopic> = Vec::new();
        let mut posts = Vec::with_capacity(size.posts);
        let mut lately: VecDeque<u32> = VecDeque::with_capacity(LATELY);
        for number in 0..size.posts {
            let chosen = if lately.is_empty() || random.one_in(POSTS_OF_TOPIC) {
                None
            } else {
                // The more posts a topic has, the likelier it gets the next (Simon, "On a class of
                // skew distribution functions", 1955).
                Some(lately[random.below(lately.len())])
            };
            let chosen = chosen.filter(|topic| topics[*topic as usize].posts < LONGEST);
            let topic = chosen.unwrap_or_else(|| {
                topics.push(PlannedTopic {
                    condition: random.skewed_below(conditions),
                    posts: 0,
                    last: number,
                });
                u32::try_from(topics.len() - 1).unwrap_or(u32::MAX)
            });
            let planned = &mut topics[topic as usize];
            planned.posts += 1;
            planned.last = number;
            if lately.len() == LATELY {
                lately.pop_front();
            }
            lately.push_back(topic);
            posts.push(topic);
        }
        Self {
            memberships,
            people,
            topics,
            posts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_have_a_long_tail() {
        let size = Size {
            posts: 20_000,
            seed: 1,
        };
        let plan = Plan::new(size);
        let total: u32 = plan.topics.iter().map(|topic| topic.posts).sum();
        assert_eq!(total, 20_000);
        assert_eq!(plan.memberships.len(), 2_000);
        assert!(plan.people.iter().all(|people| !people.is_empty()));
        let short = plan.topics.iter().filter(|topic| topic.posts < 5).count();
        let longest = plan.topics.iter().map(|topic| topic.posts).max();
        assert!(short * 2 > plan.topics.len(), "{short}");
        assert!((200..=LONGEST).contains(&longest.unwrap()), "{longest:?}");
        let busiest = plan.topics.iter().filter(|topic| topic.condition == 0);
        assert!(busiest.count() * 8 > plan.topics.len());
    }
}
