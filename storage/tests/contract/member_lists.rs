//! Lists of members: the SQL of a scope says what the rule says.

use domain::{
    Error,
    account::{AccountId, Accounts, Actor, Member, Role, Roles, SessionId, Standing, Trust},
    community::Memberships,
    policy::{Audience, Scope, share_a_community},
    profile::{ProfileDraft, Profiles},
};
use sea_orm::{EntityTrait, Set};
use storage::{account::entity::account, community::entity::membership, profile::entity::profile};
use uuid::Uuid;

use crate::{bed::Bed, people::account_row, profiles::draft};

contract! {
    lists_show_whom_the_scope_admits,
    lists_go_on_behind_the_last_name,
    who_comes_behind_hundreds_that_are_not_listed_is_found,
    a_new_name_has_a_new_place,
    a_list_does_not_go_on_behind_who_is_not_in_it,
    whoever_reads_too_many_pages_of_lists_is_slowed_down,
    administrators_see_who_was_slowed,
    who_was_slowed_is_listed_page_by_page,
}

/// Somebody with these audiences who has named a condition, without the ceremony of joining.
async fn somebody(bed: &Bed, index: u128, condition: Uuid, audiences: [Audience; 3]) -> AccountId {
    let connection = bed.connection().await;
    let id = Uuid::from_u128(index + 1);
    let public = audiences == [Audience::Everyone; 3];
    let [listed, name, named] = audiences.map(|audience| audience.as_str().to_owned());
    let nobody = Audience::OnlyMe.as_str().to_owned();
    let account = account_row(
        id,
        format!("h{index:03}"),
        format!("p{index}@example.org"),
        &format!("Person {:02}", index % 50),
    );
    let shown = profile::ActiveModel {
        account_id: Set(id),
        name_audience: Set(name),
        about: Set(String::new()),
        about_html: Set(String::new()),
        about_audience: Set(nobody.clone()),
        picture_audience: Set(nobody),
        listed_audience: Set(listed),
        for_search_engines: Set(false),
    };
    let home = membership::ActiveModel {
        account_id: Set(id),
        condition_id: Set(condition),
        public: Set(public),
        audience: Set(named),
        home: Set(true),
        name_key: account.name_key.clone(),
        created_at: Set(0),
    };
    account::Entity::insert(account)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    profile::Entity::insert(shown)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    membership::Entity::insert(home)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    AccountId(id)
}

fn acting(account: AccountId) -> Actor {
    Actor::Member(Member {
        account,
        session: SessionId(Uuid::nil()),
        roles: Roles::default(),
        standing: Standing::Good,
        trust: Trust::New,
        awaits_second_factor: false,
    })
}

/// The SQL of a scope and the pure rule say the same, for all combinations of audiences.
async fn lists_show_whom_the_scope_admits(bed: Bed) {
    bed.with_conditions().await;
    let alpha = bed.id("alpha-disease").await.0;
    let beta = bed.id("beta-disease").await.0;
    let mut people = Vec::new();
    for listed in Audience::ALL {
        for name in Audience::ALL {
            for named in Audience::ALL {
                let audiences = [listed, name, named];
                let id = somebody(&bed, people.len() as u128, alpha, audiences).await;
                people.push((id, audiences));
            }
        }
    }
    // In the community, in it for nobody, and in another one.
    let unlisted = |named| [Audience::OnlyMe, Audience::OnlyMe, named];
    let fellow = somebody(&bed, 100, alpha, unlisted(Audience::Communities)).await;
    let secret = somebody(&bed, 101, alpha, unlisted(Audience::OnlyMe)).await;
    let stranger = somebody(&bed, 102, beta, unlisted(Audience::Members)).await;
    // The last two are owners, too.
    let [hidden, owner] = [people[0], people[people.len() - 1]];
    for (actor, mine) in [
        (Actor::Visitor, Audience::OnlyMe),
        (acting(stranger), Audience::OnlyMe),
        (acting(secret), Audience::OnlyMe),
        (acting(fellow), Audience::Communities),
        (acting(hidden.0), hidden.1[2]),
        (acting(owner.0), owner.1[2]),
    ] {
        let scope = Scope::of(actor);
        let mut expected: Vec<String> = people
            .iter()
            .enumerate()
            .filter(|(_, (id, audiences))| {
                let viewer = scope.viewer(*id, share_a_community(mine, audiences[2]));
                audiences.iter().all(|audience| audience.admits(viewer))
            })
            .map(|(index, _)| format!("h{index:03}"))
            .collect();
        for (id, handle) in [(fellow, "h100"), (secret, "h101")] {
            if actor == acting(id) {
                expected.push(handle.to_owned());
            }
        }
        let mut found: Vec<String> = bed
            .listed(actor, "alpha-disease", None)
            .await
            .members
            .into_iter()
            .map(|member| member.handle)
            .collect();
        found.sort();
        assert_eq!(found, expected, "{actor:?}");
        let number = found.len();
        assert!(number < 50 && (number > 0), "{number} on one page");
    }
}

