//! Every method of the registry, with something sensible.

use domain::{
    Error, Result,
    account::Actor,
    registry::{
        Registry, Signing, Withdrawal,
        consent::DocumentFor,
        permissions::PermissionAnswer,
        screening::{Answer, ConsentForm, ForWhom},
    },
};

use crate::{
    bed::Bed,
    people::{password, submission},
};

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
            registry.answer(actor, nobody, answer).await.map(drop)
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
            let set = registry.set_permission(actor, nobody, answer).await;
            set.map(drop)
        }
        "registry.ledger" => registry.ledger(actor, nobody).await.map(drop),
        "registry.withdraw" => {
            let grade = Withdrawal::NoContact;
            registry.withdraw(actor, nobody, grade).await.map(drop)
        }
        "registry.discard_enrolment" => registry.discard_enrolment(actor, nobody).await,
        _ => Err(Error::Unavailable),
    }
}
