//! Every method of every service, asked by every kind of actor: each asks the policy first.

use std::{str::FromStr, sync::LazyLock};

use domain::{
    Error, Result,
    account::{
        Accounts, Actor, MemberAction, ModerationAction, People, Role, SecondFactorCode,
        SecondFactors, Token,
    },
    catalogue::{Catalogue, Code, Silent},
    policy::{Audience, Viewer, permit},
    profile::Profiles,
    search::{SearchIn, TextSearch},
    wiki::{Decision, DraftLink, Edit, Entries, Revisions, SectionKind, SectionsImport, Wiki},
};
use sea_orm::ConnectionTrait;

use crate::{
    aliases,
    bed::Bed,
    discussion_walk, feeds, first_post_walk, held, leader_walk,
    people::{client, email, password, submission},
    profiles::{draft, picture},
    question_walk, registry_walk,
    release::{mondo, term},
    report_walk, resource_walk, saved_drafts, trials,
    walk_actions::action,
    walk_traits::TRAITS,
};

contract! {
    every_method_asks_the_policy_first,
}

use SectionKind::Cause;

/// "accounts.join" and so on. Who opens a session is not an actor yet.
static METHODS: LazyLock<Vec<String>> = LazyLock::new(|| {
    TRAITS
        .iter()
        .flat_map(|(service, source)| {
            source
                .split("async fn ")
                .skip(1)
                .filter_map(|rest| rest.split('(').next())
                .map(move |method| format!("{service}.{method}"))
        })
        .filter(|method| method != "accounts.authenticate")
        .collect()
});

