//! Every method of the registry, with something sensible.

use domain::{
    Error, Result,
    account::{Actor, SecondFactorCode, Token},
    registry::{
        Former, Registry, RegistryDesk, RegistryRequests, RequestDraft, Signing, Withdrawal,
        consent::DocumentFor,
        permissions::PermissionAnswer,
        screening::{Answer, ConsentForm, ForWhom, Relationship},
    },
    time::CalendarDate,
};

use crate::{
    bed::Bed,
    people::{client, password, submission},
};

fn token() -> Token {
    Token::parse(&"w".repeat(43)).unwrap()
}

pub(crate) async fn ask(bed: &Bed, method: &str, actor: Actor) -> Result<()> {
    let registry = bed.storage.registry();
    let (nobody, whom) = ("nobody", DocumentFor::Consent(ConsentForm::Adult));
    match method {
        "registry.enrolments" => registry.enrolments(actor).await.map(drop),
        "registry.begin_enrolment" => {
            let key = submission(&uuid::Uuid::new_v4().to_string());
            registry.begin_enrolment(actor, &key).await.map(drop)
        }
        "registry.enrolment" => registry.enrolment(actor, nobody).await.map(drop),
        "registry.answer" => {
            let answer = Answer::ForWhom(ForWhom::Myself);
            registry
                .answer(actor, nobody, answer, Former::unknown())
                .await
                .map(drop)
        }
        "registry.document" => registry.document(actor, nobody, whom).await.map(drop),
        "registry.sign" => {
            let signing = Signing {
                whom,
                version: 1,
                answers: Vec::new(),
                name: "A walk".to_owned(),
                present: password("wrong"),
            };
            registry.sign(actor, nobody, signing).await.map(drop)
        }
        "registry.set_permission" => {
            let answer = PermissionAnswer::Samples(false);
            let set = registry.set_permission(actor, nobody, answer, None).await;
            set.map(drop)
        }
        "registry.ledger" => registry.ledger(actor, nobody).await.map(drop),
        "registry.withdraw" => {
            let grade = Withdrawal::NoContact;
            registry.withdraw(actor, nobody, grade).await.map(drop)
        }
        "registry.discard_enrolment" => registry.discard_enrolment(actor, nobody).await,
        "registry.own_data" => registry.own_data(actor, nobody).await.map(drop),
        "registry.ledgers" => registry.ledgers(actor).await.map(drop),
        "registry.published" => {
            let published = registry.published(actor, whom, "en", 1).await;
            published.map(drop)
        }
        "registry.hand_over" => registry.hand_over(actor, nobody, None).await.map(drop),
        "registry.hand_over_link" => {
            let link = registry.hand_over_link(actor, &token()).await;
            link.map(drop)
        }
        "registry.take_over" => {
            let born = CalendarDate::parse("2008-03-01").unwrap();
            let taken = registry.take_over(actor, &token(), born).await;
            taken.map(drop)
        }
        "registry.represent" => {
            let right = Relationship::Guardian;
            registry.represent(actor, nobody, right).await.map(drop)
        }
        _ => Err(Error::Unavailable),
    }
}

/// The same of the desk, and of requests.
pub(crate) async fn ask_desk(bed: &Bed, method: &str, actor: Actor) -> Result<()> {
    let (desk, nobody) = (bed.storage.registry(), "RS-0000000000");
    match method {
        "registry_desk.find_participant" => desk.find_participant(actor, nobody).await.map(drop),
        "registry_desk.participant" => desk.participant(actor, nobody).await.map(drop),
        "registry_desk.open_access" => {
            let code = SecondFactorCode::Time("000000".to_owned());
            desk.open_access(actor, nobody, "A walk along methods", &code)
                .await
        }
        "registry_desk.close_access" => desk.close_access(actor, nobody).await,
        "registry_desk.accesses" => desk.accesses(actor, None).await.map(drop),
        "registry_requests.send_request" => {
            let draft = RequestDraft::check("Ada", "A clinic", "ada@example.org", "A walk")?;
            let key = submission(&uuid::Uuid::new_v4().to_string());
            desk.send_request(actor, &client(), draft, &key).await
        }
        "registry_requests.requests" => desk.requests(actor, false, None).await.map(drop),
        "registry_requests.close_request" => desk.close_request(actor, "0000000000").await,
        _ => Err(Error::Unavailable),
    }
}
