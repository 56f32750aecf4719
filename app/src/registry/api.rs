//! What the pages of the registry get from the server, and what becomes of their forms.

use domain::{
    registry::{DocumentToSign, OutsideRegistry, OwnEnrolment, Step, screening::ForWhom},
    site::SiteText,
    time::CalendarDate,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

use super::forms::{
    AnswerFields, BeginEnrolmentFields, DiscardEnrolmentFields, PermissionFields, SignFields,
};
#[cfg(feature = "ssr")]
use crate::{
    account, context,
    registry::{
        former::{changed_elsewhere, former_answer, former_text, seen},
        paths, words,
    },
    ui::form::{Call, Done},
};
use crate::{
    answer::Answer as Read,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use domain::{
    Error,
    account::Password,
    policy::{Action, permit},
    registry::{
        Enrolment, EnrolmentPage, MajorityReminder, Signing,
        consent::DocumentFor,
        screening::{Answer as Answered, ConditionAnswer, Question},
    },
    site::TextKind,
    time::Timestamp,
};

/// What the registry is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AboutView {
    /// The site's text about it.
    pub text: SiteText,
    /// Where people are sent, unless they enrol here.
    pub outside: Option<OutsideRegistry>,
}

/// One participant in the list of those of an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EnrolmentLine {
    /// The random part of the addresses of their pages.
    pub address: String,
    /// What they are called where their name is not known.
    pub pseudonym: String,
    /// For whom it is, once that is answered.
    pub for_whom: Option<ForWhom>,
    /// What comes next.
    pub step: Step,
    /// When a child is an adult, where that is soon.
    pub adult_on: Option<CalendarDate>,
}

#[cfg(feature = "ssr")]
impl EnrolmentLine {
    pub(super) fn of(own: OwnEnrolment) -> Self {
        Self {
            address: own.address,
            pseudonym: own.pseudonym,
            for_whom: own.enrolment.screening.for_whom(),
            step: own.step,
            adult_on: own.enrolment.majority().filter(|_| {
                let due = MajorityReminder::due(&own.enrolment, own.today);
                due == Some(MajorityReminder::Before)
            }),
        }
    }
}

/// Whom an account has enrolled.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EnrolmentsView {
    /// Everybody, the first enrolled first.
    pub people: Vec<EnrolmentLine>,
    /// Where new people enrol, unless it is here.
    pub outside: Option<OutsideRegistry>,
}

/// A document, for who signs it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DocumentView {
    /// The random part of the addresses of the participant's pages.
    pub address: String,
    /// The document.
    pub document: DocumentToSign,
    /// Where email goes: which account a password manager knows.
    pub email: String,
}

/// For a page of somebody's: whoever is not signed in does that first, and what they may not see now is said on
/// the overview.
#[cfg(feature = "ssr")]
pub(super) fn for_holders<T>(
    result: domain::Result<T>,
    address: &str,
    page: EnrolmentPage,
) -> Read<T> {
    match result {
        // What the policy refuses, it refuses on every page.
        Err(Error::Forbidden { .. }) if permit(context::actor(), Action::Enrol).is_ok() => {
            Read::elsewhere(paths::enrolment(address))
        }
        result => account::for_members(result, &paths::step(address, page)),
    }
}

/// What the registry is, and where one enrols.
#[server(input = GetUrl, prefix = "/api", endpoint = "registry/about")]
pub async fn read_about() -> Result<Read<AboutView>, ServerFnError> {
    let site = context::services().site;
    let outside = site.identity().registry.clone();
    let text = std::future::ready(site.text(TextKind::Registry)).await;
    Ok(Read::of(text.map(|text| AboutView { text, outside })))
}

/// Whom one has enrolled.
#[server(input = GetUrl, prefix = "/api", endpoint = "registry/enrolments")]
pub async fn read_enrolments() -> Result<Read<EnrolmentsView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let all = services.registry.enrolments(actor).await;
    let view = all.map(|all| EnrolmentsView {
        people: all.into_iter().map(EnrolmentLine::of).collect(),
        outside: services.site.identity().registry.clone(),
    });
    Ok(account::for_members(view, paths::ENROL))
}