/// Asks for it with something sensible. `other` is somebody's handle.
async fn ask(bed: &Bed, method: &str, actor: Actor, other: &str) -> Result<()> {
    let accounts = bed.storage.accounts();
    let catalogue = bed.storage.catalogue();
    let profiles = bed.storage.profiles();
    let (wiki, texts) = (bed.storage.wiki(), bed.storage.texts());
    let alpha = bed.id("alpha").await;
    let link = Token::parse(&"a".repeat(Token::LENGTH)).unwrap();
    let (client, wrong) = (client(), password("not the present password"));
    let code = SecondFactorCode::Time("000000".to_owned());
    let edit = || Edit {
        base: None,
        markdown: "A text.".to_owned(),
        summary: String::new(),
        agreed: false,
        draft: DraftLink::default(),
    };
    match method {
        "accounts.join" => {
            let key = uuid::Uuid::new_v4().to_string();
            bed.ask_to_join(&format!("{key}@example.org"), &key).await
        }
        "accounts.link" => {
            let purpose = domain::account::LinkPurpose::Join;
            accounts.link(actor, purpose, &link).await.map(drop)
        }
        "accounts.confirm" => {
            let confirm = accounts.confirm(actor, &client, &link, &wrong);
            confirm.await.map(drop)
        }
        "accounts.sign_in" => {
            let sign_in = accounts.sign_in(actor, &client, "x@example.org", &wrong);
            sign_in.await.map(drop)
        }
        "accounts.enter_code" => {
            let enter = accounts.enter_code(actor, &client, &link, &code);
            enter.await.map(drop)
        }
        "accounts.recover" => {
            let (to, key) = (email("x@example.org"), submission("r"));
            accounts.recover(actor, &client, &to, &key).await
        }
        "accounts.reset" => {
            let reset = accounts.reset(actor, &client, &link, &wrong);
            reset.await.map(drop)
        }
        "accounts.confirm_email" => accounts.confirm_email(actor, &link).await,
        "accounts.sign_out" => accounts.sign_out(actor).await,
        "accounts.account" => accounts.account(actor).await.map(drop),
        "accounts.devices" => accounts.devices(actor).await.map(drop),
        "accounts.activity" => accounts.activity(actor).await.map(drop),
        "accounts.sign_out_device" => accounts.sign_out_device(actor, "x").await,
        "accounts.sign_out_others" => accounts.sign_out_others(actor).await,
        "accounts.describe" => accounts.describe(actor, None, None).await,
        "accounts.change_password" => {
            let change = accounts.change_password(actor, &client, &wrong, &wrong);
            change.await.map(drop)
        }
        "accounts.change_email" => {
            let (to, key) = (email("new@example.org"), submission("c"));
            let change = accounts.change_email(actor, &client, &wrong, &to, &key);
            change.await
        }
        "accounts.delete" => accounts.delete(actor, &wrong, false).await,
        "accounts.list" => {
            let list = accounts.list(actor, "", People::All, None);
            list.await.map(drop)
        }
        "accounts.find" => accounts.find(actor, other).await.map(drop),
        "accounts.member_list_walks" => accounts.member_list_walks(actor, None).await.map(drop),
        "accounts.note_member_list_walk" => {
            accounts.note_member_list_walk(actor, "nobody", 1).await
        }
        "accounts.moderation" => accounts.moderation(actor, other).await.map(drop),
        "accounts.moderate" => {
            let action = accounts.moderate(actor, other, ModerationAction::Restore, "A walk");
            action.await.map(drop)
        }
        "accounts.moderated_member" => accounts.moderated_member(actor, other).await.map(drop),
        "accounts.moderate_member" => {
            let key = submission(&uuid::Uuid::new_v4().to_string());
            let warn = MemberAction::Warn;
            let warned = accounts.moderate_member(actor, other, warn, "A walk", &key);
            warned.await
        }
        "catalogue.condition" => catalogue.condition(actor, "alpha").await.map(drop),
        "catalogue.with_code" => {
            let code = Code::from_str("MONDO:1").unwrap();
            catalogue.with_code(actor, &code).await.map(drop)
        }
        "catalogue.list" => catalogue.list(actor, None, None).await.map(drop),
        "catalogue.families" => catalogue.families(actor).await.map(drop),
        "catalogue.family" => catalogue.family(actor, "none", None).await.map(drop),
        "catalogue.suggest" => catalogue.suggest(actor, "alp").await.map(drop),
        "catalogue.search" => catalogue.search(actor, "alp", 0).await.map(drop),
        "catalogue.named" => catalogue.named(actor, "x", "alpha").await.map(drop),
        "catalogue.overview" => catalogue.overview(actor).await.map(drop),
        "catalogue.sources" => catalogue.sources(actor).await.map(drop),
        "catalogue.sitemap" => catalogue.sitemap(actor, 0, 10).await.map(drop),
        "catalogue.import" => {
            let release = mondo([term("MONDO:1", "alpha")]).into();
            catalogue.import(actor, release, &Silent).await.map(drop)
        }
        "profiles.profile" => profiles.profile(actor, other).await.map(drop),
        "profiles.picture" => profiles.picture(actor, other).await.map(drop),
        "profiles.members" => profiles.members(actor, "alpha", None).await.map(drop),
        "profiles.own" => profiles.own(actor).await.map(drop),
        "profiles.preview" => profiles.preview(actor, Viewer::Member).await.map(drop),
        "profiles.change" => profiles.change(actor, draft(Audience::Members)).await,
        "profiles.set_picture" => {
            let shown = Audience::Members;
            profiles.set_picture(actor, picture(), shown).await
        }
        "profiles.show_picture" => profiles.show_picture(actor, Audience::Members).await,
        "profiles.remove_picture" => profiles.remove_picture(actor).await,
        _ if method.starts_with("registry_desk.") || method.starts_with("registry_requests.") => {
            registry_walk::ask_desk(bed, method, actor).await
        }
        _ if method.starts_with("registry.") => registry_walk::ask(bed, method, actor).await,
        "second_factors.second_factor" => accounts.second_factor(actor).await.map(drop),
        "second_factors.begin" => accounts.begin(actor, &wrong).await,
        "second_factors.set_up" => accounts.set_up(actor, &code).await.map(drop),
        "second_factors.new_recovery_codes" => {
            let codes = accounts.new_recovery_codes(actor, &wrong, &code);
            codes.await.map(drop)
        }
        "second_factors.turn_off" => accounts.turn_off(actor, &wrong, &code).await,
        "wiki.page" => wiki.page(actor, alpha).await.map(drop),
        "revisions.editing" => wiki.editing(actor, "alpha", Cause, None).await.map(drop),
        "revisions.preview" => wiki.preview(actor, "alpha", Cause, "So.").await.map(drop),
        "revisions.keep_draft" => wiki.keep_draft(actor, "alpha", Cause, &edit()).await,
        "revisions.drop_draft" => {
            let link = DraftLink::default();
            wiki.drop_draft(actor, "alpha", Cause, &link).await
        }
        "revisions.save" => {
            let key = submission("s");
            let save = wiki.save(actor, "alpha", Cause, edit(), &key);
            save.await.map(drop)
        }
        "revisions.restore" => {
            let key = submission("r");
            let restore = wiki.restore(actor, "alpha", 1, ("", false), &key);
            restore.await.map(drop)
        }
        "revisions.history" => {
            let history = wiki.history(actor, "alpha", None, None);
            history.await.map(drop)
        }
        "revisions.revision" => wiki.revision(actor, "alpha", 1).await.map(drop),
        "revisions.compare" => {
            let compare = wiki.compare(actor, "alpha", Cause, (1, 1));
            compare.await.map(drop)
        }
        "revisions.due_reviews" => wiki.due_reviews(actor, None).await.map(drop),
        "revisions.proposals" => wiki.proposals(actor, None).await.map(drop),
        "revisions.proposal" => wiki.proposal(actor, "0000000000").await.map(drop),
        "revisions.decide" => {
            let decision = Decision::Decline {
                reason: "A walk".to_owned(),
            };
            wiki.decide(actor, "0000000000", decision).await
        }
        "revisions.protect" => wiki.protect(actor, "alpha", Cause, None, "A walk").await,
        "revisions.review" => wiki.review(actor, "alpha", 1, "None").await,
        "entries.list" => {
            let list = wiki.list(actor, "alpha", SectionKind::Tips);
            list.await.map(drop)
        }
        "entries.change" => {
            let name = uuid::Uuid::new_v4().to_string();
            let tip = bed.try_add_tip(actor, "alpha", &name, "Often.");
            tip.await.map(drop)
        }
        "entries.say_helped" => {
            let tip = &bed.page("alpha").await.tips[0].id;
            wiki.say_helped(actor, "alpha", tip, true).await
        }
        method
            if [
                "discussions.",
                "memberships.",
                "moderation.",
                "muting.",
                "notifications.",
                "reactions.",
            ]
            .iter()
            .any(|of| method.starts_with(of)) =>
        {
            discussion_walk::ask(bed, method, actor).await
        }
        method if method.starts_with("questions.") => question_walk::ask(bed, method, actor).await,
        method if method.starts_with("aliases.") => aliases::ask(bed, method, actor).await,
        method if method.starts_with("first_posts.") => {
            first_post_walk::ask(bed, method, actor).await
        }
        method if method.starts_with("saved_drafts.") => {
            saved_drafts::ask(bed, method, actor).await
        }
        method if method.starts_with("feeds.") => feeds::ask(bed, method, actor).await,
        method
            if ["communities.", "leaders.", "requests."]
                .iter()
                .any(|of| method.starts_with(of)) =>
        {
            leader_walk::ask(bed, method, actor).await
        }
        method if method.starts_with("reports.") => report_walk::ask(bed, method, actor).await,
        method if method.starts_with("resources.") => resource_walk::ask(bed, method, actor).await,
        method if method.starts_with("trials.") => trials::ask(bed, method, actor).await,
        method if method.starts_with("held.") => held::ask(bed, method, actor).await,
        "texts.search_texts" => {
            let found = texts.search_texts(actor, "walk", SearchIn::Texts, None, None);
            found.await.map(drop)
        }
        "texts.first_text_hits" => texts.first_text_hits(actor, "walk").await.map(drop),
        "wiki.texts" => wiki.texts(actor, alpha).await.map(drop),
        "wiki.fill" => wiki.fill(actor, vec![]).await,
        "wiki.import" => {
            let import = SectionsImport {
                read: 0,
                documents: vec![],
                refused: vec![],
                incomplete: false,
                source: crate::release::credit("Texts"),
            };
            wiki.import(actor, import, &Silent).await.map(drop)
        }
        other => panic!("{other} is not walked"),
    }
}

