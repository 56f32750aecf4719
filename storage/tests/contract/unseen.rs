//! Nothing that anybody sees depends on what is not for them.

use domain::{
    account::{AccountId, Actor, Member, Roles, SessionId, Standing, Trust},
    policy::{Audience, Scope, share_a_community},
    profile::Profiles,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, Set, TransactionTrait};
use storage::{
    account::entity::account,
    community::entity::membership,
    profile::entity::{picture, profile},
};
use uuid::Uuid;

use crate::{
    bed::Bed,
    people::account_row,
    release::{mondo, term},
};

contract! {
    what_is_not_for_somebody_makes_no_difference_to_them,
    a_condition_for_nobody_else_is_not_found_by_naming_it,
}

const PEOPLE: usize = 4;
const SLUGS: [&str; 3] = ["alpha", "beta", "gamma"];
const WORLDS: u64 = 25;

/// Numbers that are the same at every run (Vigna's splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (number ^ (number >> 31)) % end
    }

    fn audience(&mut self) -> Audience {
        Audience::ALL[self.below(4) as usize]
    }
}

/// What somebody shows.
#[derive(Clone, Debug)]
struct Person {
    name: String,
    name_audience: Audience,
    about: &'static str,
    about_audience: Audience,
    picture: Option<String>,
    picture_audience: Audience,
    listed_audience: Audience,
    conditions: Vec<(usize, Audience)>,
}

impl Person {
    fn any(numbers: &mut Numbers) -> Self {
        Self {
            name: format!("Person {}", numbers.below(100)),
            name_audience: numbers.audience(),
            about: "bees",
            about_audience: numbers.audience(),
            picture: (numbers.below(2) == 0).then(|| "first".to_owned()),
            picture_audience: numbers.audience(),
            listed_audience: numbers.audience(),
            conditions: {
                let mut conditions = Vec::new();
                for at in 0..SLUGS.len() {
                    if numbers.below(3) > 0 {
                        conditions.push((at, numbers.audience()));
                    }
                }
                conditions
            },
        }
    }

    fn is_near(&self, other: &Self) -> bool {
        self.conditions.iter().any(|(mine, my_audience)| {
            other.conditions.iter().any(|(theirs, their_audience)| {
                mine == theirs && share_a_community(*my_audience, *their_audience)
            })
        })
    }

    /// The same with something else wherever it is not for who looks.
    fn otherwise(&self, admits: impl Fn(Audience) -> bool, numbers: &mut Numbers) -> Self {
        let mut other = self.clone();
        if !admits(self.name_audience) {
            other.name = format!("Person {}", numbers.below(100));
        }
        if !admits(self.about_audience) {
            other.about = "wasps";
        }
        if !admits(self.picture_audience) {
            other.picture = self.picture.is_none().then(|| "second".to_owned());
        }
        other.conditions.retain(|(_, audience)| admits(*audience));
        // And others that are for nobody else.
        for at in 0..SLUGS.len() {
            let named = self.conditions.iter().any(|(other, _)| *other == at);
            if !named && numbers.below(2) == 0 {
                other.conditions.push((at, Audience::OnlyMe));
            }
        }
        other
    }
}

fn id(at: usize) -> Uuid {
    Uuid::from_u128(at as u128 + 1)
}

fn handle(at: usize) -> String {
    format!("h{at}")
}

fn acting(at: usize) -> Actor {
    Actor::Member(Member {
        account: AccountId(id(at)),
        session: SessionId(Uuid::nil()),
        roles: Roles::default(),
        standing: Standing::Good,
        trust: Trust::New,
        awaits_second_factor: false,
    })
}

/// Puts these people in the place of all others.
async fn put(connection: &DatabaseConnection, people: &[Person], conditions: &[Uuid]) {
    let transaction = connection.begin().await.unwrap();
    transaction
        .execute_unprepared("DELETE FROM account")
        .await
        .unwrap();
    for (at, person) in people.iter().enumerate() {
        let text = |audience: Audience| Set(audience.as_str().to_owned());
        let email = format!("{at}@example.org");
        let row = account_row(id(at), handle(at), email, &person.name);
        let shown = profile::ActiveModel {
            account_id: Set(id(at)),
            name_audience: text(person.name_audience),
            about: Set(person.about.to_owned()),
            about_html: Set(format!("<p>{}</p>", person.about)),
            about_audience: text(person.about_audience),
            picture_audience: text(person.picture_audience),
            listed_audience: text(person.listed_audience),
            for_search_engines: Set(false),
        };
        account::Entity::insert(row)
            .exec_without_returning(&transaction)
            .await
            .unwrap();
        profile::Entity::insert(shown)
            .exec_without_returning(&transaction)
            .await
            .unwrap();
        if let Some(version) = &person.picture {
            let row = picture::ActiveModel {
                account_id: Set(id(at)),
                version: Set(version.clone()),
                jpeg: Set(version.clone().into_bytes()),
                created_at: Set(0),
            };
            picture::Entity::insert(row)
                .exec_without_returning(&transaction)
                .await
                .unwrap();
        }
        for (condition, audience) in &person.conditions {
            let row = membership::ActiveModel {
                account_id: Set(id(at)),
                condition_id: Set(conditions[*condition]),
                audience: text(*audience),
                home: Set(false),
                public: Set([person.name_audience, person.listed_audience, *audience]
                    .iter()
                    .all(|audience| *audience == Audience::Everyone)),
                name_key: Set(domain::text::fold(&person.name)),
                created_at: Set(0),
            };
            membership::Entity::insert(row)
                .exec_without_returning(&transaction)
                .await
                .unwrap();
        }
    }
    transaction.commit().await.unwrap();
}