/// How far somebody's enrolment is.
#[server(input = GetUrl, prefix = "/api", endpoint = "registry/enrolment")]
pub async fn read_enrolment(address: String) -> Result<Read<OwnEnrolment>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let own = services.registry.enrolment(actor, &address).await;
    Ok(account::for_members(own, &paths::enrolment(&address)))
}

/// For the page of a question, and its name. Where it is not asked, one is led to the overview.
#[server(input = GetUrl, prefix = "/api", endpoint = "registry/step")]
pub async fn read_step(
    address: String,
    step: String,
) -> Result<Read<(OwnEnrolment, String)>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let Some(page) = EnrolmentPage::from_name(&step) else {
        return Ok(Read::of(Err(Error::NotFound)));
    };
    let own = services.registry.enrolment(actor, &address).await;
    Ok(match for_holders(own, &address, page) {
        Read::Found(own) if !own.asks(page) => Read::elsewhere(paths::enrolment(&address)),
        answer => answer.map(|own| (own, step)),
    })
}

/// A document to sign, or the one that was signed. Where there is none, one is led to the overview.
#[server(input = GetUrl, prefix = "/api", endpoint = "registry/document")]
pub async fn read_document(
    address: String,
    assent: bool,
) -> Result<Read<DocumentView>, ServerFnError> {
    let page = document_page(assent);
    let document = match document_view(&address, assent).await {
        Ok(Some(document)) => Ok(document),
        Ok(None) => return Ok(Read::elsewhere(paths::enrolment(&address))),
        Err(error) => Err(error),
    };
    Ok(for_holders(document, &address, page))
}

#[cfg(feature = "ssr")]
async fn document_view(address: &str, assent: bool) -> domain::Result<Option<DocumentView>> {
    let (services, actor) = (context::services(), context::actor());
    let own = services.registry.enrolment(actor, address).await?;
    let Some(whom) = asked_document(own.step, &own.enrolment, assent) else {
        return Ok(None);
    };
    let document = match services.registry.document(actor, address, whom).await {
        Err(Error::NotFound) => return Ok(None),
        document => document?,
    };
    let account = services.accounts.account(actor).await?;
    Ok(Some(DocumentView {
        address: own.address,
        document,
        email: account.email.as_str().to_owned(),
    }))
}

/// Where a document is signed.
#[cfg(feature = "ssr")]
fn document_page(assent: bool) -> EnrolmentPage {
    if assent {
        EnrolmentPage::Assent
    } else {
        EnrolmentPage::Consent
    }
}

/// The document that is asked for now, or else the one of its kind that was signed.
#[cfg(feature = "ssr")]
fn asked_document(step: Step, enrolment: &Enrolment, assent: bool) -> Option<DocumentFor> {
    let fits = |whom: &DocumentFor| matches!(whom, DocumentFor::Assent(_)) == assent;
    step.asks_for().filter(fits).or_else(|| {
        let signed = enrolment.signatures.iter().rev();
        signed.map(|signature| signature.whom).find(fits)
    })
}

/// Begins to enrol somebody.
#[server(prefix = "/api", endpoint = "registry/begin-enrolment", input = Json)]
pub async fn begin_enrolment(
    posted: Posted<BeginEnrolmentFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |BeginEnrolmentFields {}, call| {
            if let Some(outside) = &call.services.site.identity().registry {
                return Err(outside.enrols_there());
            }
            let (registry, submission) = (&call.services.registry, call.submission());
            let address = registry.begin_enrolment(call.actor(), &submission).await?;
            let first = EnrolmentPage::Screening(Question::ForWhom);
            Ok(Done::at(paths::step(&address, first)))
        })
        .await
}