/// Answers that only the policy gives.
fn refusal(answer: &Result<()>) -> Option<Error> {
    match answer {
        Err(error @ (Error::Unauthenticated | Error::Forbidden { .. } | Error::NotFound)) => {
            Some(error.clone())
        }
        _ => None,
    }
}

async fn every_method_asks_the_policy_first(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    bed.save("alpha", Cause, "The first text.").await;
    bed.add_tip("alpha", "Rest", "Often.").await;
    let other = bed.member("other@example.org").await;
    let profiles = bed.storage.profiles();
    let other = bed.actor(&other).await;
    profiles
        .change(other, draft(Audience::Everyone))
        .await
        .unwrap();
    profiles
        .set_picture(other, picture(), Audience::Everyone)
        .await
        .unwrap();
    let other = profiles.own(other).await.unwrap().handle;

    let mut actors = vec![Actor::Visitor, Actor::Operator];
    let roles = Role::ALL.into_iter().map(Some).chain([None]);
    let connection = bed.connection().await;
    for (number, (role, suspended)) in roles
        .flat_map(|role| [(role, false), (role, true)])
        .enumerate()
    {
        let address = format!("p{number}@example.org");
        let signed_in = bed.member(&address).await;
        let accounts = bed.storage.accounts();
        if let Some(role) = role {
            let grant = ModerationAction::Grant(role);
            let grant = accounts.moderate(Actor::Operator, &address, grant, "Walk");
            grant.await.unwrap();
            let awaiting = bed.actor(&signed_in).await;
            actors.push(awaiting);
            bed.set_up_second_factor(awaiting).await;
        }
        if suspended {
            let suspend =
                format!("UPDATE account SET standing = 'suspended' WHERE email_key = '{address}'");
            connection.execute_unprepared(&suspend).await.unwrap();
        }
        actors.push(bed.actor(&signed_in).await);
    }
    assert!(METHODS.len() > 45, "{} methods were found", METHODS.len());
    for method in METHODS.iter() {
        let action = action(method);
        for actor in &actors {
            let answer = ask(&bed, method, *actor, &other).await;
            if let Err(refused) = permit(*actor, action) {
                assert_eq!(answer, Err(refused), "{method} {actor:?}");
                continue;
            }
            let refused = refusal(&answer);
            // The operator has no account to keep a draft with.
            if *actor == Actor::Operator
                && ["_draft", "say_helped"]
                    .iter()
                    .any(|end| method.ends_with(end))
            {
                assert_eq!(refused, Some(Error::Unauthenticated), "{method}");
                continue;
            }
            // A link that there is none of, a family that there is none of.
            let missing = refused == Some(Error::NotFound)
                && [
                    "accounts.link",
                    "accounts.confirm",
                    "accounts.reset",
                    "accounts.confirm_email",
                    "accounts.enter_code",
                    "second_factors.set_up",
                    "catalogue.family",
                    "registry.enrolment",
                    "registry.answer",
                    "registry.document",
                    "registry.sign",
                    "registry.set_permission",
                    "registry.ledger",
                    "registry.withdraw",
                    "registry.discard_enrolment",
                    "registry.own_data",
                    "registry.published",
                    "registry.hand_over",
                    "registry.hand_over_link",
                    "registry.take_over",
                    "registry.represent",
                    "registry_desk.participant",
                    "registry_desk.open_access",
                    "registry_desk.close_access",
                    "registry_requests.close_request",
                    "revisions.proposal",
                    "revisions.decide",
                    "notifications.unsubscribing",
                    "notifications.unsubscribe",
                ]
                .contains(&method.as_str());
            assert!(
                refused.is_none() || missing,
                "{method} {actor:?}: {refused:?}"
            );
        }
    }
}