async fn lists_go_on_behind_the_last_name(bed: Bed) {
    bed.with_conditions().await;
    let alpha = bed.id("alpha-disease").await.0;
    for index in 0..120 {
        somebody(&bed, index, alpha, [Audience::Everyone; 3]).await;
    }
    let mut found = Vec::new();
    let mut after: Option<String> = None;
    let mut pages = 0;
    loop {
        let list = bed
            .listed(Actor::Visitor, "alpha-disease", after.as_deref())
            .await;
        pages += 1;
        found.extend(list.members);
        after = list.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!((pages, found.len()), (3, 120));
    assert!(
        found
            .windows(2)
            .all(|pair| (&pair[0].name, &pair[0].handle) < (&pair[1].name, &pair[1].handle))
    );
    let profiles = bed.storage.profiles();
    let unknown = profiles.members(Actor::Visitor, "gamma", None).await;
    assert_eq!(unknown, Err(Error::NotFound));
    let nobody = profiles.members(Actor::Visitor, "alpha-disease", Some("no\0body"));
    assert_eq!(nobody.await, Err(Error::NotFound));
}

async fn who_comes_behind_hundreds_that_are_not_listed_is_found(bed: Bed) {
    bed.with_conditions().await;
    let (members, nobody) = (Audience::Members, Audience::OnlyMe);
    let alpha = bed.id("alpha-disease").await.0;
    // By their names those in the list come last.
    for index in (0..210).filter(|index| index % 50 != 49) {
        somebody(&bed, index, alpha, [nobody, members, members]).await;
    }
    for index in [249, 299] {
        somebody(&bed, index, alpha, [members; 3]).await;
    }
    let beta = bed.id("beta-disease").await.0;
    let reader = acting(somebody(&bed, 300, beta, [nobody; 3]).await);
    let found = async |after| -> Vec<String> {
        let list = bed.listed(reader, "alpha-disease", after).await;
        assert_eq!(list.next, None);
        list.members
            .into_iter()
            .map(|member| member.handle)
            .collect()
    };
    assert_eq!(found(None).await, ["h249", "h299"]);
    assert_eq!(found(Some("h249")).await, ["h299"]);
}

async fn a_new_name_has_a_new_place(bed: Bed) {
    bed.with_conditions().await;
    let listed = async || -> Vec<String> {
        let list = bed.listed(Actor::Visitor, "alpha-disease", None).await;
        list.members.into_iter().map(|member| member.name).collect()
    };
    for name in ["Berta", "Anna"] {
        let account = bed.member(&format!("{name}@example.org")).await;
        let actor = bed.actor(&account).await;
        let named = ProfileDraft {
            name: name.to_owned(),
            ..draft(Audience::Everyone)
        };
        bed.storage.profiles().change(actor, named).await.unwrap();
        bed.storage
            .communities()
            .set_membership(actor, "alpha-disease", Audience::Everyone, false)
            .await
            .unwrap();
        if name == "Anna" {
            assert_eq!(listed().await, ["Anna", "Berta"]);
            let renamed = ProfileDraft {
                name: "Çelik".to_owned(),
                ..draft(Audience::Everyone)
            };
            bed.storage.profiles().change(actor, renamed).await.unwrap();
        }
    }
    assert_eq!(listed().await, ["Berta", "Çelik"]);
}

/// Where the page behind somebody begins would tell where their name sorts: for each letter one
/// account of the attacker's, and the name of a person who shows it to nobody can be spelled.
async fn a_list_does_not_go_on_behind_who_is_not_in_it(bed: Bed) {
    bed.with_conditions().await;
    let alpha = bed.id("alpha-disease").await.0;
    for index in 0..20 {
        somebody(&bed, index, alpha, [Audience::Members; 3]).await;
    }
    let nobody = Audience::OnlyMe;
    let members = Audience::Members;
    somebody(&bed, 210, alpha, [members, nobody, members]).await;
    somebody(&bed, 211, alpha, [nobody, members, members]).await;
    somebody(&bed, 212, alpha, [members, members, nobody]).await;
    let reader = somebody(&bed, 220, alpha, [nobody, nobody, members]).await;
    let profiles = bed.storage.profiles();
    for hidden in ["h210", "h211", "h212", "h999"] {
        for actor in [acting(reader), Actor::Visitor] {
            let behind = profiles.members(actor, "alpha-disease", Some(hidden)).await;
            assert_eq!(behind, Err(Error::NotFound), "{hidden} {actor:?}");
        }
    }
    let behind = bed
        .listed(acting(reader), "alpha-disease", Some("h010"))
        .await;
    assert_eq!(behind.members.len(), 10, "nine, and the reader");
    // Whoever is in the list for members only has no place in it for visitors.
    let behind = profiles.members(Actor::Visitor, "alpha-disease", Some("h010"));
    assert_eq!(behind.await, Err(Error::NotFound));
}

async fn whoever_reads_too_many_pages_of_lists_is_slowed_down(bed: Bed) {
    bed.with_conditions().await;
    let alpha = bed.id("alpha-disease").await.0;
    let first = somebody(&bed, 0, alpha, [Audience::Everyone; 3]).await;
    let other = somebody(&bed, 1, alpha, [Audience::Everyone; 3]).await;
    let profiles = bed.storage.profiles();
    let reads = async |actor| {
        let page = profiles.members(actor, "alpha-disease", Some("h000"));
        page.await.map(drop)
    };
    for _ in 0..40 {
        assert_eq!(reads(acting(first)).await, Ok(()));
    }
    for _ in 0..3 {
        let slowed = reads(acting(first)).await;
        assert!(
            matches!(slowed, Err(Error::LimitReached { .. })),
            "{slowed:?}"
        );
    }
    let logged = "SELECT count(*) FROM event WHERE kind = 'profile.member_lists_walked'";
    assert_eq!(bed.number(logged).await, 1);
    // The first page is for everybody, and so is each page for others.
    let page = profiles.members(acting(first), "alpha-disease", None);
    assert!(page.await.is_ok());
    assert_eq!(reads(acting(other)).await, Ok(()));
    bed.days_pass(1);
    assert_eq!(reads(acting(first)).await, Ok(()));
}

async fn administrators_see_who_was_slowed(bed: Bed) {
    bed.with_conditions().await;
    let alpha = bed.id("alpha-disease").await.0;
    let walker = somebody(&bed, 0, alpha, [Audience::Everyone; 3]).await;
    let profiles = bed.storage.profiles();
    let accounts = bed.storage.accounts();
    let admin = bed.writer(900, Some(Role::Administrator)).await;
    let listed = async || {
        let list = accounts.member_list_walks(admin, None).await.unwrap();
        let walks = list.walks.into_iter();
        walks
            .map(|walk| (walk.handle, walk.day, walk.refused, walk.noted))
            .collect::<Vec<_>>()
    };
    let reads = async |times: usize| {
        for _ in 0..times {
            let page = profiles.members(acting(walker), "alpha-disease", Some("h000"));
            let _ = page.await;
        }
    };
    reads(40).await;
    assert_eq!(listed().await, []);
    reads(3).await;
    let day = bed.seconds() / 86_400;
    let first = |noted| ("h000".to_owned(), day, 3, noted);
    assert_eq!(listed().await, [first(false)]);
    // Nothing of it is a visitor's or another member's.
    for actor in [Actor::Visitor, acting(walker)] {
        let refused = accounts.member_list_walks(actor, None).await;
        assert_eq!(refused, Err(Error::NotFound));
        let refused = accounts.note_member_list_walk(actor, "h000", day).await;
        assert_eq!(refused, Err(Error::NotFound));
    }
    for _ in 0..2 {
        let noted = accounts.note_member_list_walk(admin, "h000", day).await;
        assert_eq!(noted, Ok(()));
    }
    assert_eq!(listed().await, [first(true)]);
    let logged = "SELECT count(*) FROM event WHERE kind = 'profile.member_list_walk_noted'";
    assert_eq!(bed.number(logged).await, 1);
    // What is not there is no error, and says nothing.
    for (handle, day) in [("h000", day + 1), ("nobody", day)] {
        let noted = accounts.note_member_list_walk(admin, handle, day).await;
        assert_eq!(noted, Ok(()), "{handle:?}");
    }
    // The next day is counted for itself.
    bed.days_pass(1);
    reads(41).await;
    let second = ("h000".to_owned(), day + 1, 1, false);
    assert_eq!(listed().await, [second.clone(), first(true)]);
    bed.days_pass(89);
    accounts.sweep().await.unwrap();
    assert_eq!(listed().await, [second, first(true)]);
    bed.days_pass(1);
    accounts.sweep().await.unwrap();
    assert_eq!(listed().await.len(), 1);
    // It goes with the account.
    bed.run("DELETE FROM profile").await;
    bed.run("DELETE FROM membership").await;
    bed.run("DELETE FROM account WHERE handle = 'h000'").await;
    assert_eq!(listed().await, []);
}

async fn who_was_slowed_is_listed_page_by_page(bed: Bed) {
    bed.with_conditions().await;
    let alpha = bed.id("alpha-disease").await.0;
    let admin = bed.writer(900, Some(Role::Administrator)).await;
    let accounts = bed.storage.accounts();
    for index in 0..60 {
        somebody(&bed, index, alpha, [Audience::OnlyMe; 3]).await;
    }
    for day in [20_000, 20_001] {
        bed.run(&format!(
            "INSERT INTO member_list_walk (account_id, day, refused, noted) \
             SELECT id, {day}, 1, FALSE FROM account WHERE handle LIKE 'h0%'"
        ))
        .await;
    }
    let (mut found, mut after) = (Vec::new(), None::<String>);
    loop {
        let list = accounts.member_list_walks(admin, after.as_deref()).await;
        let list = list.unwrap();
        assert!(list.walks.len() <= 50);
        found.extend(list.walks.into_iter().map(|walk| (-walk.day, walk.handle)));
        after = list.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(found.len(), 120);
    assert!(found.is_sorted());
    for wrong in ["x", "20000", "x-h000", "20000-no\0body"] {
        let list = accounts.member_list_walks(admin, Some(wrong)).await;
        assert_eq!(list, Err(Error::NotFound), "{wrong:?}");
    }
}