/// Keeps an answer of step 1.
#[server(prefix = "/api", endpoint = "registry/answer", input = Json)]
pub async fn answer(posted: Posted<AnswerFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let question = fields.question;
            let answer = with_condition(fields.answer()?, &call).await?;
            let former = former_answer(&fields, &call).await?;
            let registry = &call.services.registry;
            let address = fields.participant;
            let answered = registry.answer(call.actor(), &address, answer, former);
            let step = match answered.await {
                Err(Error::Conflict) => {
                    let own = registry.enrolment(call.actor(), &address).await?;
                    let now = own.enrolment.screening.answer(question);
                    return changed_elsewhere(now.map(words::answer), former_text(now));
                }
                answered => answered?,
            };
            Ok(match step {
                Step::Screening(next) => {
                    Done::at(paths::step(&address, EnrolmentPage::Screening(next)))
                }
                _ => Done::at(paths::enrolment(&address)),
            })
        })
        .await
}

/// A condition that the catalogue has in place of the words that somebody has typed.
#[cfg(feature = "ssr")]
pub(super) async fn with_condition(answer: Answered, call: &Call) -> domain::Result<Answered> {
    let Answered::Condition(ConditionAnswer::Described(typed)) = &answer else {
        return Ok(answer);
    };
    let field = Question::Condition.as_str();
    let catalogue = &call.services.catalogue;
    match catalogue.named(call.actor(), field, typed).await {
        Ok(link) => Ok(Answered::Condition(ConditionAnswer::Listed(link))),
        // There are conditions that no catalogue has.
        Err(Error::Invalid { .. }) => Ok(answer),
        Err(error) => Err(error),
    }
}

/// Signs a document.
#[server(prefix = "/api", endpoint = "registry/sign", input = Json)]
pub async fn sign(posted: Posted<SignFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let answers = [fields.first, fields.second, fields.third];
            let signing = Signing {
                whom: fields.whom,
                version: fields.version,
                answers: answers.map(|answer| answer.map(usize::from)).to_vec(),
                name: fields.name,
                present: Password::new(fields.present),
            };
            let registry = &call.services.registry;
            let address = fields.participant;
            let signed = registry.sign(call.actor(), &address, signing).await;
            let step = match signed {
                // The page is loaded again, so that nobody signs what they have not seen.
                Err(Error::Conflict) => {
                    let assent = matches!(fields.whom, DocumentFor::Assent(_));
                    let path = paths::step(&address, document_page(assent));
                    return Ok(Done::at(format!("{path}?done=changed")));
                }
                signed => signed?,
            };
            Ok(Done::at(match EnrolmentPage::of(step) {
                Some(page) => paths::step(&address, page),
                None => format!("{}?done=signed", paths::enrolment(&address)),
            }))
        })
        .await
}

/// Keeps an answer of step 3.
#[server(prefix = "/api", endpoint = "registry/set-permission", input = Json)]
pub async fn set_permission(posted: Posted<PermissionFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            // From when on it counts the store says.
            let answer = fields.answer(CalendarDate::of(Timestamp(0)))?;
            let (permission, seen) = (fields.permission, seen(fields.former.as_deref()));
            let registry = &call.services.registry;
            let address = fields.participant;
            let set = registry.set_permission(call.actor(), &address, answer, seen);
            let step = match set.await {
                Err(Error::Conflict) => {
                    let own = registry.enrolment(call.actor(), &address).await?;
                    let permissions = own.enrolment.permissions;
                    let now = permissions.answer(permission).map(words::permission);
                    return changed_elsewhere(now, permissions.times(permission).to_string());
                }
                set => set?,
            };
            Ok(Done::at(match step {
                Step::Permissions(next) => paths::step(&address, EnrolmentPage::Permissions(next)),
                _ => format!("{}?done=permission", paths::enrolment(&address)),
            }))
        })
        .await
}

/// Deletes an enrolment that nothing was signed for.
#[server(prefix = "/api", endpoint = "registry/discard-enrolment", input = Json)]
pub async fn discard_enrolment(
    posted: Posted<DiscardEnrolmentFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let registry = &call.services.registry;
            let participant = &fields.participant;
            match registry.discard_enrolment(call.actor(), participant).await {
                // The same form, sent once more: what it asks for is done. Of whose it was it says nothing.
                Ok(()) | Err(Error::NotFound) => {}
                Err(error) => return Err(error),
            }
            Ok(Done::at(format!("{}?done=deleted", paths::ENROL)))
        })
        .await
}