/// Everything that somebody can learn about people.
async fn view(bed: &Bed, actor: Actor) -> Vec<String> {
    let profiles = bed.storage.profiles();
    let mut seen = Vec::new();
    for at in 0..PEOPLE {
        let handle = handle(at);
        seen.push(format!("{:?}", profiles.profile(actor, &handle).await));
        let picture = profiles.picture(actor, &handle).await;
        seen.push(format!("{:?}", picture.map(|picture| picture.bytes)));
    }
    for slug in SLUGS {
        seen.push(format!("{:?}", profiles.members(actor, slug, None).await));
        for at in 0..PEOPLE {
            let behind = profiles.members(actor, slug, Some(&handle(at))).await;
            seen.push(format!("{behind:?}"));
        }
    }
    seen
}

async fn conditions(bed: &Bed) -> Vec<Uuid> {
    let terms = SLUGS
        .iter()
        .enumerate()
        .map(|(at, name)| term(&format!("MONDO:{at}"), name));
    bed.import(mondo(terms)).await;
    let mut ids = Vec::new();
    for slug in SLUGS {
        ids.push(bed.id(slug).await.0);
    }
    ids
}

async fn what_is_not_for_somebody_makes_no_difference_to_them(bed: Bed) {
    let conditions = conditions(&bed).await;
    let connection = bed.connection().await;
    let mut differed = 0;
    for world in 0..WORLDS {
        let mut numbers = Numbers(world);
        let people: Vec<Person> = (0..PEOPLE).map(|_| Person::any(&mut numbers)).collect();
        // Everybody, and a visitor.
        for onlooker in 0..=PEOPLE {
            let actor = match onlooker {
                PEOPLE => Actor::Visitor,
                at => acting(at),
            };
            let scope = Scope::of(actor);
            let others: Vec<Person> = people
                .iter()
                .enumerate()
                .map(|(at, person)| {
                    let near = people.get(onlooker).is_some_and(|one| one.is_near(person));
                    let viewer = scope.viewer(AccountId(id(at)), near);
                    if at == onlooker {
                        person.clone()
                    } else {
                        person.otherwise(|audience| audience.admits(viewer), &mut numbers)
                    }
                })
                .collect();
            // Nobody reads so many pages of members in a day.
            bed.days_pass(1);
            put(&connection, &people, &conditions).await;
            let before = view(&bed, actor).await;
            put(&connection, &others, &conditions).await;
            let after = view(&bed, actor).await;
            assert_eq!(before, after, "{actor:?} of {people:#?} or {others:#?}");
            differed += usize::from(format!("{people:?}") != format!("{others:?}"));
        }
    }
    assert!(differed > 50, "{differed}");
}

/// The attack: name one condition after another and watch what a stranger shows to their communities.
async fn a_condition_for_nobody_else_is_not_found_by_naming_it(bed: Bed) {
    let conditions = conditions(&bed).await;
    let connection = bed.connection().await;
    let nobody = Audience::OnlyMe;
    let victim = Person {
        name: "Ada".to_owned(),
        name_audience: Audience::Members,
        about: "bees",
        about_audience: Audience::Communities,
        picture: None,
        picture_audience: nobody,
        listed_audience: nobody,
        conditions: vec![(1, nobody)],
    };
    let mut seen = Vec::new();
    for audience in Audience::ALL {
        for at in 0..SLUGS.len() {
            let attacker = Person {
                conditions: vec![(at, audience)],
                ..victim.clone()
            };
            put(&connection, &[victim.clone(), attacker], &conditions).await;
            let profiles = bed.storage.profiles();
            let profile = profiles.profile(acting(1), &handle(0)).await.unwrap();
            assert!(profile.about.is_none(), "{audience:?} {at}");
            seen.push(profile);
        }
    }
    assert!(seen.iter().all(|profile| *profile == seen[0]));
}
